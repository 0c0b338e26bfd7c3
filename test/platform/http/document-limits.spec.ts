import { expect } from "chai";
import { getIntrospectionQuery } from "graphql";
import { useOperationCost } from "../../../src/platform/http/cost.js";
import { useDocumentLimits } from "../../../src/platform/http/document-limits.js";
import { useErrorMasking } from "../../../src/platform/http/errors.js";
import { seen } from "./toy-graph.js";
import { ask, codes, type ToyServer, toyServers } from "./toy-servers.js";

for (const toy of toyServers) {
  describe(`limits of documents, ${toy.name}`, () => {
    let server: ToyServer;
    before(async () => {
      server = await toy.start([useErrorMasking({ log: () => undefined }), useDocumentLimits(), useOperationCost()]);
    });
    after(() => server.close());

    const friends = (levels: number) =>
      `{ contacts(first: 1) ${"{ friends(first: 1) ".repeat(levels)} { id } ${"}".repeat(levels)} }`;
    const refused: readonly [code: string, what: string, query: string][] = [
      ["QUERY_TOO_DEEP", "16 levels of fields", friends(14)],
      ["TOO_MANY_ALIASES", "31 aliases", `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: hello`)} }`],
      [
        "TOO_MANY_ALIASES",
        "31 aliases of __typename",
        `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: __typename`)} }`,
      ],
      ["TOO_MANY_DIRECTIVES", "31 directives", `{ hello ${"@include(if: true) ".repeat(31)} }`],
      ["TOO_MANY_TOKENS", "4,001 tokens", `{ ${"hello ".repeat(3_999)} }`],
      ["DOCUMENT_TOO_LONG", "50,001 characters", `{ hello } #${" ".repeat(50_000)}`],
      ["INTROSPECTION_MIXED", "data and __schema", "{ hello __schema { queryType { name } } }"],
      [
        "INTROSPECTION_MIXED",
        "data and __type in a fragment",
        `{ hello ...F } fragment F on Query { ... { __type(name: "A") { name } } }`,
      ],
    ];
    for (const [code, what, query] of refused)
      it(`refuses ${what} with 400, ${code}, and executes nothing`, async () => {
        const before = seen.executed;

        const answer = await ask(server, query);

        expect(answer.status).to.equal(400);
        expect(codes(answer)).to.deep.equal([code]);
        expect(answer.body).not.to.have.property("data");
        expect(seen.executed).to.equal(before);
      });

    it("refuses with 400 also callers that accept only application/json", async () => {
      const answer = await ask(server, friends(14), { headers: { accept: "application/json" } });

      expect(answer.status).to.equal(400);
    });

    it("accepts what is just within the limits", async () => {
      const aliases = Array.from({ length: 30 }, (_, n) => `a${n}: hello`);

      expect((await ask(server, friends(13))).body).to.not.have.property("errors");
      expect((await ask(server, `{ ${aliases} }`)).body).to.not.have.property("errors");
      const tags = '"a" '.repeat(3_980);
      expect((await ask(server, `mutation { rename(input: { tags: [${tags}] }) }`)).body).to.not.have.property(
        "errors",
      );
    });

    it("counts levels and not fragments", async () => {
      const chain = Array.from({ length: 20 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} }`).join(" ");

      const answer = await ask(server, `{ ...F0 } ${chain} fragment F20 on Query { hello }`);

      expect(answer.body).to.deep.include({ data: { hello: "hello world" } });
    });

    it("answers the introspection of tools, also beside __typename", async () => {
      expect((await ask(server, getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).status).to.equal(
        200,
      );
      expect((await ask(server, "{ __typename __schema { queryType { name } } }")).body).to.not.have.property("errors");
    });

    it("suggests no names of the schema", async () => {
      const answer = await ask(server, "{ helo }");

      expect(codes(answer)).to.deep.equal(["GRAPHQL_VALIDATION_FAILED"]);
      expect(answer.text).to.include('Cannot query field \\"helo\\"').and.not.include("Did you mean");
    });

    it("compares thousands of equal fields, within the token limit, in less than two seconds", async () => {
      const started = performance.now();
      await ask(server, `{ contacts(first: 1) { ${"name ".repeat(3_900)} } }`);

      expect(performance.now() - started).to.be.lessThan(2_000);
    });
  });
}
