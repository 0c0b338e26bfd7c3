import { expect } from "chai";
import { rotateIdentityKeys } from "../../../src/contacts/identity/identity-keys.task.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import { KeyRing } from "../../../src/platform/key-ring.js";
import { ask, codesOf } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex }`;
const shown = `identityDocumentNumber identityDocumentMasked`;
const set = `mutation ($input: SetIdentityDocumentInput!) { setIdentityDocument(input: $input) {
  contact { version ${shown} } ${errors} } }`;
const read = `query ($id: ID!) { contact(id: $id) { ${shown} redactions { field requiredClearance requiredPermission } } }`;
const find = `query ($number: String!, $first: Int! = 10, $after: String) {
  contactsByIdentityDocument(number: $number, first: $first, after: $after) {
    totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
const oldKey = { id: "old", key: Buffer.alloc(32, 1) };
const newKey = { id: "new", key: Buffer.alloc(32, 2) };
const digestKey = Buffer.alloc(32, 3);

describe("the identity document (F10)", () => {
  const db = useDatabase();
  const { change, problemsOf } = changer(db);
  let numbers = 0;
  const newNumber = () => `X-${1_000_000 + ++numbers}`;
  const guard = (wish: ContextWish = {}, ...more: Permission[]) =>
    callerOf(db, "contact:read", "contact:identity", ...more, { clearance: 1, ...wish });

  async function withNumber(number = newNumber(), wish = {}) {
    const contact = await db.insertContact(wish);
    const input = { contactId: contact.opaqueId, identityDocumentNumber: number };
    const { userErrors } = await change(set, input, guard({ clearance: 2 }));
    expect(userErrors).to.deep.equal([]);
    return { ...contact, number };
  }

  async function found(number: string, context = guard()) {
    const { contactsByIdentityDocument: list } = await ask(await contactsSchema(), context, find, { number });
    expect(list.totalCount).to.equal(list.nodes.length);
    return list.nodes.map(({ id }: { id: string }) => id);
  }

  it("is set and removed; the audit names the field and no value", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();

    const answer = await change(set, { contactId, identityDocumentNumber: " C01 X00-T47 " }, guard());
    const cleared = await change(set, { contactId, identityDocumentNumber: null }, guard());

    expect(answer.contact).to.deep.equal({
      version: 2,
      identityDocumentNumber: "C01 X00-T47",
      identityDocumentMasked: "***T47",
    });
    expect(cleared.contact).to.deep.equal({
      version: 3,
      identityDocumentNumber: null,
      identityDocumentMasked: null,
    });
    const entries = (await auditOf(db, id)).map(({ entity, field, old, new: now }) => [entity, field, old, now]);
    expect(entries).to.deep.equal(Array(2).fill(["Contact", "identityDocumentNumber", null, null]));
    expect(await found("c01x00t47")).to.deep.equal([]);
  });

  it("stays as it is when the same is set again", async () => {
    const { opaqueId: contactId, number } = await withNumber();

    const { contact } = await change(set, { contactId, identityDocumentNumber: number }, guard());

    expect(contact.version).to.equal(2);
  });

  it("shows its last characters to who is cleared but not permitted, and nothing to others", async () => {
    const { opaqueId: id } = await withNumber("AB-123.456 123");
    const cleared = await ask(await contactsSchema(), callerOf(db, "contact:read", { clearance: 1 }), read, { id });
    const free = await ask(await contactsSchema(), guard({ clearance: 0 }), read, { id });

    const number = { field: "identityDocumentNumber", requiredClearance: "RESTRICTED" };
    expect(cleared.contact).to.deep.equal({
      identityDocumentNumber: null,
      identityDocumentMasked: "***123",
      redactions: [{ ...number, requiredPermission: "contact:identity" }],
    });
    expect(free.contact).to.deep.include({ identityDocumentNumber: null, identityDocumentMasked: null });
  });

  it("finds contacts by the exact number, however it is written, the invalid too", async () => {
    const number = "Q 77.88-99 ZZ";
    const first = await withNumber(number);
    const second = await withNumber("q778899zz", { validityEndDate: "2001-01-01" });

    expect(await found("Q-77 88 99 zz")).to.deep.equal([first.opaqueId, second.opaqueId]);
    expect(await found("Q778899Z")).to.deep.equal([]);
    const page = await ask(await contactsSchema(), guard(), find, { number, first: 1 });
    const { pageInfo } = page.contactsByIdentityDocument;
    expect(pageInfo.hasNextPage).to.equal(true);
    const next = await ask(await contactsSchema(), guard(), find, { number, after: pageInfo.endCursor });
    expect(next.contactsByIdentityDocument.nodes).to.deep.equal([{ id: second.opaqueId }]);
  });

  it("finds and counts no contact that the caller does not see, nor one of another institution (F05)", async () => {
    const { number } = await withNumber(newNumber(), { level: 2 });
    const elsewhere = await db.institution();

    expect(await found(number)).to.deep.equal([]);
    expect(await found(number, guard({ institution: elsewhere, clearance: 2 }))).to.deep.equal([]);
    expect(await found(number, guard({ clearance: 2 }))).to.have.lengthOf(1);
  });

  it("is searched and set only by who may read it", async () => {
    const { opaqueId: contactId, number } = await withNumber();
    const unpermitted = callerOf(db, "contact:read", "contact:write", { clearance: 2 });
    const uncleared = guard({ clearance: 0 });

    expect(await codesOf(await contactsSchema(), unpermitted, find, { number })).to.deep.equal(["FORBIDDEN"]);
    expect(await codesOf(await contactsSchema(), uncleared, find, { number })).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
    expect(await codesOf(await contactsSchema(), unpermitted, set, { input: { contactId } })).to.deep.equal([
      "FORBIDDEN",
    ]);
    expect(await problemsOf(set, { contactId, identityDocumentNumber: number }, uncleared)).to.deep.equal([
      "FIELD_NOT_AVAILABLE identityDocumentNumber",
    ]);
  });

  it("refuses what is no number without repeating it, and structures (F33)", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const structure = await db.insertContact({ structureName: "Club" });

    const { userErrors } = await change(set, { contactId, identityDocumentNumber: "12<3>" }, guard());

    expect(userErrors[0]).to.deep.include({ code: "INVALID_IDENTITY_NUMBER", field: ["identityDocumentNumber"] });
    expect(JSON.stringify(userErrors)).not.to.include("12<3>");
    expect(
      await problemsOf(set, { contactId: structure.opaqueId, identityDocumentNumber: newNumber() }, guard()),
    ).to.deep.equal(["FIELD_NOT_APPLICABLE identityDocumentNumber"]);
  });

  it("answers for an invisible contact as for an unknown one (F05)", async () => {
    const { opaqueId: hidden } = await db.insertContact({ level: 2 });
    const unknown = Buffer.from("Contact:999999999").toString("base64url");
    const input = { identityDocumentNumber: newNumber() };

    const refused = await change(set, { ...input, contactId: hidden }, guard());

    expect(refused).to.deep.equal(await change(set, { ...input, contactId: unknown }, guard()));
    expect(refused.userErrors[0].code).to.equal("CONTACT_NOT_FOUND");
  });

  it("is nowhere in the database as it is written", async () => {
    const { id, number } = await withNumber("PLAIN4711TEXT");
    const input = {
      contactId: Buffer.from(`Contact:${id}`).toString("base64url"),
      identityDocumentNumber: `${number}A`,
    };
    await change(set, { ...input, idempotencyKey: "sealed" }, guard());

    const { rows: tables } = await db.owner.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('contacts', 'platform', 'marketing', 'privacy') AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const { rows } = await db.owner.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const texts = rows.map(({ text }) => text).join();
      expect(texts, name).not.to.include(number);
      expect(texts, name).not.to.include(Buffer.from(number).toString("hex"));
    }
  });

  it("moves to a new key in chunks, after which the old one may go; a repeat finds nothing to do", async () => {
    const services = (...keys: [typeof oldKey, ...(typeof oldKey)[]]) => ({
      ...callerOf(db).services,
      identityKeys: new KeyRing(keys, digestKey),
    });
    await db.owner.query("DELETE FROM contacts.identity_document");
    const { opaqueId, id } = await db.insertContact();
    const input = { contactId: opaqueId, identityDocumentNumber: "ROTATE-1" };
    await change(set, input, guard({ services: services(oldKey) }));
    // more than one chunk: the same sealed number cannot stand for other contacts, so each is sealed for its own
    const ring = services(oldKey).identityKeys;
    const others = await Promise.all(Array.from({ length: 520 }, () => db.insertContact()));
    const sealed = others.map((each) => ring.seal("ROTATE-2", `identity ${db.home.id} ${each.id}`).sealed);
    await db.owner.query(
      `INSERT INTO contacts.identity_document (institution_id, contact_id, key_id, sealed_number, number_digest)
       SELECT $1, contact_id, 'old', sealed, '\\x00' FROM unnest($2::bigint[], $3::bytea[]) AS t (contact_id, sealed)`,
      [db.home.id, others.map((each) => each.id), sealed],
    );

    expect(await rotateIdentityKeys(services(newKey, oldKey))).to.equal(521);
    expect(await rotateIdentityKeys(services(newKey, oldKey))).to.equal(0);

    const context = guard({ services: services(newKey) });
    expect(await found("rotate1", context)).to.deep.equal([opaqueId]);
    for (const [contact, number] of [
      [opaqueId, "ROTATE-1"],
      [others.at(-1)!.opaqueId, "ROTATE-2"],
    ]) {
      const answer = await ask(await contactsSchema(), guard({ services: services(newKey) }), read, { id: contact });
      expect(answer.contact.identityDocumentNumber).to.equal(number);
    }
    expect(await auditOf(db, id)).to.have.lengthOf(1);
  });
});
