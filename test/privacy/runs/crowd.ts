import type { TestDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";

/** Customers and prospects by turns, each with something in the tables of several modules; the same in every database. */
export async function insertCrowd(db: TestDatabase, institution: TestInstitution, people: number): Promise<void> {
  await db.owner.query(
    `WITH people AS (
       INSERT INTO contacts.contact (institution_id, contact_type, first_name, last_name, email, created_at)
       SELECT $1, 'INDIVIDUAL', 'Ana', 'Ruiz' || n, 'a' || n || '@example.org', '2010-01-01'
       FROM generate_series(1, $2) n RETURNING id),
     words AS (
       INSERT INTO contacts.contact_word (institution_id, contact_id, word) SELECT $1, id, 'ana' FROM people),
     roles AS (INSERT INTO contacts.contact_role (institution_id, contact_id, role) SELECT $1, id, 'PUBLIC' FROM people),
     copies AS (
       INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level,
         has_email, has_mobile, has_phone) SELECT $1, id, 'INDIVIDUAL', 0, true, false, false FROM people),
     addresses AS (
       INSERT INTO contacts.contact_address (institution_id, contact_id, kind, street1, town, country)
       SELECT $1, id, 'MAIN', 'Calle 1', 'Lyon', 'FR' FROM people),
     product AS (
       INSERT INTO history.product (institution_id, organization, code, name, product_kind, validity_end)
       VALUES ($1, 'OPERA', 'P', 'P', 'PERFORMANCE', '2012-01-01') RETURNING id),
     orders AS (
       INSERT INTO history.sales_order (institution_id, organization, order_number, operation_kind, ordered_at,
         purchaser_id, currency, total, ip_address)
       SELECT $1, 'OPERA', 'N' || id, 'SALE', '2011-01-01', id, 'CHF', 0, '203.0.113.9' FROM people WHERE id % 2 = 0
       RETURNING id),
     lines AS (
       INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount)
       SELECT $1, o.id, 1, p.id, 1, 0 FROM orders o CROSS JOIN product p),
     tickets AS (
       INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id, price)
       SELECT $1, o.id, 1, 1, p.id, 0 FROM orders o CROSS JOIN product p RETURNING id)
     INSERT INTO history.ticket_beneficiary (institution_id, ticket_id, last_name, country_code)
     SELECT $1, id, 'Perez', 'ES' FROM tickets`,
    [institution.id, people],
  );
}

/** What two databases may differ in: numbers that transactions have used up, keys and codes made for each, how often it was begun. */
const byChance: Readonly<Record<string, readonly string[]>> = {
  "contacts.audit_contact": ["id"],
  "history.audit_contact": ["id"],
  "privacy.anonymization_run": ["fence", "vain_runs", "claims"],
  "privacy.anonymization_run_log": ["id"],
  "privacy.audit_access": ["id"],
  "privacy.erasure_certificate": ["id", "proof_key"],
  "privacy.erasure_digest": ["certificate_id", "digest", "filter"],
};

/** A hash of the content of each table that has rows of institutions. What says that a run was resumed does not count. */
export async function contentOf(db: TestDatabase): Promise<Record<string, string>> {
  const { rows: tables } = await db.owner.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'institution_id'
     WHERE c.relkind = 'r' AND n.nspname IN ('platform', 'contacts', 'marketing', 'history', 'privacy') ORDER BY 1`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await db.owner.query<{ hash: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(r.text, E'\\n' ORDER BY r.text), '')) AS hash
       FROM (SELECT (to_jsonb(t) - $1::text[])::text AS text FROM ${name} t) r
       WHERE r.text NOT LIKE '%"RUN_RESUMED"%'`,
      [byChance[name] ?? []],
    );
    content[name] = rows[0]!.hash;
  }
  return content;
}
