import { expect } from "chai";
import { useOperationCost } from "../../../src/platform/http/cost.js";
import { useErrorMasking } from "../../../src/platform/http/errors.js";
import { useRateLimit } from "../../../src/platform/http/rate-limit.js";
import { seen } from "./toy-graph.js";
import { ask, codes, type ToyServer, toyServers } from "./toy-servers.js";

const caller = (context: object) => (context as { request?: Request }).request?.headers.get("x-caller") ?? "anonymous";

for (const toy of toyServers) {
  describe(`rate limit, ${toy.name}`, () => {
    let server: ToyServer;
    before(async () => {
      const limit = useRateLimit({ key: caller, points: 100, periodSeconds: 60 });
      server = await toy.start([useErrorMasking({ log: () => undefined }), useOperationCost(), limit]);
    });
    after(() => server.close());
    const spend = (name: string, first: number) =>
      ask(server, `{ contacts(first: ${first}) { id } }`, { headers: { "x-caller": name } });

    it("takes the cost of each operation from what the caller has left", async () => {
      const one = await spend("ada", 9);
      const two = await spend("ada", 19);

      expect(one.headers.get("ratelimit-limit")).to.equal("100");
      expect(one.headers.get("ratelimit-remaining")).to.equal("90");
      expect(two.headers.get("ratelimit-remaining")).to.equal("70");
      expect(Number(two.headers.get("ratelimit-reset"))).to.be.within(1, 60);
    });

    it("answers 429 with the seconds to wait once it is spent, and executes nothing", async () => {
      await spend("bob", 98);
      const before = seen.executed;

      const answer = await spend("bob", 5);

      expect(answer.status).to.equal(429);
      expect(codes(answer)).to.deep.equal(["RATE_LIMITED"]);
      expect(Number(answer.headers.get("retry-after"))).to.be.within(1, 60);
      expect(answer.headers.get("ratelimit-remaining")).to.equal("0");
      expect(seen.executed).to.equal(before);
    });

    it("counts each caller alone", async () => {
      await spend("cecil", 99);

      expect((await spend("cecil", 9)).status).to.equal(429);
      expect((await spend("dora", 9)).status).to.equal(200);
    });

    it("keeps the figures out of the body, so that equal requests get equal bodies", async () => {
      const one = await spend("eve", 2);
      const two = await spend("eve", 2);

      expect(two.text).to.equal(one.text);
      await spend("eve", 99);
      expect((await spend("eve", 2)).text).to.equal((await spend("eve", 2)).text);
    });

    it("takes one point for a request that is refused before execution", async () => {
      const answer = await ask(server, "{ nothing }", { headers: { "x-caller": "fred" } });

      expect(answer.status).to.equal(400);
      expect(answer.headers.get("ratelimit-remaining")).to.equal("99");
    });

    it("counts each operation of a batch", async () => {
      const operation = { query: "{ contacts(first: 9) { id } }" };
      const response = await fetch(server.url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-caller": "gina" },
        body: JSON.stringify([operation, operation]),
      });

      expect(response.headers.get("ratelimit-remaining")).to.equal("80");
    });
  });
}
