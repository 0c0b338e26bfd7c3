import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import type { OperationContext } from "../../../src/platform/context.js";
import { ask, codesOf, run } from "../../support/ask.js";
import { type TestDatabase, useDatabase } from "../../support/database.js";
import { callerOf, contactsSchema } from "../support.js";

const query = `query ($filter: ContactFilter!, $first: Int! = 20, $after: String, $invalid: Boolean! = false) {
  searchContacts(filter: $filter, first: $first, after: $after, includeInvalid: $invalid) {
    totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

describe("searchContacts", () => {
  const db: TestDatabase = useDatabase();
  let schema: GraphQLSchema;
  before(async () => {
    schema = await contactsSchema();
  });

  async function found(
    filter: object,
    context: OperationContext = callerOf(db, "contact:read"),
    more: object = {},
  ): Promise<string[]> {
    const { searchContacts } = await ask(schema, context, query, { filter, ...more });
    expect(searchContacts.totalCount, "totalCount").to.equal(searchContacts.nodes.length);
    return searchContacts.nodes.map(({ id }: { id: string }) => id);
  }

  it("finds by the beginning of a name in either order, without accents and capitals", async () => {
    const { opaqueId } = await db.insertContact({ lastName: "Müllerovà", firstName: "Zoé" });

    for (const name of ["muller", "MÜLLEROVA z", "zoe mull", "Zoé"])
      expect(await found({ name }), name).to.deep.equal([opaqueId]);
    for (const name of ["ullerov", "zox"]) expect(await found({ name }), name).to.deep.equal([]);
  });

  it("finds a reference code exactly: leading zeros count (F06)", async () => {
    const { opaqueId } = await db.insertContact({ referenceCode: "000123" });

    expect(await found({ text: "000123" })).to.deep.equal([opaqueId]);
    expect(await found({ referenceCode: "000123" })).to.deep.equal([opaqueId]);
    expect(await found({ text: "123" })).to.deep.equal([]);
    expect(await found({ referenceCode: "123" })).to.deep.equal([]);
  });

  it("finds by e-mail in any case, by number exactly, and all by the simple text (Q-28)", async () => {
    const { opaqueId, contactNumber } = await db.insertContact({ lastName: "Szabó", email: "Szabo@Example.org" });

    for (const filter of [
      { email: "szabo@example.ORG" },
      { contactNumber },
      { text: "szabo@ex" },
      { text: contactNumber },
      { text: "szab" },
    ]) {
      expect(await found(filter), JSON.stringify(filter)).to.deep.equal([opaqueId]);
    }
    expect(await found({ contactNumber: contactNumber.replace(/^0+/, "") })).to.deep.equal([]);
  });

  it("leaves out the invalid unless asked, and the anonymized always (F07, Q-27)", async () => {
    await db.insertContact({ lastName: "Ypsilon", anonymizedAt: new Date(0) });
    const { opaqueId: valid } = await db.insertContact({ lastName: "Ypsilon", firstName: "A" });
    const { opaqueId: ended } = await db.insertContact({
      lastName: "Ypsilon",
      firstName: "B",
      validityEndDate: "2001-01-01",
    });

    expect(await found({ name: "ypsilon" })).to.deep.equal([valid]);
    expect(await found({ name: "ypsilon" }, undefined, { invalid: true })).to.deep.equal([valid, ended]);
  });

  it("takes signs that SQL or patterns give a meaning as signs", async () => {
    const { opaqueId } = await db.insertContact({ structureName: `100% O'Brien_\\ "X"` });

    for (const name of [`100% o'brien_\\ "x"`, "100 o brien x", "obrien"])
      expect(await found({ name }), name).to.deep.equal([opaqueId]);
    for (const name of ["%", "_", "1_0", "'; --"]) expect(await found({ name }), name).to.deep.equal([]);
  });

  it("gives each contact once over all pages, in order, whatever the page size", async () => {
    for (const firstName of ["Ada", "Bo", "Bo", "Cy", "Dé"]) await db.insertContact({ lastName: "Paging", firstName });
    const context = callerOf(db, "contact:read");
    const whole = await found({ name: "paging" });

    for (const first of [1, 2, 3, 5]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { searchContacts: answer } = await ask(schema, context, query, {
          filter: { name: "paging" },
          first,
          after,
        });
        expect(answer.pageInfo.hasPreviousPage).to.equal(after !== null);
        seen.push(...answer.nodes.map(({ id }: { id: string }) => id));
        after = answer.pageInfo.hasNextPage ? answer.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen, `pages of ${first}`).to.deep.equal(whole);
    }
  });

  it("never searches by a field that is withheld", async () => {
    await db.insertContact({ lastName: "Quirin", email: "quirin@example.org", referenceCode: "Q1" });
    const raised = callerOf(db, "contact:read", {
      raisedLevels: new Map([
        ["Contact.email", 1],
        ["Contact.firstName", 1],
      ]),
    });

    for (const filter of [{ email: "quirin@example.org" }, { name: "quirin" }]) {
      expect(await codesOf(schema, raised, query, { filter }), JSON.stringify(filter)).to.deep.equal([
        "FIELD_NOT_AVAILABLE",
      ]);
    }
    for (const text of ["quirin@example.org", "quirin"]) expect(await found({ text }, raised), text).to.deep.equal([]);
    expect(await found({ text: "Q1" }, raised)).to.have.lengthOf(1);
  });

  it("sorts by id and puts no name into cursors when names are withheld", async () => {
    await db.insertContact({ lastName: "Zander", referenceCode: "sort" });
    await db.insertContact({ lastName: "Abegg", referenceCode: "sort" });
    const raised = callerOf(db, "contact:read", { raisedLevels: new Map([["Contact.lastName", 2]]) });

    const { searchContacts } = await ask(schema, raised, query, { filter: { referenceCode: "sort" } });

    const cursors = searchContacts.edges.map(({ cursor }: { cursor: string }) =>
      Buffer.from(cursor, "base64url").toString(),
    );
    expect(cursors.join()).not.to.match(/zander|abegg/);
    expect(await found({ referenceCode: "sort" }, raised)).to.have.lengthOf(2);
  });

  it("refuses pages and filters that cannot be asked for", async () => {
    const context = callerOf(db, "contact:read");
    const wrong = [
      { first: 0 },
      { first: 101 },
      { first: -1 },
      { after: "nonsense" },
      { after: "WyJhIl0" },
      { after: "WyJhIiwieCJd" },
      { after: "WyJhIiwieCIsInkiXQ" },
    ];
    for (const variables of wrong) {
      expect(
        await codesOf(schema, context, query, { filter: { name: "a" }, ...variables }),
        JSON.stringify(variables),
      ).to.deep.equal(["BAD_USER_INPUT"]);
    }
    for (const filter of [{}, { name: "  " }, { text: "x".repeat(201) }, { text: "a\0" }]) {
      expect(await codesOf(schema, context, query, { filter }), JSON.stringify(filter)).to.deep.equal([
        "BAD_USER_INPUT",
      ]);
    }
    const { errors } = await run(schema, context, query, { filter: { text: "a\0" } });
    expect(errors?.[0]?.message).to.equal("`text` has no NUL characters.");
  });
});
