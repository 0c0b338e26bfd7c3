import { expect } from "chai";
import pg from "pg";
import { generateContacts } from "../../src/demo/index.js";
import { rowAndLedger } from "../marketing/authorizations/ledgers.js";
import { type TestDatabase, useDatabase } from "../support/database.js";
import type { TestInstitution } from "../support/rows.js";

const tables = [
  "contacts.contact",
  "contacts.contact_address",
  "contacts.contact_role",
  "contacts.contact_connection",
  "contacts.contact_criterion",
  "marketing.contact_marketing",
  "history.sales_order",
  "history.order_line",
  "history.ticket",
  "history.payment",
  "history.season",
  "history.membership",
  "history.shipment",
  "history.interaction",
];

async function generate(db: TestDatabase, institution: TestInstitution, contacts: number, seed = 1) {
  const owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  try {
    return await generateContacts(owner, { institutionId: institution.id, contacts, seed, clock: db.clock });
  } finally {
    await owner.end();
  }
}

describe("generateContacts", () => {
  const db = useDatabase();

  const one = async (query: string, values: unknown[] = []) =>
    (await db.owner.query<Record<string, number>>(query, values)).rows[0]!;
  const count = async (table: string, institution: TestInstitution) =>
    (await one(`SELECT count(*)::int AS rows FROM ${table} WHERE institution_id = $1`, [institution.id])).rows!;
  const definitions = async () =>
    (
      await db.owner.query(
        `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
         JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace::regnamespace::text IN ('contacts', 'marketing', 'history')
         UNION ALL SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE connamespace::regnamespace::text IN ('contacts', 'marketing', 'history') ORDER BY 1, 2`,
      )
    ).rows;

  it("makes about 4 orders, 5 tickets and 4 payments per contact, a few of them with more than 20 orders", async () => {
    const institution = await db.institution();

    const { firstContactId, contacts } = await generate(db, institution, 3_000);

    expect([contacts, await count("contacts.contact", institution)]).to.deep.equal([3_000, 3_000]);
    expect(await count("history.sales_order", institution)).to.equal(12_000);
    expect(await count("history.ticket", institution)).to.be.within(14_000, 16_000);
    expect(await count("history.payment", institution)).to.be.within(11_500, 13_000);
    const { many, first, last } = await one(
      `SELECT (SELECT count(*)::int FROM (SELECT FROM history.sales_order WHERE institution_id = $1
         GROUP BY purchaser_id HAVING count(*) > 20) s) AS many, min(id) AS first, max(id) AS last
       FROM contacts.contact WHERE institution_id = $1`,
      [institution.id],
    );
    expect(many).to.be.within(10, 200);
    expect([String(first), String(last)]).to.deep.equal([firstContactId, String(Number(firstContactId) + 2_999)]);
  });

  it("gives each contact 2 criteria on average, of the institution's own where it has them", async () => {
    const institution = await db.institution();
    await generate(db, institution, 1_000);
    const once = await count("contacts.contact_criterion", institution);

    await generate(db, institution, 1_000, 2);

    expect(once).to.be.within(1_900, 2_100);
    expect(await count("contacts.contact_criterion", institution)).to.be.within(3_800, 4_200);
    expect(await count("contacts.criterion", institution)).to.equal(2);
    expect(await count("contacts.criterion_value", institution)).to.equal(4);
  });

  it("makes about 8 shipments per contact, each with its interaction from the moment that it was sent (F25)", async () => {
    const institution = await db.institution();
    await generate(db, institution, 2_000);

    const found = await one(
      `SELECT (SELECT count(*)::int FROM history.shipment WHERE institution_id = $1) AS shipments,
         (SELECT count(*)::int FROM history.shipment s WHERE s.institution_id = $1 AND (s.current_state = 'FAILED') IS DISTINCT FROM
           NOT EXISTS (SELECT FROM history.interaction i WHERE i.institution_id = $1 AND i.shipment_id = s.id
             AND (i.contact_id, i.organization, i.occurred_at) = (s.contact_id, s.organization, s.current_sent_at))) AS wrong,
         (SELECT count(*)::int FROM history.interaction WHERE institution_id = $1 AND shipment_id IS NULL) AS manual,
         (SELECT count(*)::int FROM (SELECT FROM history.shipment WHERE institution_id = $1
           GROUP BY contact_id HAVING count(*) > 20) s) AS many`,
      [institution.id],
    );

    expect(found.shipments).to.be.within(14_000, 18_000);
    expect(found.wrong).to.equal(0);
    expect(found.manual).to.be.within(600, 1_600);
    expect(found.many).to.be.within(20, 300);
  });

  it("makes seasons around today, once, and members of all kinds", async () => {
    const institution = await db.institution();
    await generate(db, institution, 1_000);
    await generate(db, institution, 1_000, 2);

    const found = await one(
      `SELECT (SELECT count(*)::int FROM history.season WHERE institution_id = $1) AS seasons,
         (SELECT count(*)::int FROM history.season WHERE institution_id = $1
           AND '2026-03-10' BETWEEN starts_on AND ends_on) AS current,
         (SELECT count(*)::int FROM history.membership WHERE institution_id = $1) AS memberships,
         (SELECT count(DISTINCT product_kind)::int FROM history.product WHERE institution_id = $1) AS kinds`,
      [institution.id],
    );

    expect([found.seasons, found.current]).to.deep.equal([6, 1]);
    expect(found.memberships).to.be.within(100, 240);
    expect(found.kinds).to.equal(7);
  });

  it("makes a few restricted, confidential, invalid and structural contacts, with names that vary", async () => {
    const institution = await db.institution();
    await generate(db, institution, 3_000);

    const found = await one(
      `SELECT count(*) FILTER (WHERE confidentiality_level = 1)::int AS restricted,
         count(*) FILTER (WHERE confidentiality_level = 2)::int AS confidential,
         count(*) FILTER (WHERE validity_end_date < '2026-03-10')::int AS invalid,
         count(*) FILTER (WHERE contact_type = 'STRUCTURE')::int AS structures,
         count(DISTINCT last_name)::int AS surnames
       FROM contacts.contact WHERE institution_id = $1`,
      [institution.id],
    );

    expect(found.restricted).to.be.within(50, 140);
    expect(found.confidential).to.be.within(10, 60);
    expect(found.invalid).to.be.within(50, 140);
    expect(found.structures).to.equal(60);
    expect(found.surnames).to.be.above(800);
  });

  it("keeps marketing's copies equal and the amounts of an order together", async () => {
    const institution = await db.institution();
    await generate(db, institution, 500);

    const differences = await one(
      `SELECT (SELECT count(*)::int FROM contacts.contact c LEFT JOIN marketing.contact_marketing m
           ON m.institution_id = c.institution_id AND m.contact_id = c.id
         WHERE c.institution_id = $1 AND (m.contact_type, m.confidentiality_level, m.validity_end_date, m.anonymized_at, m.has_email, m.has_mobile,
           m.has_phone, m.has_postal_address, m.email_hash)
           IS DISTINCT FROM (c.contact_type, c.confidentiality_level, c.validity_end_date, c.anonymized_at, c.email IS NOT NULL, c.mobile IS NOT NULL,
           coalesce(c.phone, c.mobile) IS NOT NULL, EXISTS (SELECT FROM contacts.contact_address a
             WHERE a.institution_id = c.institution_id AND a.contact_id = c.id), platform.address_hash(c.email_key))) AS copies,
         (SELECT count(*)::int FROM history.sales_order o WHERE o.institution_id = $1 AND o.total <>
           (SELECT sum(l.amount) FROM history.order_line l WHERE l.institution_id = $1 AND l.order_id = o.id)) AS totals,
         (SELECT count(*)::int FROM history.order_line l WHERE l.institution_id = $1 AND l.line_number = 1 AND l.quantity <>
           (SELECT count(*) FROM history.ticket t WHERE t.institution_id = $1 AND t.order_id = l.order_id)) AS tickets`,
      [institution.id],
    );

    expect(differences).to.deep.equal({ copies: 0, totals: 0, tickets: 0 });
  });

  it("has a ledger that says, replayed, what each contact authorizes", async () => {
    const institution = await db.institution();
    await generate(db, institution, 300);
    const { rows } = await db.owner.query<{ id: string }>(
      "SELECT contact_id AS id FROM marketing.contact_marketing WHERE institution_id = $1",
      [institution.id],
    );

    const replayed = await rowAndLedger(
      db,
      rows.map(({ id }) => id),
    );

    expect(replayed.filter(({ row }) => row.includes("true"))).to.have.length.above(200);
    expect(replayed.filter(({ row, ledger }) => row !== ledger)).to.deep.equal([]);
  });

  it("gives the same people for the same seed, and others for another", async () => {
    const names = async (seed: number) => {
      const institution = await db.institution();
      await generate(db, institution, 200, seed);
      const { rows } = await db.owner.query(
        "SELECT first_name, last_name, structure_name, birth_date FROM contacts.contact WHERE institution_id = $1 ORDER BY id",
        [institution.id],
      );
      return rows;
    };

    const first = await names(7);

    expect(await names(7)).to.deep.equal(first);
    expect(await names(8)).not.to.deep.equal(first);
  });

  it("leaves indexes and foreign keys as they were when it takes them away for a large number", async () => {
    const before = await definitions();
    const institution = await db.institution();

    await generate(db, institution, 10_000);

    expect(await definitions()).to.deep.equal(before);
    for (const table of tables) expect(await count(table, institution), table).to.be.above(0);
  });

  it("leaves nothing behind when the institution is unknown", async () => {
    const before = await definitions();

    let failure: unknown;
    await generate(db, { ...db.home, id: 99_999 }, 10_000).catch((error) => {
      failure = error;
    });

    expect(failure).to.be.instanceOf(RangeError);
    expect(await definitions()).to.deep.equal(before);
  });
});
