import { expect } from "chai";
import { post, startToys, type ToyInstallation } from "../support/toy-gateway.js";
import { seenContexts } from "../support/toy-modules.js";

const wholeFile = `query ($id: ID!) { contact(id: $id) { id name authorizations orders(first: 2) payments auditEntries(first: 2) } }`;

const variants = [
  { name: "router planner, in one process", apart: [], environment: {} },
  { name: "stitching planner, in one process", apart: [], environment: { QUERY_PLANNER: "stitching" } },
  { name: "router planner, half of the parts over HTTP", apart: ["contacts", "history"], environment: {} },
  {
    name: "router planner, all parts over HTTP",
    apart: ["contacts", "marketing", "history", "privacy"],
    environment: {},
  },
  {
    name: "stitching planner, all parts over HTTP",
    apart: ["contacts", "marketing", "history", "privacy"],
    environment: { QUERY_PLANNER: "stitching" },
  },
] as const;

for (const { name, apart, environment } of variants) {
  describe(`the gateway (${name})`, () => {
    let toys: ToyInstallation;
    let token: string;
    before(async () => {
      toys = await startToys({ apart, environment });
      token = await toys.token();
    });
    after(() => toys.stop());
    beforeEach(() => seenContexts.splice(0));

    it("answers one query from all four subgraphs (F01)", async () => {
      const { status, body } = await post(toys.url, wholeFile, { token, variables: { id: "7" } });

      expect(body).to.deep.include({
        data: {
          contact: {
            id: "7",
            name: "Name 7",
            authorizations: ["EMAIL"],
            orders: ["Order of 7"],
            payments: [],
            auditEntries: [],
          },
        },
      });
      expect(status).to.equal(200);
    });

    it("answers the rest when one part fails, with errors at its fields alone (F01)", async () => {
      const { status, body, text } = await post(toys.url, wholeFile, { token, variables: { id: "500" } });

      expect(body.data).to.deep.equal({
        contact: {
          id: "500",
          name: "Name 500",
          authorizations: ["EMAIL"],
          orders: null,
          payments: null,
          auditEntries: [],
        },
      });
      expect(body.errors!.map(({ path }) => path)).to.have.deep.members([
        ["contact", "orders"],
        ["contact", "payments"],
      ]);
      expect(body.errors!.map(({ extensions }) => extensions!.code)).to.deep.equal([
        "INTERNAL_SERVER_ERROR",
        "INTERNAL_SERVER_ERROR",
      ]);
      expect(status).to.equal(200);
      expect(text).not.to.include("secret");
    });

    it("says at the fields that a part has no database, and keeps status 200 for the rest", async () => {
      const { status, body } = await post(toys.url, wholeFile, { token, variables: { id: "503" } });

      expect(body.errors!.map(({ path, extensions }) => [path, extensions!.code])).to.have.deep.members([
        [["contact", "orders"], "SERVICE_UNAVAILABLE"],
        [["contact", "payments"], "SERVICE_UNAVAILABLE"],
      ]);
      expect(status).to.equal(200);
    });

    it("hands on the language and the request id", async () => {
      const headers = { "accept-language": "fr-CH, en;q=0.5", "x-request-id": "r-17" };

      const { body } = await post(toys.url, "{ locale whoami }", { token, headers });

      expect(body.data).to.deep.equal({ locale: "fr", whoami: "op-1 r-17" });
    });

    it("runs the mutations of one operation one after the other", async () => {
      const query = `mutation { a: rename(id: "1", name: "A") { name authorizations } b: rename(id: "2", name: "B") { name authorizations } }`;

      const { body } = await post(toys.url, query, { token });

      expect(body.data).to.deep.equal({
        a: { name: "A", authorizations: ["EMAIL"] },
        b: { name: "B", authorizations: ["EMAIL"] },
      });
    });

    it("answers a list from all subgraphs", async () => {
      const { body } = await post(toys.url, "{ contacts(first: 3) { name orders(first: 1) authorizations } }", {
        token,
      });

      expect(body.data!.contacts).to.have.length(3);
      expect(body.errors).to.equal(undefined);
    });

    if (apart.length === 0) {
      it("shares one context among the subgraph calls of an operation, also in a batch", async () => {
        const operation = { query: wholeFile, variables: { id: "1" } };
        const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };

        await fetch(toys.url, { method: "POST", headers, body: JSON.stringify([operation, operation]) });

        expect(seenContexts).to.have.length(8);
        expect(new Set(seenContexts).size).to.equal(2);
      });
    }

    for (const query of ["{ contact(id: 1) { name } }", "{ __typename }", "{ __schema { queryType { name } } }"]) {
      it(`refuses ${query} without a token`, async () => {
        const { status, headers, body } = await post(toys.url, query);

        expect(status).to.equal(401);
        expect(headers.get("www-authenticate")).to.equal("Bearer");
        expect(body.errors!.map(({ extensions }) => extensions!.code)).to.deep.equal(["UNAUTHENTICATED"]);
      });
    }

    it("refuses a token whose bearer has left", async () => {
      const { status, body } = await post(toys.url, "{ __typename }", { token: await toys.token({ subject: "gone" }) });

      expect(status).to.equal(403);
      expect(body.errors![0]!.extensions!.code).to.equal("FORBIDDEN");
    });

    for (const part of apart) {
      for (const query of [
        "{ __typename }",
        "{ _service { sdl } }",
        `{ _entities(representations: []) { __typename } }`,
      ]) {
        it(`refuses ${query} at ${part} itself without a token`, async () => {
          const { status, body } = await post(`${toys.subgraphs.get(part)!.url}/graphql`, query);

          expect(status).to.equal(401);
          expect(body.errors![0]!.extensions!.code).to.equal("UNAUTHENTICATED");
        });
      }
    }

    if (apart.some((part) => part === "history")) {
      it("answers the rest at once when a part is down (F01)", async () => {
        await toys.subgraphs.get("history")!.stop(0);

        const startedAt = performance.now();
        const { status, body } = await post(toys.url, wholeFile, { token, variables: { id: "7" } });
        const list = await post(toys.url, "{ contacts(first: 2) { name orders(first: 1) } }", { token });

        expect(performance.now() - startedAt).to.be.below(1_000);
        expect(status).to.equal(200);
        expect(body.data!.contact).to.deep.include({
          name: "Name 7",
          orders: null,
          payments: null,
          authorizations: ["EMAIL"],
        });
        expect(body.errors!.map(({ path, extensions }) => [path, extensions!.code])).to.have.deep.members([
          [["contact", "orders"], "SERVICE_UNAVAILABLE"],
          [["contact", "payments"], "SERVICE_UNAVAILABLE"],
        ]);
        expect(list.body.data!.contacts).to.deep.equal([
          { name: "Name 1", orders: null },
          { name: "Name 2", orders: null },
        ]);
      });
    }
  });
}

describe("a gateway", () => {
  it("leaves the signals of its process alone: its library would end itself while requests are running", async () => {
    const counts = () => ["SIGINT", "SIGTERM", "exit"].map((signal) => process.listenerCount(signal));
    const before = counts();

    const toys = await startToys();
    const during = counts();
    await toys.stop();

    expect(during).to.deep.equal(before);
  });
});
