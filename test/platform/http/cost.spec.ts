import { expect } from "chai";
import fc from "fast-check";
import { parse } from "graphql";
import { useOperationCost } from "../../../src/platform/http/cost.js";
import { documentCost } from "../../../src/platform/http/document-cost.js";
import { useErrorMasking } from "../../../src/platform/http/errors.js";
import { seen } from "./toy-graph.js";
import { ask, codes, type ToyServer, toyServers } from "./toy-servers.js";

const fields = (query: string, variables = {}, name?: string) => documentCost(parse(query), name, variables).fields;

describe("documentCost", () => {
  it("counts one point for each field, and ten for each root field of a mutation", () => {
    expect(fields("{ a b { c } }")).to.equal(3);
    expect(fields("mutation { a b { c d } }")).to.equal(22);
  });

  it("multiplies what is selected below a page by its size, nested pages by each other", () => {
    expect(fields("{ a(first: 10) { b } }")).to.equal(11);
    expect(fields("{ a(first: 10) { b(first: 5) { c d } } }")).to.equal(1 + 10 * (1 + 5 * 2));
  });

  it("takes the page size from the variable, else from its default, else the largest page", () => {
    const query = "query ($n: Int) { a(first: $n) { b } }";
    const withDefault = "query ($n: Int = 7) { a(first: $n) { b } }";

    expect(fields(query, { n: 3 })).to.equal(4);
    expect(fields(query)).to.equal(101);
    expect(fields(query, { n: null })).to.equal(101);
    expect(fields(query, { n: "3" })).to.equal(101);
    expect(fields(withDefault)).to.equal(8);
    expect(fields(withDefault, { n: 3 })).to.equal(4);
  });

  it("counts what is selected of entities once for each representation", () => {
    const query = "query ($r: [_Any!]!) { _entities(representations: $r) { a b } }";

    expect(fields(query, { r: [{}, {}, {}] })).to.equal(7);
    expect(fields(query, { r: [] })).to.equal(3);
    expect(fields("{ _entities(representations: [{ id: 1 }, { id: 2 }]) { a } }")).to.equal(3);
  });

  it("never counts a page as less than one object, nor an endless one as nothing", () => {
    expect(fields("{ a(first: 0) { b } }")).to.equal(2);
    expect(fields("{ a(first: -5) { b } }")).to.equal(2);
    expect(fields(`{ a(first: ${"9".repeat(400)}) b }`)).to.equal(2);
    expect(fields(`{ a(first: ${"9".repeat(400)}) { b } }`)).to.be.greaterThan(1e15);
  });

  it("counts a fragment each time it is spread, with the size of the page it is spread in", () => {
    const fragment = "fragment F on T { x y }";
    expect(fields(`{ a { ...F } b(first: 10) { ...F } } ${fragment}`)).to.equal(1 + 2 + 1 + 20);
    expect(fields("mutation { ...F } fragment F on Mutation { a { b } }")).to.equal(11);
    expect(fields("{ ... on Query { a } }")).to.equal(1);
  });

  it("counts the operation that is named, and the dearest when none is", () => {
    const query = "query A { a } query B { a b }";
    expect(fields(query, {}, "A")).to.equal(1);
    expect(fields(query)).to.equal(2);
  });

  it("keeps introspection free and counts its fields apart", () => {
    const cost = documentCost(parse("{ __schema { types { name } } a { __typename } }"), null, {});
    expect(cost).to.deep.equal({ fields: 1, introspection: 4 });
  });

  it("ends on cycles", () => {
    expect(fields("{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A }")).to.equal(2);
  });

  it("stays linear when ten thousand fragments spread exponentially, or nest without end", () => {
    const count = 10_000;
    const spread = Array.from({ length: count }, (_, n) => `fragment F${n} on Q { x ...F${n + 1} ...F${n + 1} }`);
    const doubling = parse(`{ ...F0 } ${spread.join(" ")} fragment F${count} on Q { x }`);
    const wide = parse(`{ ${"a(first: 100) { ...F1 } ".repeat(5_000)} } ${spread.slice(0, 300).join(" ")}`);
    const started = performance.now();

    expect(documentCost(doubling, null, {}).fields).to.equal(Number.POSITIVE_INFINITY);
    expect(documentCost(wide, null, {}).fields).to.be.greaterThan(1e15);

    expect(performance.now() - started).to.be.lessThan(1_000);
  });

  it("grows with every page size and is the same for the same document", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (small, more) => {
        const query = "query ($n: Int) { a(first: $n) { b(first: 10) { c } } }";
        const [one, two] = [fields(query, { n: small }), fields(query, { n: small + more })];
        expect(one).to.be.lessThan(two);
        expect(fields(query, { n: small })).to.equal(one);
      }),
    );
  });

  it("lets the whole file of 50 contacts pass, and refuses it for 100, by the default limit", () => {
    const query = `query ($contacts: Int) { contacts(first: $contacts) { pageInfo { hasNextPage endCursor } edges { node {
      id number firstName lastName email phone language confidentialityLevel isValid blockedSince
      addresses { kind line1 line2 postalCode city country isValid }
      authorizations { code value changedAt source }
      orders(first: 20) { edges { node { id number orderedAt state total { amount currency }
        lines { id label quantity price { amount } tickets { id seat row barcode state product { id label startsAt } } } } } }
      payments(first: 20) { edges { node { id paidAt amount method state } } }
      auditEntries(first: 50) { edges { node { id at actor field oldValue newValue } } } } } } }`;

    expect(fields(query, { contacts: 1 })).to.be.lessThan(1_500);
    expect(fields(query, { contacts: 50 })).to.be.within(40_000, 100_000);
    expect(fields(query, { contacts: 100 })).to.be.greaterThan(100_000);
  });
});

for (const toy of toyServers) {
  describe(`operation cost, ${toy.name}`, () => {
    let server: ToyServer;
    before(async () => {
      server = await toy.start([useErrorMasking({ log: () => undefined }), useOperationCost({ maximum: 50 })]);
    });
    after(() => server.close());
    const page = "query ($n: Int) { contacts(first: $n) { id } }";

    it("returns what the operation costs and what it may cost", async () => {
      const { status, body } = await ask(server, page, { variables: { n: 2 } });

      expect(status).to.equal(200);
      expect(body.extensions).to.deep.equal({ cost: { requested: 3, maximum: 50 } });
    });

    it("refuses what costs too much with 400, and executes nothing", async () => {
      const before = seen.executed;

      const answer = await ask(server, page, { variables: { n: 50 } });

      expect(answer.status).to.equal(400);
      expect(codes(answer)).to.deep.equal(["QUERY_TOO_COSTLY"]);
      expect(answer.body.extensions).to.deep.equal({ cost: { requested: 51, maximum: 50 } });
      expect(seen.executed).to.equal(before);
    });

    it("judges by the variables of each request, though documents are cached", async () => {
      await ask(server, page, { variables: { n: 50 } });

      expect((await ask(server, page, { variables: { n: 2 } })).status).to.equal(200);
      expect((await ask(server, page, { variables: { n: 50 } })).status).to.equal(400);
    });

    it("bounds introspection, which is free", async () => {
      const types = "kind name ofType { kind name ofType { kind name } }";
      const one = await ask(server, `{ __schema { types { ${types} } } }`);
      const many = await ask(
        server,
        `{ ${Array.from({ length: 130 }, (_, n) => `t${n}: __schema { types { ${types} } }`)} }`,
      );

      expect(one.body.extensions).to.deep.equal({ cost: { requested: 0, maximum: 50 } });
      expect(codes(many)).to.deep.equal(["QUERY_TOO_COSTLY"]);
    });
  });
}
