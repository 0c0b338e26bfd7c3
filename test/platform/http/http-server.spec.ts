import { Agent, request as httpRequest, type RequestListener } from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import { StartupError } from "../../../src/platform/errors/startup-error.js";
import { answerJson, type HttpServer, health, listen, ready } from "../../../src/platform/http/http-server.js";

const start = (routes: Record<string, RequestListener>, port = 0) =>
  listen({ host: "127.0.0.1", port, portSetting: "PORT", routes });

/** A route whose answers wait until they are released. */
function heldRoute() {
  const waiting: (() => void)[] = [];
  let onArrival: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    onArrival = resolve;
  });
  const route: RequestListener = (_request, response) => {
    waiting.push(() => answerJson(response, 200, { done: true }));
    onArrival();
  };
  const release = () => {
    for (const answer of waiting) answer();
  };
  return { route, arrived, release };
}

/** Of a target that is sent as it is. */
async function statusOf(port: number, target: string): Promise<number> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const answer = (await socket.toArray()).join("");
  return Number(answer.split(" ")[1]);
}

describe("the HTTP server", () => {
  it("says in one line that its port is taken, and by which setting to change it", async () => {
    const first = await start({});
    const port = Number(new URL(first.url).port);

    const error = await start({}, port).catch((one: Error) => one);

    expect(error).to.be.instanceOf(StartupError).and.include({ code: "PORT_TAKEN" });
    expect((error as Error).message)
      .to.include(String(port))
      .and.include("PORT")
      .and.not.include("\n");
    await first.stop(0);
  });

  it("answers 404 for paths that nobody serves, whatever objects inherit", async () => {
    const server = await start({ "/health": health });

    const statuses = await Promise.all(
      ["/", "/toString", "/__proto__", "/health/"].map(async (path) => (await fetch(server.url + path)).status),
    );

    expect(statuses).to.deep.equal([404, 404, 404, 404]);
    await server.stop(0);
  });

  it("answers whatever stands where an address should, and lives on", async () => {
    const server = await start({ "/health": health });
    const port = Number(new URL(server.url).port);
    const targets = [
      "//[",
      "//:x",
      "//a:99999/",
      "//x/health",
      "http://[/",
      "http://a:99999/",
      "*",
      "/%",
      "/health?%[=",
    ];

    const statuses = await Promise.all(targets.map((target) => statusOf(port, target)));

    expect(statuses).to.deep.equal([404, 404, 404, 404, 404, 404, 404, 404, 200]);
    expect(await statusOf(port, "http://contacts.example.org/health"), "as proxies ask").to.equal(200);
    await server.stop(0);
  });

  it("finishes what runs, accepts nothing more, and closes the connections that callers keep", async () => {
    const held = heldRoute();
    const server = await start({ "/held": held.route, "/health": health });
    const agent = new Agent({ keepAlive: true });
    const running = get(`${server.url}/held`, agent);
    await held.arrived;

    const stopping = server.stop(60_000);
    const refused = await fetch(`${server.url}/health`).catch((error: Error) => error);
    held.release();

    expect(refused).to.be.instanceOf(Error);
    expect(await running).to.equal(200);
    await stopping; // far less than the 65 seconds that a connection is kept
    agent.destroy();
  });

  it("gives up on what runs too long", async () => {
    const held = heldRoute();
    const server = await start({ "/held": held.route });
    const running = get(`${server.url}/held`, new Agent()).catch((error: Error) => error);
    await held.arrived;

    await server.stop(10);

    expect(await running).to.be.instanceOf(Error);
  });
});

describe("/ready", () => {
  const states: [what: string, isServing: boolean, isReady: boolean, status: number][] = [
    ["200 when all is well", true, true, 200],
    ["503 when something vital is missing", true, false, 503],
    ["503 while it stops", false, true, 503],
  ];
  for (const [what, isServing, isReady, status] of states) {
    it(`answers ${what}`, async () => {
      const check = async () => ({ isReady, checks: new Map([["database", isReady]]) });
      const server: HttpServer = await start({ "/ready": ready(() => isServing, check) });

      expect((await fetch(`${server.url}/ready`)).status).to.equal(status);
      await server.stop(0);
    });
  }
});

function get(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { agent }, (response) => response.resume().once("end", () => resolve(response.statusCode!)))
      .once("error", reject)
      .end();
  });
}
