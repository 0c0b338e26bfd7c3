import { request as httpRequest } from "node:http";
import { expect } from "chai";
import { useCors } from "../../../src/platform/http/cors.js";
import { useCsrfPrevention } from "../../../src/platform/http/csrf.js";
import { useErrorMasking } from "../../../src/platform/http/errors.js";
import { answer, codes, type ToyServer, toyServers } from "./toy-servers.js";

interface Reply {
  status: number;
  headers: Record<string, unknown>;
}

/** fetch may not set Origin. */
function send(server: ToyServer, method: string, headers: Record<string, string>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      server.url,
      { method, headers: { "content-type": "application/json", ...headers } },
      (reply) => {
        reply.resume();
        reply.on("end", () => resolve({ status: reply.statusCode!, headers: reply.headers }));
      },
    );
    sent.on("error", reject);
    sent.end(method === "POST" ? JSON.stringify({ query: "{ hello }" }) : undefined);
  });
}

const corsHeaders = ({ headers }: Reply) => Object.keys(headers).filter((name) => name.startsWith("access-control"));
const office = "https://office.example";
const preflight = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };

for (const toy of toyServers) {
  describe(`CORS, ${toy.name}`, () => {
    let open: ToyServer;
    let closed: ToyServer;
    before(async () => {
      open = await toy.start([useCors([office, "https://other.example"])]);
      closed = await toy.start([useCors()]);
    });
    after(() => Promise.all([open.close(), closed.close()]));

    it("is closed without a list: no header for anyone", async () => {
      expect(corsHeaders(await send(closed, "POST", { origin: office }))).to.deep.equal([]);
      expect(corsHeaders(await send(closed, "OPTIONS", { origin: office, ...preflight }))).to.deep.equal([]);
    });

    it("lets a listed origin ask, read the answer, and see our headers", async () => {
      const asked = await send(open, "OPTIONS", { origin: office, ...preflight });
      const sent = await send(open, "POST", { origin: office });

      expect(asked.status).to.equal(204);
      expect(asked.headers["access-control-allow-headers"]).to.include("authorization");
      expect(sent.status).to.equal(200);
      expect(sent.headers["access-control-allow-origin"]).to.equal(office);
      expect(sent.headers["access-control-expose-headers"]).to.include("x-request-id");
      expect(sent.headers).not.to.have.property("access-control-allow-credentials");
      expect(sent.headers.vary).to.match(/origin/i);
    });

    it("says nothing to other origins, nor to the null origin of a sandboxed frame", async () => {
      for (const origin of ["https://evil.example", "null", `${office}.evil.example`, "http://office.example"]) {
        expect(corsHeaders(await send(open, "POST", { origin })), origin).to.deep.equal([]);
        expect(corsHeaders(await send(open, "OPTIONS", { origin, ...preflight })), origin).to.deep.equal([]);
      }
    });
  });

  describe(`CSRF, ${toy.name}`, () => {
    let server: ToyServer;
    before(async () => {
      server = await toy.start([useErrorMasking({ log: () => undefined }), useCsrfPrevention()]);
    });
    after(() => server.close());
    const post = async (type: string | null, headers: Record<string, string> = {}) => {
      const body = Buffer.from(JSON.stringify({ query: "{ hello }" }));
      return answer(
        await fetch(server.url, {
          method: "POST",
          body,
          headers: { ...(type && { "content-type": type }), ...headers },
        }),
      );
    };

    it("refuses what a foreign page can send unasked, with 403 and the name of the header", async () => {
      for (const type of [
        "text/plain",
        "TEXT/PLAIN; x",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        null,
      ]) {
        const refused = await post(type);
        expect(refused.status, String(type)).to.equal(403);
        expect(codes(refused), String(type)).to.deep.equal(["CSRF_HEADER_MISSING"]);
        expect(refused.body.errors![0]!.message).to.include("x-graphql-csrf");
      }
    });

    it("refuses a GET without the header, and answers it with the header", async () => {
      const url = `${server.url}?query=%7Bhello%7D`;

      expect((await fetch(url)).status).to.equal(403);
      expect((await fetch(url, { headers: { "x-graphql-csrf": "1" } })).status).to.equal(200);
    });

    it("leaves POST with JSON alone", async () => {
      expect((await post("application/json")).status).to.equal(200);
      expect((await post("application/json; charset=utf-8")).status).to.equal(200);
    });
  });
}
