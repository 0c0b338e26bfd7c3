import { expect } from "chai";
import type { OperationContext } from "../../src/platform/context.js";
import { useDatabase } from "../support/database.js";
import { insertContactAudit } from "./audit-rows.js";
import { ask, contextOf } from "./graph.js";

const document = `query ($representations: [_Any!]!, $first: Int!, $to: DateTime = "2026-03-31T00:00:00Z") {
  _entities(representations: $representations) {
    ... on Contact { id audit(from: "2026-03-01T00:00:00Z", to: $to, first: $first) { nodes { newValue } pageInfo { hasNextPage } } }
  }
}`;

interface Entity {
  id: string;
  audit: { nodes: { newValue: string }[]; pageInfo: { hasNextPage: boolean } } | null;
}

describe("Contact.audit", () => {
  const db = useDatabase();

  const askAll = (context: OperationContext, ids: readonly string[], wish: object = {}) =>
    ask(context, document, { representations: ids.map((id) => ({ __typename: "Contact", id })), first: 2, ...wish });

  async function entities(
    context: OperationContext,
    ids: readonly string[],
    wish: object = {},
  ): Promise<(Entity | null)[]> {
    const { data, errors } = await askAll(context, ids, wish);
    if (errors) throw errors[0];
    return data?._entities as (Entity | null)[];
  }

  it("is the audit of each contact of a list, with its own page, in two statements for all", async () => {
    const contacts = await Promise.all([1, 2, 3].map(() => db.insertContact()));
    for (const [index, { id }] of contacts.entries()) {
      for (let count = 0; count <= index; count++) await insertContactAudit(db, id, { new: `${index} ${count}` });
    }
    const context = contextOf(db, "contact:read", "audit:read");
    const statements: string[] = [];
    const query = context.db.query.bind(context.db);
    context.db.query = (text, values) => {
      statements.push(text);
      return query(text, values);
    };

    const answered = await entities(
      context,
      contacts.map(({ opaqueId }) => opaqueId),
    );

    expect(answered.map((contact) => contact?.audit?.nodes.map(({ newValue }) => newValue))).to.deep.equal([
      ["0 0"],
      ["1 1", "1 0"],
      ["2 2", "2 1"],
    ]);
    expect(answered.map((contact) => contact?.audit?.pageInfo.hasNextPage)).to.deep.equal([false, false, true]);
    expect(statements).to.have.length(2);
  });

  it("is null for who lacks audit:read, and the contact is there", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertContactAudit(db, id);

    expect(await entities(contextOf(db, "contact:read"), [opaqueId])).to.deep.equal([{ id: opaqueId, audit: null }]);
  });

  it("goes with the contact when the caller does not see it (F05)", async () => {
    const { opaqueId } = await db.insertContact({ level: 2 });
    const foreign = await db.insertContact({ institution: await db.institution() });
    const context = contextOf(db, "contact:read", "audit:read", { clearance: 1 });

    expect(await entities(context, [opaqueId, foreign.opaqueId, "x"])).to.deep.equal([null, null, null]);
  });

  it("fails alone for a frame that cannot be asked for", async () => {
    const { opaqueId } = await db.insertContact();

    const { data, errors } = await askAll(contextOf(db, "contact:read", "audit:read"), [opaqueId], {
      to: "2026-02-01T00:00:00Z",
    });

    expect(data?._entities).to.deep.equal([{ id: opaqueId, audit: null }]);
    expect(errors?.[0]?.extensions).to.include({ reason: "TIME_FRAME_REVERSED" });
  });

  it("takes the permission contact:read for the contact itself", async () => {
    const { opaqueId } = await db.insertContact();

    const { data, errors } = await askAll(contextOf(db, "audit:read"), [opaqueId]);

    expect(data?._entities).to.deep.equal([null]);
    expect(errors?.[0]?.extensions).to.include({ code: "FORBIDDEN" });
  });
});
