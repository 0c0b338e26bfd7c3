import { plannedByKeys, plannedByValues } from "../../../platform/database/planning.js";
import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { visibleToEach } from "../../visibility.js";
import type { ImportRules } from "../import-strategy.js";
import type { KeyedRowInput } from "./keyed-row.js";
import { type IdRange, KeyedRows, type KeyedStage, keyColumns } from "./keyed-rows.js";

export type { KeyedStage } from "./keyed-rows.js";

/** Brings the rows of a chunk in, locks their contacts when they are to be written, and marks those that repeat others. */
export async function stageRows<Row extends KeyedRowInput>(
  db: BulkSql,
  rules: ImportRules,
  stage: KeyedStage<Row>,
  rows: readonly Row[],
): Promise<void> {
  const keyed = new KeyedRows(stage);
  for (const row of rows) keyed.add(row);
  await stageKeyed(db, rules, keyed);
  await markRepeated(db, rules, stage);
}

/** Brings the rows of a chunk in, and locks their contacts when they are to be written. */
export async function stageKeyed<Row extends KeyedRowInput>(
  db: BulkSql,
  { mode }: Pick<ImportRules, "mode">,
  { stage: { table, columns }, packed, hasNumbers, range }: KeyedRows<Row>,
): Promise<void> {
  const further = Object.entries(columns).map(([name, type]) => `, ${name} ${type}`);
  await db.query(
    `/* stageKeyed */
     CREATE TEMPORARY TABLE IF NOT EXISTS ${table} (
       line int NOT NULL, is_keyed boolean NOT NULL, contact_id bigint, contact_number text,
       is_by_number boolean NOT NULL, is_repeated boolean NOT NULL DEFAULT false, problems jsonb${further.join("")})
     ON COMMIT DELETE ROWS`,
  );
  await db.copyIn(`${table} (${[keyColumns, ...Object.keys(columns)].join(", ")})`, packed);
  // in a file with ids there is nothing to look up
  if (hasNumbers) await findByNumber(db, table);
  if (mode === "UPDATE") await plannedByValues(db, () => lockStaged(db, table, range));
}

/**
 * Locks whom the rows are about, by ascending id as every transaction that changes contacts; nobody's foreign keys have to
 * wait for it. In a statement of its own: a statement sees what was there when it began, so that one which has waited for
 * a lock does not see the change that it has waited for.
 */
async function lockStaged(db: Sql, table: string, range: IdRange): Promise<void> {
  await db.query(
    `/* lockStaged */
     WITH locked AS (
       SELECT c.id FROM ${table} s
       JOIN contacts.contact c ON c.institution_id = $1 AND c.id = s.contact_id AND c.id BETWEEN $2 AND $3
         AND ${visibleToEach("c")}
       ORDER BY c.id FOR NO KEY UPDATE OF c)
     SELECT count(*) FROM locked`,
    [db.institutionId, ...range],
  );
}

/** Exactly this number: zeros that a spreadsheet has lost are not guessed. */
async function findByNumber(db: Sql, table: string): Promise<void> {
  const statement = `/* findByNumber */
     UPDATE ${table} k SET contact_id = found.id
     FROM (
       SELECT s.ctid AS place, c.id FROM ${table} s
       CROSS JOIN LATERAL (
         SELECT c.id FROM contacts.contact c
         WHERE c.institution_id = $1 AND c.contact_number = s.contact_number AND ${visibleToEach("c")} OFFSET 0) c
       WHERE s.contact_id IS NULL) found
     WHERE k.ctid = found.place`;
  await plannedByKeys(db, () => db.query(statement, [db.institutionId]));
}

const isMismatch = `(s.contact_number <> c.contact_number AND ltrim(s.contact_number, '0') <> ltrim(c.contact_number, '0')) IS TRUE`;

/**
 * Marks rows about a contact whom an earlier row is about, also one of an earlier chunk. Not with EXISTS, of which the
 * planner makes a table of all rows of all imports, and not by the job as such, with which it reads all rows of the import.
 */
export async function markRepeated(
  db: Sql,
  { jobId }: Pick<ImportRules, "jobId">,
  { table }: Pick<KeyedStage<never>, "table">,
): Promise<void> {
  const statement = `/* markRepeated */
     UPDATE ${table} t SET is_repeated = true
     FROM (
       SELECT s.ctid AS place, row_number() OVER (PARTITION BY c.id ORDER BY s.line) > 1
         OR (SELECT true FROM contacts.import_row r
           WHERE r.institution_id = $1 AND r.job_id + 0 = $2 AND r.contact_id = c.id LIMIT 1) IS TRUE AS is_repeated
       FROM ${table} s
       CROSS JOIN LATERAL (
         SELECT c.id, c.contact_number FROM contacts.contact c
         WHERE c.institution_id = $1 AND c.id = s.contact_id AND ${visibleToEach("c")} OFFSET 0) c
       WHERE NOT ${isMismatch}) each
     WHERE t.ctid = each.place AND each.is_repeated`;
  await plannedByKeys(db, () => db.query(statement, [db.institutionId, jobId]));
}

const keyColumn = `CASE WHEN s.is_by_number OR s.code = 'KEY_MISMATCH' THEN 'contactNumber' ELSE 'contactId' END`;

/**
 * SQL of whom each row of a chunk is about: the columns of its type, `line`, `contact_id` (null: nobody), `contact_type`,
 * `problems` (null: none so far) and `is_open`, whether its cells may be compared with the contact. `$1` is the
 * institution, `$2` and `$3` are the {@link IdRange} of the contacts. A contact who is not seen is not there. Zeros that a spreadsheet took from the number do not disagree
 * with the id. The first row of a contact counts, even if it failed. Source: domain 6.4 (1 to 3)
 */
export function foundRows({ table, columns }: Pick<KeyedStage<never>, "table" | "columns">): string {
  const staged = ["line", "is_keyed", "is_by_number", "problems", ...Object.keys(columns)];
  const own = Object.keys(columns).map((column) => `, s.${column}`);
  return `SELECT s.line, s.contact_id, s.contact_type, s.is_keyed AND s.code IS NULL AS is_open,
      CASE WHEN s.code IS NULL THEN s.problems
        ELSE jsonb_build_array(jsonb_build_object('code', s.code, 'column', ${keyColumn})) || coalesce(s.problems, '[]')
      END AS problems${own.join("")}
    FROM (
      SELECT ${staged.map((column) => `s.${column}`).join(", ")}, c.contact_type,
        CASE WHEN NOT ${isMismatch} THEN c.id END AS contact_id,
        CASE WHEN NOT s.is_keyed THEN NULL WHEN c.id IS NULL THEN 'CONTACT_NOT_FOUND'
          WHEN ${isMismatch} THEN 'KEY_MISMATCH'
          WHEN c.anonymized_at IS NOT NULL THEN 'CONTACT_ANONYMIZED'
          WHEN c.validity_end_date < platform.today() THEN 'CONTACT_INVALID'
          WHEN s.is_repeated THEN 'DUPLICATE_ROW' END AS code
      FROM ${table} s
      LEFT JOIN contacts.contact c ON c.institution_id = $1 AND c.id = s.contact_id AND c.id BETWEEN $2 AND $3
        AND ${visibleToEach("c")}
      OFFSET 0) s`;
}
