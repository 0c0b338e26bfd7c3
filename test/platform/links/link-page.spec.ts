import { once } from "node:events";
import { type ClientRequest, request } from "node:http";
import { expect } from "chai";
import { type HttpServer, listen } from "../../../src/platform/http/http-server.js";
import { type LinkPage, linkRoute } from "../../../src/platform/links/index.js";

describe("pages behind links", () => {
  let server: HttpServer;
  let answered = 0;
  const faults: unknown[] = [];
  const page: LinkPage = { status: 200, locale: "en", title: "<b> & 'c'", paragraphs: ["two\nlines"], button: "Go" };

  const answer = async ({ token }: { token: string | null }) => {
    answered++;
    if (token === "broken") throw new Error("a fault");
    return page;
  };

  beforeEach(async () => {
    answered = 0;
    const routes = { "/link": linkRoute(answer, (error) => faults.push(error), 100) };
    server = await listen({ host: "127.0.0.1", port: 0, portSetting: "PORT", routes });
  });
  afterEach(() => server.stop(0));

  /** A POST whose body never ends. */
  const open = (): ClientRequest => {
    const sending = request(`${server.url}/link`, { method: "POST", headers: { "content-length": "1000000" } });
    sending.flushHeaders();
    return sending;
  };

  it("take their texts for texts", async () => {
    const html = await (await fetch(`${server.url}/link`)).text();

    expect(html).to.include("<h1>&lt;b&gt; &amp; &#39;c&#39;</h1>").and.to.include("<p>two\nlines</p>");
    expect(html).to.not.include("<b>");
  });

  it("wait for no body that comes slowly", async () => {
    const sending = open();

    const [error] = await once(sending, "error");

    expect((error as Error).message).to.match(/socket hang up|ECONNRESET/);
    expect(answered).to.equal(0);
  });

  it("read no body without end", async () => {
    const sending = open();
    const ended = once(sending, "error");
    sending.write("x".repeat(200_000));

    await ended;

    expect(answered).to.equal(0);
  });

  it("say of a fault only that there was one, and that it may pass", async () => {
    const response = await fetch(`${server.url}/link?token=broken`, { method: "POST" });

    expect([response.status, response.headers.get("retry-after"), await response.text()]).to.deep.equal([
      503,
      "30",
      "",
    ]);
    expect((faults.at(-1) as Error).message).to.equal("a fault");
  });
});
