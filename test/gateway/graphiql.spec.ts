import { createHash } from "node:crypto";
import { expect } from "chai";
import { useGraphiqlPage } from "../../src/gateway/graphiql.js";
import { useCsrfPrevention } from "../../src/platform/http/csrf.js";
import { ask, type ToyServer, toyServers } from "../platform/http/toy-servers.js";

for (const toy of toyServers) {
  describe(`GraphiQL page, ${toy.name}`, () => {
    let server: ToyServer;
    let html: string;
    let headers: Headers;
    before(async () => {
      const defaultQuery = '{ hello(name: "</script><script>alert(1)</script>") }';
      const page = useGraphiqlPage({ title: "Toy", defaultQuery, defaultHeaders: { Authorization: "Bearer t" } });
      server = await toy.start([page, useCsrfPrevention()]);
      const response = await fetch(server.url, { headers: { accept: "text/html,*/*;q=0.8" } });
      ({ headers } = response);
      html = await response.text();
    });
    after(() => server.close());

    it("is what a browser gets at the endpoint", () => {
      expect(headers.get("content-type")).to.equal("text/html; charset=utf-8");
      expect(html).to.include("<title>Toy</title>").and.include("YogaGraphiQL.renderYogaGraphiQL(");
    });

    it("loads nothing from elsewhere", () => {
      const markup = html.replace(/<script>.*<\/script>/s, "").replace(/<style>.*<\/style>/s, "");
      const [css] = /<style>.*<\/style>/s.exec(html)!;

      expect(markup.match(/\b(src|href)\s*=\s*["']?(https?:)?\/\//g)).to.equal(null);
      expect(css.match(/(url\(|@import)\s*["']?(https?:)?\/\//g)).to.equal(null);
      expect(html.match(/<(script|link|iframe|img)\b[^>]*\s(src|href)\s*=[\s"'`\\]*(https?:)?\/\//g)).to.equal(null);
      expect(html.match(/\bimport\s*\(\s*["'`]https?:|importScripts\(\s*["'`]https?:/g)).to.equal(null);
    });

    it("forbids all but itself by a content security policy that allows its one script by hash", () => {
      const policy = headers.get("content-security-policy")!;
      const script = html.slice(html.indexOf("<script>") + 8, html.lastIndexOf("</script>"));

      expect(policy).to.include(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
      expect(policy)
        .to.include("default-src 'none'")
        .and.include("connect-src 'self'")
        .and.not.match(/https?:|\*/);
      expect(script).not.to.match(/\r|<\/script/i);
      expect(script).not.to.match(/\bnew Function\(|[^.\w]eval\(/);
    });

    it("starts with the given query and headers, which cannot end its script", () => {
      expect(html).to.include("\\u003c/script>\\u003cscript>alert(1)");
      expect(html.match(/<\/script>/g)).to.have.length(1);
      expect(html).to.include('\\"Authorization\\": \\"Bearer t\\"').and.not.include("graphiql-slot");
    });

    it("leaves GraphQL over GET and POST alone", async () => {
      const get = await fetch(`${server.url}?query=%7Bhello%7D`, {
        headers: { accept: "application/json", "x-graphql-csrf": "1" },
      });

      expect(await get.json()).to.deep.equal({ data: { hello: "hello world" } });
      expect((await ask(server, "{ hello }")).body.data).to.deep.equal({ hello: "hello world" });
    });

    it("is not there unless its plugin is", async () => {
      const without = await toy.start([]);
      const response = await fetch(without.url, { headers: { accept: "text/html" } });

      expect(response.headers.get("content-type") ?? "").not.to.include("text/html");
      await without.close();
    });
  });
}
