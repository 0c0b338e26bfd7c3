import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { ContactWish, TestContact } from "../../support/rows.js";
import { ask, contextOf } from "../graph.js";

const mutation = `mutation ($input: SetRetentionHoldInput!) { setRetentionHold(input: $input) {
  contact { id retentionHold { reason untilDate isInForce setBy } } legalNotice { code } userErrors { code field } } }`;
const audit = `query ($id: ID!) { contactAudit(contactId: $id, from: "2026-03-01T00:00:00Z", to: "2026-03-31T00:00:00Z", first: 10) {
  nodes { entity field oldValue newValue actor redactions { field } } } }`;

describe("setRetentionHold (D-12)", () => {
  const db = useDatabase();
  const officer = (wish = {}) => contextOf(db, "contact:read", "privacy:hold", "audit:read", { login: "dpo", ...wish });

  async function set(input: object, context: OperationContext = officer()) {
    const { data, errors } = await ask(context, mutation, { input });
    if (errors) throw errors[0];
    return data?.setRetentionHold;
  }
  const codesOf = async (input: object, context?: OperationContext) =>
    (await set(input, context)).userErrors.map(
      ({ code, field }: { code: string; field: string[] }) => `${code} ${field}`,
    );

  it("keeps a contact with a reason, shows it on the file with the notice on free text, and lifts it again", async () => {
    const { opaqueId: contactId } = await db.insertContact();

    const { contact, legalNotice } = await set({ contactId, reason: " claim at law ", until: "2026-12-31" });

    expect(contact.retentionHold).to.deep.equal({
      ...{ reason: "claim at law", untilDate: "2026-12-31", isInForce: true, setBy: "dpo" },
    });
    expect(legalNotice).to.deep.equal({ code: "FREE_TEXT_CONTENT" });
    const lifted = await set({ contactId });
    expect([lifted.contact.retentionHold, lifted.legalNotice]).to.deep.equal([null, null]);
  });

  it("is no longer in force after its last day", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    await set({ contactId, reason: "claim", until: "2026-03-10" });
    db.clock.set("2026-03-10T23:30:00Z");

    const again = await ask(
      officer(),
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact { retentionHold { isInForce } } } }",
      { r: [{ __typename: "Contact", id: contactId }] },
    );

    expect(again.data?._entities).to.deep.equal([{ retentionHold: { isInForce: false } }]);
    db.clock.set("2026-03-10T09:00:00Z");
  });

  it("stands in the contact's audit with what was and what is, and for who may not see holds without their values", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    await set({ contactId, reason: "first" });
    await set({ contactId, reason: "second", until: "2026-12-31" });
    await set({ contactId, reason: "second", until: "2026-12-31" });
    await set({ contactId });

    const { data } = await ask(officer(), audit, { id: contactId });
    const nodes = data?.contactAudit.nodes as { field: string; oldValue: string; newValue: string; actor: string }[];
    expect(nodes.map(({ field, oldValue, newValue }) => [field, oldValue, newValue]).toReversed()).to.have.deep.members(
      [
        ["reason", null, "first"],
        ["reason", "first", "second"],
        ["untilDate", null, "2026-12-31"],
        ["reason", "second", null],
        ["untilDate", "2026-12-31", null],
      ],
    );
    expect(nodes.every(({ actor }) => actor === "dpo")).to.equal(true);
    const withheld = await ask(contextOf(db, "contact:read", "audit:read"), audit, { id: contactId });
    expect(withheld.data?.contactAudit.nodes.map(({ newValue }: { newValue: string }) => newValue)).to.deep.equal(
      nodes.map(() => null),
    );
  });

  it("is refused of nobody, without a reason, with one that is too long, and for a day that is over", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const hidden = await db.insertContact({ level: 1 });
    const shell = await db.insertContact({ anonymizedAt: new Date("2025-01-01T00:00:00Z") });
    const reason = "claim";

    expect(await codesOf({ contactId, until: "2026-12-31" })).to.deep.equal(["HOLD_NEEDS_REASON reason"]);
    expect(await codesOf({ contactId, reason: "x".repeat(501) })).to.deep.equal(["VALUE_TOO_LONG reason"]);
    expect(await codesOf({ contactId, reason, until: "2026-03-09" })).to.deep.equal(["HOLD_ENDS_BEFORE_TODAY until"]);
    for (const each of [hidden.opaqueId, "nobody"])
      expect(await codesOf({ contactId: each, reason })).to.deep.equal(["CONTACT_NOT_FOUND contactId"]);
    expect(await codesOf({ contactId: shell.opaqueId, reason })).to.deep.equal(["CONTACT_ANONYMIZED contactId"]);
  });

  it("is repeated with its key, and set by nobody without the permission", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();
    const input = { contactId, reason: "claim", idempotencyKey: "once" };
    await set(input);
    await set({ contactId });
    await set(input);

    const { rows } = await db.owner.query(
      "SELECT new_value AS value FROM privacy.audit_contact WHERE contact_id = $1 ORDER BY id",
      [id],
    );
    expect(rows).to.deep.equal([{ value: "claim" }, { value: null }]);
    const { errors } = await ask(contextOf(db, "contact:read"), mutation, { input });
    expect(errors?.[0]?.extensions?.code).to.equal("FORBIDDEN");
  });
});

describe("retentionHolds (D-12)", () => {
  const db = useDatabase();
  const officer = (wish: ContextWish = {}) => contextOf(db, "contact:read", "privacy:hold", { login: "dpo", ...wish });
  const list = `query ($first: Int!, $after: String, $isInForce: Boolean) {
    retentionHolds(first: $first, after: $after, isInForce: $isInForce) {
      nodes { contact { id } reason untilDate isInForce setBy } pageInfo { hasNextPage endCursor } } }`;

  async function holds(variables: object = {}, context = officer()) {
    const { data, errors } = await ask(context, list, { first: 10, ...variables });
    if (errors) throw errors[0];
    return data?.retentionHolds;
  }
  const reasons = async (variables?: object, context?: OperationContext) =>
    (await holds(variables, context)).nodes.map(({ reason }: { reason: string }) => reason);

  async function hold(wish: ContactWish, reason: string, until: string | null = null): Promise<TestContact> {
    const contact = await db.insertContact(wish);
    await db.owner.query(
      `INSERT INTO privacy.retention_hold (institution_id, contact_id, reason, until_date, set_by)
       VALUES ($1, $2, $3, $4, 'dpo')`,
      [(wish.institution ?? db.home).id, contact.id, reason, until],
    );
    return contact;
  }

  before(async () => {
    await hold({}, "first");
    await hold({}, "over", "2026-03-09");
    await hold({}, "today", "2026-03-10");
    await hold({ level: 2 }, "confidential");
    await hold({ anonymizedAt: new Date("2025-01-01T00:00:00Z") }, "of a shell");
    await hold({ institution: await db.institution() }, "elsewhere");
  });

  it("lists those of contacts whom the caller sees, page by page, with who set them and whether they hold", async () => {
    const { nodes, pageInfo } = await holds({ first: 2 });
    const rest = await holds({ first: 2, after: pageInfo.endCursor });

    expect(nodes[0]).to.deep.include({ reason: "first", untilDate: null, isInForce: true, setBy: "dpo" });
    expect([...nodes, ...rest.nodes].map(({ reason, isInForce }) => [reason, isInForce])).to.deep.equal([
      ["first", true],
      ["over", false],
      ["today", true],
    ]);
    expect(rest.pageInfo.hasNextPage).to.equal(false);
    expect(await reasons({ isInForce: true })).to.deep.equal(["first", "today"]);
    expect(await reasons({ isInForce: false })).to.deep.equal(["over"]);
  });

  it("shows those of confidential contacts to who is cleared for them, and notes it in the access log", async () => {
    const context = officer({ clearance: 2 });

    expect(await reasons({}, context)).to.deep.equal(["first", "over", "today", "confidential"]);
    expect(context.confidentialReads.size).to.equal(1);
  });

  it("is empty for whom holds are withheld from, and refused without the permission", async () => {
    const raisedLevels = new Map([["Contact.retentionHold", 2]]);

    expect(await reasons({}, officer({ raisedLevels } as ContextWish))).to.deep.equal([]);
    const { errors } = await ask(contextOf(db, "contact:read"), list, { first: 1 });
    expect(errors?.[0]?.extensions?.code).to.equal("FORBIDDEN");
  });

  it("refuses a cursor that no page gave", async () => {
    const after = Buffer.from(JSON.stringify(["x"])).toString("base64url");
    const { errors } = await ask(officer(), list, { first: 1, after });

    expect(errors?.[0]?.extensions?.code).to.equal("BAD_USER_INPUT");
  });
});
