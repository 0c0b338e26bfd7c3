import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { insertOrder, insertPayment, insertProduct } from "../../support/history-rows.js";
import type { ContactWish, TestContact } from "../../support/rows.js";
import { ProductGraph } from "./product-graph.js";

describe("anonymizeContact (4.5)", () => {
  const db = useDatabase();
  let graph: ProductGraph;

  before(() => {
    graph = new ProductGraph(db);
  });

  const anonymize = (contact: TestContact, wish: object = {}) =>
    graph.try("privacy", "anonymizeContact", { contactId: contact.opaqueId, ...wish }, {}, "contact { id } result");

  async function rowOf({ id }: TestContact): Promise<Record<string, unknown> | undefined> {
    const { rows } = await db.owner.query(
      `SELECT *, validity_end_date::text AS validity_end_date FROM contacts.contact WHERE id = $1`,
      [id],
    );
    return rows[0];
  }

  /** Has bought, and owes nothing. */
  async function customer(wish: ContactWish = {}): Promise<TestContact> {
    const contact = await db.insertContact({ firstName: "Ana", lastName: "Ruiz", email: "ana@example.org", ...wish });
    const product = await insertProduct(db, { validityEnd: "2019-06-01" });
    const order = await insertOrder(db, contact, { lines: [{ product, amount: "40.00" }], total: "40.00" });
    await insertPayment(db, contact, { order, amount: "40.00" });
    return contact;
  }

  it("leaves a shell with number, type, roles and level, whatever its activity (E32)", async () => {
    const contact = await customer({ level: 1, language: "fr", title: "MRS" });
    const was = (await rowOf(contact))!;

    const answer = await anonymize(contact);

    expect(answer).to.deep.equal({ contact: { id: contact.opaqueId }, result: "ANONYMIZED", userErrors: [] });
    const shell = (await rowOf(contact))!;
    expect(shell).to.include({
      ...{ contact_number: was.contact_number, contact_type: "INDIVIDUAL", confidentiality_level: 1 },
      ...{ last_name: "XXXXXXXX", first_name: null, title: null, email: null, language: null, version: 2 },
    });
    expect(shell.created_at).to.deep.equal(was.created_at);
    expect(shell.anonymized_at).to.deep.equal(db.clock.now());
    expect(shell.validity_end_date, "invalid from today on").to.equal("2026-03-09");
  });

  it("refuses a debtor and a creditor, in each organization by itself (E14, E15, E33, F55)", async () => {
    const debtor = await db.insertContact();
    await insertOrder(db, debtor, { total: "10.00" });
    const both = await db.insertContact();
    await insertOrder(db, both, { total: "10.00", organization: "OPERA" });
    await insertPayment(db, both, { amount: "10.00", organization: "MUSEUM" });

    for (const contact of [debtor, both]) {
      expect((await anonymize(contact)).userErrors).to.deep.equal([{ code: "OPEN_BALANCE", field: ["contactId"] }]);
      expect((await rowOf(contact))!.anonymized_at).to.equal(null);
    }
  });

  it("refuses structures, roles beyond the public, and shells (F47, E17, E18)", async () => {
    const structure = await db.insertContact({ structureName: "Ensemble" });
    const guide = await db.insertContact({ roles: ["PUBLIC", "GUIDE"] });
    const shell = await customer();
    await anonymize(shell);

    expect((await anonymize(structure)).userErrors[0].code).to.equal("ERASURE_NOT_OF_STRUCTURES");
    expect((await anonymize(guide)).userErrors[0].code).to.equal("ROLE_EXCLUDES_ERASURE");
    expect((await anonymize(shell)).userErrors[0].code).to.equal("CONTACT_ANONYMIZED");
  });

  it("refuses who is held, until the hold is lifted (D-12)", async () => {
    const contact = await customer();
    await graph.change("privacy", "setRetentionHold", { contactId: contact.opaqueId, reason: "claim at law" });

    expect((await anonymize(contact)).userErrors).to.deep.equal([{ code: "RETENTION_HOLD", field: ["contactId"] }]);
    await graph.change("privacy", "setRetentionHold", { contactId: contact.opaqueId });
    expect((await anonymize(contact)).userErrors).to.deep.equal([]);
  });

  it("takes unknown and foreign contacts for the same", async () => {
    const foreign = await db.insertContact({ institution: await db.institution() });

    for (const contactId of [foreign.opaqueId, "nonsense"]) {
      const { userErrors } = await graph.try("privacy", "anonymizeContact", { contactId });
      expect(userErrors).to.deep.equal([{ code: "CONTACT_NOT_FOUND", field: ["contactId"] }]);
    }
  });

  it("deletes a prospect when told to, and leaves one entry with his number (F49, Q-32)", async () => {
    const prospect = await db.insertContact({ lastName: "Ruiz" });
    const { rows: addressed } = await db.owner.query(
      `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, town) VALUES ($1, $2, 'MAIN', 'Lyon') RETURNING 1`,
      [db.home.id, prospect.id],
    );
    expect(addressed).to.have.length(1);
    await insertOrder(db, prospect, { operationKind: "OPTION", state: "EXPIRED", total: "0.00" });

    const answer = await anonymize(prospect, { deleteIfProspect: true });

    expect(answer).to.deep.equal({ contact: null, result: "DELETED", userErrors: [] });
    expect(await rowOf(prospect)).to.equal(undefined);
    const { rows } = await db.owner.query(
      `SELECT (SELECT count(*)::int FROM contacts.contact_address WHERE contact_id = $1) AS addresses,
         (SELECT count(*)::int FROM history.sales_order WHERE purchaser_id = $1) AS orders,
         (SELECT array_agg(key || ' ' || new_value) FROM contacts.audit_contact WHERE contact_id = $1) AS audit`,
      [prospect.id],
    );
    expect(rows[0]).to.deep.equal({ addresses: 0, orders: 0, audit: [`DELETED ${prospect.contactNumber}`] });
  });

  it("anonymizes a prospect unless told to delete him, and a customer even then", async () => {
    const prospect = await db.insertContact();
    const buyer = await customer();

    expect((await anonymize(prospect)).result).to.equal("ANONYMIZED");
    expect((await anonymize(buyer, { deleteIfProspect: true })).result).to.equal("ANONYMIZED");
  });

  it("writes one entry into the audit that says who did it, and nothing of what was there (F27)", async () => {
    const contact = await db.insertContact();
    await graph.change("contacts", "setAddress", { contactId: contact.opaqueId, kind: "MAIN", street1: "Gasse 1" });

    await anonymize(contact);

    const { rows } = await db.owner.query(
      "SELECT entity, key, field, old_value, actor FROM contacts.audit_contact WHERE contact_id = $1 ORDER BY id",
      [contact.id],
    );
    expect(rows.at(-1)).to.deep.equal({
      ...{ entity: "Contact", key: "ANONYMIZED", field: "anonymizedAt", old_value: null, actor: "test.operator" },
    });
    expect(rows.length, "the entries themselves stay").to.be.above(1);
  });

  it("answers the same to a repeat with its key, and erases once", async () => {
    const contact = await customer();
    const first = await anonymize(contact, { idempotencyKey: "once" });

    expect(await anonymize(contact, { idempotencyKey: "once" })).to.deep.equal(first);
    expect((await rowOf(contact))!.version).to.equal(2);
  });
});
