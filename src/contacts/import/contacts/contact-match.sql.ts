import type { Sql } from "../../../platform/database/sql.js";
import { visibleTo } from "../../visibility.js";
import type { PartnerReach } from "../partners/partner-reach.js";
import { addressColumns } from "./contact-header.js";
import { type ContactRules, found, newCountry } from "./contact-stage.sql.js";

/* Whom the rows of `import_stage` are about. */

const matches = `c.institution_id = $1 AND c.email_key = s.email_key AND c.contact_type = 'INDIVIDUAL'
  AND c.anonymized_at IS NULL AND (c.validity_end_date IS NULL OR c.validity_end_date >= platform.today())
  AND ${visibleTo("c")}`;

/** Looked up for each row: the planner would rather read whole institutions that it takes for small ones. */
const matched = `CROSS JOIN LATERAL (SELECT c.id FROM contacts.contact c WHERE ${matches} OFFSET 0) c`;

const structureName = `contacts.plain_words(coalesce(s.structure_name, ''))`;
/** Structures of the names in the rows, wherever they are, found at once: one by one each might be looked for among all. */
const isNamesake = `c.institution_id = $1 AND c.contact_type = 'STRUCTURE' AND c.anonymized_at IS NULL AND ${visibleTo("c")}
  AND c.search_name = ANY (ARRAY(
    SELECT DISTINCT ${structureName} FROM import_stage s WHERE s.structure_name IS NOT NULL))`;

/** Locks the contacts that the rows are about, so that they are still the same when they are written. */
export async function lockMatches(db: Sql): Promise<void> {
  await db.query(
    `/* lockMatches */
     SELECT c.id FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.id = ANY (ARRAY(SELECT c.id FROM import_stage s ${matched}))
     ORDER BY c.id FOR UPDATE`,
    [db.institutionId],
  );
}

/** Everybody whom the rows may be about, and every structure of a name among them. */
export async function selectCandidates(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectCandidates */
     SELECT c.id FROM import_stage s ${matched}
     UNION SELECT c.id FROM contacts.contact c WHERE ${isNamesake}`,
    [db.institutionId],
  );
  return rows.map(({ id }) => id);
}

/** `$n` lists whom the importer has; null: everybody whom he sees. */
const isKnown = (parameter: string) => `(${parameter}::bigint[] IS NULL OR c.id = ANY (${parameter}))`;

/** Finds the valid, visible, living individual of each address; several of them are a problem. */
export async function matchContacts(db: Sql, reach: PartnerReach | null): Promise<void> {
  await db.query(
    `/* matchContacts */
     UPDATE import_stage s
     SET contact_id = CASE WHEN found.count = 1 THEN found.id END,
       is_unshared = found.count = 1 AND found.id <> ALL (coalesce($3::bigint[], ARRAY[found.id])),
       problems = CASE WHEN found.count = 1 THEN s.problems ELSE s.problems || ${found("AMBIGUOUS_EMAIL", "email")} END
     FROM (SELECT s.line, count(*) AS count, min(c.id) AS id
           FROM import_stage s ${matched} WHERE ${isKnown("$2")} GROUP BY s.line) found
     WHERE found.line = s.line`,
    [db.institutionId, reach?.known, reach?.shared],
  );
}

/** Rows that would make a person anew who was erased; one who is there again is another matter. */
export async function refuseErased(db: Sql, lines: readonly number[]): Promise<void> {
  if (lines.length === 0) return;
  await db.query(
    `/* refuseErased */
     UPDATE import_stage SET problems = problems || ${found("CONTACT_ERASED", "email")}
     WHERE line = ANY($1::int[]) AND kind <> 'STRUCTURE' AND contact_id IS NULL`,
    [lines],
  );
}

const normalized = (alias: string, column: string) => `platform.normalize(coalesce(${alias}.${column}, ''))`;

const lines = addressColumns.filter((column) => column !== "country");
/** Name and address as one text, by which structures are the same. */
const keyOf = (name: string, alias: string, country: string) =>
  `concat_ws(chr(31), ${[name, ...lines.map((column) => normalized(alias, column)), `coalesce(${country}, '')`].join(", ")})`;

/**
 * Decides about structures, by name and address, among those that the caller sees. For a new contact one is made; one
 * that exists, or that an earlier row makes, is a problem. A contact that was found has to be its relay already: as a
 * relay, his own history would become the structure's (domain 3.1, F08).
 */
export async function matchStructures(
  db: Sql,
  { jobId, key, country, onMatch }: ContactRules,
  reach: PartnerReach | null,
): Promise<void> {
  await db.query(
    `/* matchStructures */
     WITH staged AS MATERIALIZED (
       SELECT s.line, s.contact_id, ${keyOf(structureName, "s", newCountry("$2"))} AS key
       FROM import_stage s WHERE s.structure_name IS NOT NULL),
     housed AS MATERIALIZED (
       SELECT c.id, ${keyOf("c.search_name", "a", "a.country")} AS key
       FROM contacts.contact c
       LEFT JOIN LATERAL (
         SELECT ${addressColumns.map((column) => `a.${column}`).join(", ")} FROM contacts.contact_address a
         WHERE a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN' OFFSET 0) a ON true
       WHERE ${isNamesake} AND ${isKnown("$6")}),
     known AS (
       SELECT n.line, bool_or((
         SELECT true FROM contacts.contact_connection link
         WHERE link.institution_id = $1 AND link.from_contact_id = n.contact_id
           AND link.connection_type = 'RELAY_OF' AND link.to_contact_id = h.id LIMIT 1) IS TRUE) AS is_relay
       FROM staged n JOIN housed h ON h.key = n.key GROUP BY n.line),
     keyed AS (
       SELECT s.line, s.contact_id, known.line IS NOT NULL AS is_known, coalesce(known.is_relay, false) AS is_relay,
         substr(sha256($3::bytea || convert_to(n.key, 'UTF8')), 1, 16) AS digest
       FROM staged n JOIN import_stage s ON s.line = n.line LEFT JOIN known ON known.line = s.line
       WHERE s.problems = '[]' AND (s.contact_id IS NULL OR ($5 = 'UPDATE' AND NOT s.is_unshared))),
     judged AS (
       SELECT line, contact_id, is_relay, digest,
         is_known OR row_number() OVER (PARTITION BY digest, contact_id IS NULL ORDER BY line) > 1 OR (
           SELECT true FROM contacts.import_row r
           WHERE r.institution_id = $1 AND r.job_id + 0 = $4 AND r.structure_digest = digest LIMIT 1) IS TRUE AS is_taken
       FROM keyed)
     UPDATE import_stage s
     SET makes_structure = judged.contact_id IS NULL AND NOT judged.is_taken,
       structure_digest = CASE WHEN judged.contact_id IS NULL AND NOT judged.is_taken THEN judged.digest END,
       problems = CASE
         WHEN judged.contact_id IS NULL AND judged.is_taken THEN ${found("DUPLICATE_STRUCTURE", "structureName")}
         WHEN judged.contact_id IS NOT NULL AND NOT judged.is_relay THEN ${found("CONTACT_NOT_RELAY", "structureName")}
         ELSE s.problems END
     FROM judged WHERE judged.line = s.line`,
    [db.institutionId, country, key, jobId, onMatch, reach?.known],
  );
}
