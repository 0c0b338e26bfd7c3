import { expect } from "chai";
import type { Sql, SqlSession } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { closeCertificate, eraseContacts } from "../../../src/privacy/erasure/index.js";
import { useDatabase } from "../../support/database.js";
import { insertOrder } from "../../support/history-rows.js";
import type { TestContact } from "../../support/rows.js";
import { ProductGraph } from "./product-graph.js";

describe("eraseContacts", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  let runs = 0;

  before(() => {
    graph = new ProductGraph(db);
  });

  function transaction<Result>(work: (sql: Sql) => Promise<Result>, wish: Partial<SqlSession> = {}): Promise<Result> {
    const session = { ...systemSession(graph.services, db.home.id), actor: "officer", ...wish };
    return inTransaction(graph.services.pools.bulk, session, work);
  }

  const chunk = (contacts: readonly TestContact[], runId: string, outcome: "ANONYMIZE" | "DELETE" = "ANONYMIZE") => ({
    ...{ contacts: contacts.map(({ id }) => ({ id, outcome })), rule: "INACTIVITY:36", runId },
  });

  async function certificateOf(runId: string) {
    const { rows } = await db.owner.query(
      `SELECT status, rule, actor, anonymized, removed, erased, proof_key IS NOT NULL AS "hasKey"
       FROM privacy.erasure_certificate WHERE run_id = $1`,
      [runId],
    );
    return rows;
  }

  it("gives the chunks of a batch one certificate, open until it is closed, with what was erased where", async () => {
    const runId = String(++runs);
    const [first, second, third] = [await db.insertContact(), await db.insertContact(), await db.insertContact()];

    await transaction((sql) => eraseContacts(graph.services, sql, chunk([first, second], runId)));
    await transaction((sql) => eraseContacts(graph.services, sql, chunk([third], runId, "DELETE")));
    const [open] = await certificateOf(runId);
    await transaction((sql) => closeCertificate(sql, runId));
    const [closed] = await certificateOf(runId);

    expect(open).to.include({ status: "OPEN", rule: "INACTIVITY:36", actor: "officer", anonymized: 2, removed: 1 });
    expect(open.erased).to.include({ "contacts.contact": 3, "contacts.contact_word": 3 });
    expect(closed).to.include({ status: "PENDING", hasKey: true });
  });

  it("counts a row once, whether it was overwritten, removed, or both", async () => {
    const [kept, gone, friend] = [await db.insertContact(), await db.insertContact(), await db.insertContact()];
    for (const contact of [kept, gone]) {
      await db.owner.query(
        `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, street1, town) VALUES ($1, $2, 'MAIN', 'Rue 1', 'Lyon')`,
        [db.home.id, contact.id],
      );
      await insertOrder(db, contact, { remark: "for Ana", lines: [{ tickets: [{ culturalContact: contact }] }] });
    }
    // nothing to overwrite; and one that stays without its purchaser, for it is the payer's as well
    await insertOrder(db, gone);
    await insertOrder(db, gone, { payer: friend, remark: "for Ana" });
    const wish = [
      { id: kept.id, outcome: "ANONYMIZE" },
      { id: gone.id, outcome: "DELETE" },
    ] as const;

    const { steps } = await transaction((sql) =>
      eraseContacts(graph.services, sql, { contacts: wish, rule: "INACTIVITY:36", runId: String(++runs) }),
    );

    expect(steps).to.include({ "contacts.contact": 2, "contacts.contact_address": 2, "history.ticket": 2 });
    expect(steps).to.include({ "marketing.contact_marketing": 2, "history.sales_order": 4 });
  });

  it("changes nothing when a chunk is repeated", async () => {
    const runId = String(++runs);
    const contact = await db.insertContact();
    const once = () => transaction((sql) => eraseContacts(graph.services, sql, chunk([contact], runId)));
    await once();
    const { rows: before } = await db.owner.query("SELECT xmin, * FROM contacts.contact WHERE id = $1", [contact.id]);

    const { anonymized, removed, steps } = await once();

    expect({ anonymized, removed, steps }).to.deep.equal({ anonymized: [], removed: [], steps: {} });
    const { rows: after } = await db.owner.query("SELECT xmin, * FROM contacts.contact WHERE id = $1", [contact.id]);
    expect(after).to.deep.equal(before);
    expect((await certificateOf(runId))[0]).to.include({ anonymized: 1 });
  });

  it("is complete whatever the session sees: hidden connections and hidden people's orders, too", async () => {
    const [contact, hidden] = [await db.insertContact(), await db.insertContact({ level: 2 })];
    await db.owner.query(
      `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
       VALUES ($1, 'SUBSIDIARY_OF', $2, $3)`,
      [db.home.id, contact.id, hidden.id],
    );
    const order = await insertOrder(db, contact, { payer: hidden, remark: "for Ana", ipAddress: "203.0.113.7" });

    await transaction((sql) => eraseContacts(graph.services, sql, chunk([contact], String(++runs))), { clearance: 0 });

    const { rows } = await db.owner.query(
      `SELECT (SELECT count(*)::int FROM contacts.contact_connection WHERE to_contact_id = $1) AS connections,
         remark, ip_address AS ip FROM history.sales_order WHERE id = $2`,
      [hidden.id, order.id],
    );
    expect(rows).to.deep.equal([{ connections: 0, remark: null, ip: null }]);
  });

  it("undoes everything when something is left that the map says is gone", async () => {
    const contact = await db.insertContact({ firstName: "Ana" });
    // a table that refuses: what a fault of the program would leave behind
    await db.owner.query(`
      CREATE FUNCTION contacts.keep_notes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER keep BEFORE DELETE ON contacts.note FOR EACH ROW EXECUTE FUNCTION contacts.keep_notes()`);
    await db.owner.query(
      "INSERT INTO contacts.note (institution_id, contact_id, text, created_by) VALUES ($1, $2, 'x', 'o')",
      [db.home.id, contact.id],
    );

    const failed = await transaction((sql) =>
      eraseContacts(graph.services, sql, chunk([contact], String(++runs))),
    ).catch((error: Error) => error.message);
    await db.owner.query("DROP TRIGGER keep ON contacts.note; DROP FUNCTION contacts.keep_notes()");

    expect(failed).to.equal("erasing has left personal data in contacts.note");
    const { rows } = await db.owner.query("SELECT first_name, anonymized_at FROM contacts.contact WHERE id = $1", [
      contact.id,
    ]);
    expect(rows).to.deep.equal([{ first_name: "Ana", anonymized_at: null }]);
  });

  it("cleans tickets in nobody's name on his orders, which may be his, and none in somebody else's", async () => {
    const [contact, friend] = [await db.insertContact(), await db.insertContact()];
    const tickets = [
      { beneficiary: { firstName: "Ana", email: "ana@example.org", countryCode: "ES" }, answers: { DIET: "none" } },
      { culturalContact: friend, beneficiary: { firstName: "Bea", countryCode: "CH" }, answers: { DIET: "none" } },
    ];
    const order = await insertOrder(db, contact, { lines: [{ tickets }] });

    await transaction((sql) => eraseContacts(graph.services, sql, chunk([contact], String(++runs))));

    const { rows } = await db.owner.query(
      `SELECT b.first_name AS name, b.email, b.country_code AS country, t.cleaned,
         (SELECT count(*)::int FROM history.ticket_answer a WHERE a.ticket_id = t.id) AS answers
       FROM history.ticket t JOIN history.ticket_beneficiary b ON b.ticket_id = t.id WHERE t.order_id = $1 ORDER BY t.id`,
      [order.id],
    );
    expect(rows).to.deep.equal([
      { name: null, email: null, country: "ES", cleaned: true, answers: 0 },
      { name: "Bea", email: null, country: "CH", cleaned: false, answers: 1 },
    ]);
  });
});
