import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import { ask, codesOf } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { historySchema, operatorOf, readContact, ship } from "../shipments/support.js";

const errors = "userErrors { code field }";
const fields = `id contact { id } organization origin medium status occurredAt description createdBy version
  shipment { kind } redactions { field }`;
const add = `mutation ($input: AddInteractionInput!) { answer: addInteraction(input: $input) {
  interaction { ${fields} } contact { id } legalNotice { code } warnings { code } ${errors} } }`;
const update = `mutation ($input: UpdateInteractionInput!) { answer: updateInteraction(input: $input) {
  interaction { ${fields} } contact { id } legalNotice { code } ${errors} } }`;

describe("interactions (F25, F26)", () => {
  const db = useDatabase();
  const writer = (...wishes: (Permission | ContextWish)[]) =>
    operatorOf(db, "contact:write", { login: "op-7" }, ...wishes);
  const raised = (...names: string[]) => ({
    raisedLevels: new Map<string, Clearance>(names.map((name) => [name, 1])),
  });
  const himself = ({ id }: TestContact) =>
    operatorOf(db, { kind: "CONTACT", ownContactId: id, clearance: 2, organizations: [] });

  const change = async (mutation: string, input: object, context = writer()) =>
    (await ask(await historySchema(), context, mutation, { input })).answer;
  const problemsOf = async (mutation: string, input: object, context = writer()) => {
    const { interaction, contact, userErrors } = await change(mutation, input, context);
    expect([interaction, contact]).to.deep.equal([null, null]);
    return userErrors.map(({ code, field }: { code: string; field: string[] }) => [code, ...field].join(" "));
  };
  const added = async ({ opaqueId: contactId }: TestContact, wish: object = {}, context = writer()) =>
    (await change(add, { contactId, medium: "PHONE", ...wish }, context)).interaction;

  async function list(contact: TestContact, args = "first: 9", context = writer()) {
    const answer = await readContact(
      context,
      contact,
      `interactions(${args}) { organization totalCount period { from to } nodes { ${fields} } }`,
    );
    return answer.interactions;
  }

  async function auditOf(contact: TestContact) {
    const { rows } = await db.owner.query(
      `SELECT entity, key, field, old_value AS old, new_value AS new, actor, source FROM history.audit_contact
       WHERE contact_id = $1 ORDER BY id`,
      [contact.id],
    );
    return rows;
  }

  it("are registered with a notice on free text, closed, archived, and kept in the audit (F16, F26)", async () => {
    const contact = await db.insertContact();

    const open = await change(add, { contactId: contact.opaqueId, medium: "PHONE", description: " Asked for seats " });
    const { id } = open.interaction;
    const closed = await change(update, { id, version: 1, status: "CLOSED" }, writer({ login: "op-8" }));
    const archived = await change(update, { id, version: 2, status: "ARCHIVED" });

    expect(open).to.deep.equal({
      interaction: {
        ...{ id, contact: { id: contact.opaqueId }, organization: "OPERA", origin: "MANUAL", medium: "PHONE" },
        ...{ status: "OPEN", occurredAt: db.clock.now().toISOString(), description: "Asked for seats" },
        ...{ createdBy: "op-7", version: 1, shipment: null, redactions: [] },
      },
      contact: { id: contact.opaqueId },
      ...{ legalNotice: { code: "FREE_TEXT_CONTENT" }, warnings: [], userErrors: [] },
    });
    expect(closed.interaction).to.include({ status: "CLOSED", version: 2 });
    expect([archived.interaction.status, archived.legalNotice]).to.deep.equal(["ARCHIVED", null]);
    const key = Buffer.from(id, "base64url").toString().split(":")[1];
    const entry = { entity: "Interaction", key, actor: "op-7", source: "OPERATOR" };
    expect(await auditOf(contact)).to.deep.equal([
      { ...entry, field: "medium", old: null, new: "PHONE" },
      { ...entry, field: "status", old: null, new: "OPEN" },
      { ...entry, field: "occurredAt", old: null, new: "2026-03-10T09:00:00.000000Z" },
      { ...entry, field: "description", old: null, new: "Asked for seats" },
      { ...entry, field: "status", old: "OPEN", new: "CLOSED", actor: "op-8" },
      { ...entry, field: "status", old: "CLOSED", new: "ARCHIVED" },
    ]);
  });

  it("go from any status to any, but from ARCHIVED only with a permission of its own (F26)", async () => {
    const statuses = ["OPEN", "CLOSED", "ARCHIVED"] as const;
    const contact = await db.insertContact();
    for (const from of statuses) {
      for (const status of statuses) {
        const { id } = await added(contact, { status: from });
        const input = { id, version: 1, status };
        if (from === "ARCHIVED" && status !== from)
          expect(await problemsOf(update, input)).to.deep.equal(["REOPEN_NOT_PERMITTED status"]);
        const { interaction } = await change(update, input, writer("interaction:reopen"));
        expect(interaction.status, `${from} to ${status}`).to.equal(status);
      }
    }
    const { id } = await added(contact, { status: "ARCHIVED" });
    const corrected = await change(update, { id, version: 1, description: "The text may be mended" });
    expect(corrected.interaction).to.include({ status: "ARCHIVED", description: "The text may be mended" });
  });

  it("are changed by who has read the latest version, and stay when nothing changes", async () => {
    const contact = await db.insertContact();
    const { id } = await added(contact, { description: "first", occurredAt: "2026-03-01T08:00:00.000Z" });

    const changed = await change(update, {
      ...{ id, version: 1, medium: "EMAIL", description: "second", occurredAt: "2026-03-02T08:00:00.000Z" },
    });
    const same = await change(update, { id, version: 2, medium: "EMAIL", occurredAt: "2026-03-02T08:00:00.000Z" });

    expect(changed.interaction).to.include({
      ...{ version: 2, medium: "EMAIL", description: "second", occurredAt: "2026-03-02T08:00:00.000Z" },
    });
    expect(same.interaction.version).to.equal(2);
    expect(await problemsOf(update, { id, version: 1, status: "CLOSED" })).to.deep.equal(["VERSION_CONFLICT version"]);
    const cleared = await change(update, { id, version: 2, description: null });
    expect(cleared.interaction.description).to.equal(null);
  });

  it("refuse what cannot be", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const gone = await db.insertContact({ anonymizedAt: new Date(0) });
    const { id } = await added(await db.insertContact());
    const input = { contactId, medium: "PHONE" };

    expect(await problemsOf(add, { ...input, contactId: gone.opaqueId })).to.deep.equal([
      "CONTACT_ANONYMIZED contactId",
    ]);
    expect(await problemsOf(add, { ...input, contactId: "nobody" })).to.deep.equal(["CONTACT_NOT_FOUND contactId"]);
    expect(await problemsOf(add, { ...input, description: "x".repeat(4_001) })).to.deep.equal([
      "VALUE_TOO_LONG description",
    ]);
    expect(await problemsOf(add, { ...input, description: "a\u0000" })).to.deep.equal([
      "INVALID_CHARACTERS description",
    ]);
    for (const organizationId of ["ZOO", "NOTHING"])
      expect(await problemsOf(add, { ...input, organizationId })).to.deep.equal([
        "UNKNOWN_ORGANIZATION organizationId",
      ]);
    expect(await problemsOf(update, { id, version: 1 })).to.deep.equal(["NOTHING_TO_CHANGE"]);
    expect(await problemsOf(update, { id, version: 1, status: null })).to.deep.equal(["FIELD_REQUIRED status"]);
    expect(await problemsOf(update, { id: "none", version: 1, status: "OPEN" })).to.deep.equal([
      "INTERACTION_NOT_FOUND id",
    ]);
    const reader = operatorOf(db, "interaction:reopen");
    expect(await codesOf(await historySchema(), reader, add, { input })).to.deep.equal(["FORBIDDEN"]);
  });

  it("are one for one idempotency key, however often it is sent", async () => {
    const contact = await db.insertContact();
    const input = { contactId: contact.opaqueId, medium: "VISIT", idempotencyKey: "visit-1" };

    const [one, two] = [await change(add, input), await change(add, input)];

    expect(two).to.deep.equal(one);
    expect((await list(contact)).totalCount).to.equal(1);
    expect(await problemsOf(add, { ...input, medium: "WEB" })).to.deep.equal(["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
  });

  it("come from what was sent too, and of those only the status changes (F25)", async () => {
    const contact = await db.insertContact();
    await ship(db, contact, { kind: "PURCHASE_INFORMATION" });
    await ship(db, contact, { kind: "QUOTATION", createdAt: new Date("2026-03-02T10:00:00Z") });
    await ship(db, contact, { state: "QUEUED", sentAt: null });

    const { nodes, totalCount } = await list(contact);

    expect(totalCount).to.equal(2);
    expect(nodes[0]).to.deep.include({
      ...{ origin: "AUTOMATIC", medium: "EMAIL", status: "OPEN", description: null, createdBy: null },
      ...{ shipment: { kind: "QUOTATION" }, occurredAt: "2026-03-02T10:00:00.000Z", organization: "OPERA" },
    });
    expect(nodes[1]).to.deep.include({ status: "CLOSED", shipment: { kind: "PURCHASE_INFORMATION" } });
    const { id } = nodes[0];
    const facts = { medium: "PHONE", occurredAt: "2026-03-02T08:00:00Z", description: "x" };
    expect(await problemsOf(update, { id, version: 1, status: "CLOSED", ...facts })).to.deep.equal(
      Object.keys(facts).map((field) => `INTERACTION_AUTOMATIC ${field}`),
    );
    const { interaction } = await change(update, { id, version: 1, status: "CLOSED" });
    expect(interaction).to.include({ status: "CLOSED", version: 2, origin: "AUTOMATIC" });
  });

  it("are listed the newest first, by period and filter (F34)", async () => {
    const contact = await db.insertContact();
    await ship(db, contact);
    await added(contact, { medium: "PHONE", occurredAt: "2025-03-09T12:00:00Z" });
    await added(contact, { medium: "VISIT", occurredAt: "2026-04-01T12:00:00Z", status: "CLOSED" });
    await added(contact, { medium: "WEB", occurredAt: "2026-03-01T12:00:00Z" });

    const media = async (args: string) =>
      (await list(contact, args)).nodes.map(({ medium }: { medium: string }) => medium);

    expect(await media("first: 9")).to.deep.equal(["VISIT", "WEB", "EMAIL"]);
    expect((await list(contact)).period).to.deep.equal({ from: "2025-03-10", to: null });
    expect(await media('first: 9, period: { to: "2025-12-31" }')).to.deep.equal(["PHONE"]);
    expect(await media("first: 9, filter: { origins: [MANUAL] }")).to.deep.equal(["VISIT", "WEB"]);
    expect(await media("first: 9, filter: { origins: [AUTOMATIC] }")).to.deep.equal(["EMAIL"]);
    expect(await media("first: 9, filter: { statuses: [CLOSED], media: [VISIT, WEB] }")).to.deep.equal(["VISIT"]);
  });

  it("are each organization's own, like shipments (F28)", async () => {
    const contact = await db.insertContact();
    const ofZoo = writer({ organizations: ["ZOO"] });
    await ship(db, contact, { organization: "ZOO" });
    await added(contact, { medium: "VISIT" });
    const { id } = await added(contact, {}, ofZoo);
    await added(contact, { medium: "OTHER" }, writer({ organizations: [] }));

    const media = async (context = writer()) =>
      (await list(contact, "first: 9", context)).nodes.map(({ medium }: { medium: string }) => medium).sort();

    expect(await media()).to.deep.equal(["OTHER", "VISIT"]);
    expect(await media(ofZoo)).to.deep.equal(["EMAIL", "OTHER", "PHONE"]);
    expect(await problemsOf(update, { id, version: 1, status: "CLOSED" })).to.deep.equal(["INTERACTION_NOT_FOUND id"]);
    expect((await change(update, { id, version: 1, status: "CLOSED" }, ofZoo)).interaction.status).to.equal("CLOSED");
  });

  it("do not show an internet user what operators write", async () => {
    const contact = await db.insertContact();
    await added(contact, { description: "Rude on the phone" });

    const { nodes } = await list(contact, "first: 9", himself(contact));

    expect(nodes[0]).to.deep.include({ medium: "PHONE", description: null, createdBy: null });
    expect(nodes[0].redactions).to.deep.equal([{ field: "description" }, { field: "createdBy" }]);
  });

  it("neither show nor change what is withheld (ring 4)", async () => {
    const contact = await db.insertContact();
    const { id } = await added(contact, { description: "secret" });
    const input = { contactId: contact.opaqueId, medium: "PHONE", description: "x" };
    const withoutText = writer(raised("Interaction.description"));
    const withoutList = writer(raised("Contact.interactions"));

    expect((await list(contact, "first: 9", withoutText)).nodes[0]).to.include({ description: null });
    expect(await problemsOf(add, input, withoutText)).to.deep.equal(["FIELD_NOT_AVAILABLE description"]);
    expect(await list(contact, "first: 9", withoutList)).to.equal(null);
    expect(await problemsOf(add, input, withoutList)).to.deep.equal(["FIELD_NOT_AVAILABLE contactId"]);
    expect(await problemsOf(update, { id, version: 1, status: "CLOSED" }, withoutList)).to.deep.equal([
      "FIELD_NOT_AVAILABLE id",
    ]);
  });

  it("do not tell of shipments that are withheld", async () => {
    const contact = await db.insertContact();
    await ship(db, contact);
    const [{ id }] = (await list(contact)).nodes;

    for (const field of ["Contact.shipments", "Shipment.state", "Shipment.kind"]) {
      const reader = writer(raised(field));
      expect((await list(contact, "first: 9", reader)).totalCount, field).to.equal(0);
      expect(await problemsOf(update, { id, version: 1, status: "OPEN" }, reader)).to.deep.equal([
        "INTERACTION_NOT_FOUND id",
      ]);
    }
  });

  it("of an invisible contact are as unknown as those that there are not (F05)", async () => {
    const contact = await db.insertContact({ level: 1 });
    const { id } = await added(contact, {}, writer({ clearance: 1 }));
    const unknown = (type: string) => Buffer.from(`${type}:999999999`).toString("base64url");

    const input = { version: 1, status: "CLOSED" };
    expect(await change(update, { id, ...input })).to.deep.equal(
      await change(update, { id: unknown("Interaction"), ...input }),
    );
    const call = { medium: "PHONE", description: "x" };
    expect(await change(add, { contactId: contact.opaqueId, ...call })).to.deep.equal(
      await change(add, { contactId: unknown("Contact"), ...call }),
    );
  });
});
