import { Agent, request } from "node:http";

/** Sends requests over connections that it keeps. Node's plain client: of the two, the load shall not be the slow one. */
export class HttpClient {
  readonly #agent: Agent;

  constructor(clients: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: clients });
  }

  get(url: string): Promise<Buffer> {
    return this.#send(url, { method: "GET" }, undefined);
  }

  /** @throws Error unless the answer has status 200 and no errors */
  async graphql(url: string, token: string, body: string): Promise<Buffer> {
    const headers = {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      authorization: `Bearer ${token}`,
      "content-length": Buffer.byteLength(body),
    };
    const answer = await this.#send(url, { method: "POST", headers }, body);
    if (answer.includes('"errors":')) throw new Error(`the product answered ${answer.toString().slice(0, 500)}`);
    return answer;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(url: string, options: object, body: string | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { ...options, agent: this.#agent }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const whole = Buffer.concat(parts);
          if (response.statusCode === 200) resolve(whole);
          else reject(new Error(`status ${response.statusCode}: ${whole.toString().slice(0, 500)}`));
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
