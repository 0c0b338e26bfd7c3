import { expect } from "chai";
import { useErrorMasking } from "../../../src/platform/http/errors.js";
import { requestIdOf, useRequestId } from "../../../src/platform/http/request-id.js";
import { ask, type ToyServer, toyServers } from "./toy-servers.js";

for (const toy of toyServers) {
  describe(`request id, ${toy.name}`, () => {
    let server: ToyServer;
    const seenIds: unknown[] = [];
    before(async () => {
      const readId = {
        onExecute: ({ args }: { args: { contextValue: object } }) => {
          seenIds.push(requestIdOf(args.contextValue));
        },
      };
      server = await toy.start([useRequestId(), useErrorMasking({ log: () => undefined }), readId]);
    });
    after(() => server.close());
    const idOf = async (given?: string) =>
      (await ask(server, "{ hello }", { headers: given === undefined ? {} : { "x-request-id": given } })).headers.get(
        "x-request-id",
      );

    it("takes the caller's id when it is well formed, into the context and the answer", async () => {
      expect(await idOf("shop-42.A_b")).to.equal("shop-42.A_b");
      expect(seenIds.at(-1)).to.equal("shop-42.A_b");
    });

    it("makes one when there is none, another for each request", async () => {
      const [one, two] = [await idOf(), await idOf()];

      expect(one).to.match(/^[0-9a-f-]{36}$/);
      expect(two)
        .to.match(/^[0-9a-f-]{36}$/)
        .and.not.equal(one);
      expect(seenIds.at(-1)).to.equal(two);
    });

    it("makes one in place of a malformed one", async () => {
      for (const given of ["", "a b", "é", "a".repeat(65), 'x"y', "<script>"]) {
        const headers = { "x-request-id": Buffer.from(given).toString("latin1") };
        expect((await ask(server, "{ hello }", { headers })).headers.get("x-request-id")).to.match(/^[0-9a-f-]{36}$/);
      }
    });

    it("stands on answers to requests that could not be read", async () => {
      const headers = { "content-type": "application/json", "x-request-id": "broken-1" };
      const response = await fetch(server.url, { method: "POST", body: "{", headers });

      expect(response.status).to.equal(400);
      expect(response.headers.get("x-request-id")).to.equal("broken-1");
    });
  });
}

describe("request id towards subgraphs", () => {
  it("goes with each outgoing call", () => {
    let options: object = { headers: { a: "b" } };
    const given = { context: { requestId: "r-1" }, options, setOptions: (changed: object) => (options = changed) };

    useRequestId().onFetch(given);

    expect(options).to.deep.equal({ headers: { a: "b", "x-request-id": "r-1" } });
  });
});
