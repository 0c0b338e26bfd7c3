import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { visibleToEach } from "../../visibility.js";
import type { ImportRules } from "../import-strategy.js";
import type { KeyedRowInput } from "./keyed-row.js";

/** A temporary table for the rows of a chunk, for one transaction: the key of each, and what its type adds. */
export interface KeyedStage<Row extends KeyedRowInput> {
  /** Part of the program, as are the columns. */
  readonly table: string;
  /** Name to type. */
  readonly columns: Readonly<Record<string, string>>;
  /** In the order of the columns. */
  values(row: Row): readonly (string | number | null)[];
}

const keyColumns = "line, is_keyed, contact_id, contact_number, is_by_number, problems";

/** Brings the rows of a chunk in, and locks their contacts when they are to be written. */
export async function stageRows<Row extends KeyedRowInput>(
  db: BulkSql,
  { mode }: ImportRules,
  stage: KeyedStage<Row>,
  rows: readonly Row[],
): Promise<void> {
  const further = Object.entries(stage.columns).map(([name, type]) => `, ${name} ${type}`);
  await db.query(
    `/* stageRows */
     CREATE TEMPORARY TABLE IF NOT EXISTS ${stage.table} (
       line int NOT NULL, is_keyed boolean NOT NULL, contact_id bigint, contact_number text,
       is_by_number boolean NOT NULL, problems jsonb${further.join("")}) ON COMMIT DELETE ROWS`,
  );
  await db.copyIn(`${stage.table} (${[keyColumns, ...Object.keys(stage.columns)].join(", ")})`, staged(stage, rows));
  // in a file with ids there is nothing to look up
  const hasNumbers = rows.some(({ contactId, contactNumber }) => contactId === null && contactNumber !== null);
  if (hasNumbers) await findByNumber(db, stage.table);
  if (mode === "UPDATE") await lockStaged(db, stage.table);
}

const flag = (value: boolean) => (value ? "t" : "f");

function* staged<Row extends KeyedRowInput>(
  stage: KeyedStage<Row>,
  rows: readonly Row[],
): Generator<(string | number | null)[]> {
  for (const row of rows) {
    const { line, isKeyed, contactId, contactNumber, isByNumber, problems } = row;
    const found = problems.length > 0 ? JSON.stringify(problems) : null;
    yield [line, flag(isKeyed), contactId, contactNumber, flag(isByNumber), found, ...stage.values(row)];
  }
}

/**
 * Locks whom the rows are about, by ascending id as every transaction that changes contacts; nobody's foreign keys have to
 * wait for it. In a statement of its own: a statement sees what was there when it began, so that one which has waited for
 * a lock does not see the change that it has waited for.
 */
async function lockStaged(db: Sql, table: string): Promise<void> {
  await db.query(
    `/* lockStaged */
     WITH locked AS (
       SELECT c.id FROM ${table} s
       JOIN contacts.contact c ON c.institution_id = $1 AND c.id = s.contact_id AND ${visibleToEach("c")}
       ORDER BY c.id FOR NO KEY UPDATE OF c)
     SELECT count(*) FROM locked`,
    [db.institutionId],
  );
}

/** Exactly this number: zeros that a spreadsheet has lost are not guessed. */
async function findByNumber(db: Sql, table: string): Promise<void> {
  await db.query(
    `/* findByNumber */
     UPDATE ${table} k SET contact_id = c.id FROM contacts.contact c
     WHERE k.contact_id IS NULL AND c.institution_id = $1 AND c.contact_number = k.contact_number AND ${visibleToEach("c")}`,
    [db.institutionId],
  );
}

const unpadded = (number: string) => `ltrim(${number}, '0')`;
const problemsOf = (alias: string) =>
  `CASE WHEN ${alias}.code IS NULL THEN ${alias}.problems
    ELSE jsonb_build_array(jsonb_build_object('code', ${alias}.code, 'column', ${keyColumn})) || coalesce(${alias}.problems, '[]') END`;
const keyColumn = `CASE WHEN s.is_by_number OR s.code = 'KEY_MISMATCH' THEN 'contactNumber' ELSE 'contactId' END`;

/**
 * SQL of whom each row of a chunk is about: the columns of its type, `line`, `contact_id` (null: nobody), `contact_type`,
 * `problems` (null: none so far) and `is_open`, whether its cells may be compared with the contact. `$1` is the institution,
 * `$2` the job. A contact who is not seen is not there. Zeros that a spreadsheet took from the number do not disagree
 * with the id. The first row of a contact counts, even if it failed, also when it stood in an earlier chunk.
 * Source: domain 6.4 (1 to 3)
 */
export function foundRows({ table, columns }: Pick<KeyedStage<never>, "table" | "columns">): string {
  const staged = ["line", "is_keyed", "is_by_number", "problems", ...Object.keys(columns)];
  return `WITH seen AS MATERIALIZED (
      SELECT ${staged.map((column) => `s.${column}`).join(", ")}, c.id, c.contact_type, c.anonymized_at,
        c.validity_end_date, ${unpadded("s.contact_number")} <> ${unpadded("c.contact_number")} IS TRUE AS is_mismatch
      FROM ${table} s
      JOIN contacts.contact c ON c.institution_id = $1 AND c.id = s.contact_id AND ${visibleToEach("c")}),
    judged AS (
      SELECT v.*, CASE WHEN v.is_mismatch THEN 'KEY_MISMATCH'
          WHEN v.anonymized_at IS NOT NULL THEN 'CONTACT_ANONYMIZED'
          WHEN v.validity_end_date < platform.today() THEN 'CONTACT_INVALID'
          WHEN row_number() OVER (PARTITION BY v.contact_id ORDER BY v.line) > 1 OR EXISTS (
            SELECT FROM contacts.import_row r
            WHERE r.institution_id = $1 AND r.found_by = $2 AND r.contact_id = v.contact_id) THEN 'DUPLICATE_ROW' END AS code
      FROM (SELECT s.*, CASE WHEN NOT s.is_mismatch THEN s.id END AS contact_id FROM seen s) v)
    SELECT s.line, s.contact_id, s.contact_type, s.code IS NULL AS is_open,
      ${problemsOf("s")} AS problems${Object.keys(columns)
        .map((column) => `, s.${column}`)
        .join("")}
    FROM judged s
    UNION ALL
    SELECT s.line, NULL, NULL, false, ${problemsOf("s")}${Object.keys(columns)
      .map((column) => `, s.${column}`)
      .join("")}
    FROM (
      SELECT s.*, CASE WHEN s.is_keyed THEN 'CONTACT_NOT_FOUND' END AS code FROM ${table} s
      WHERE NOT EXISTS (SELECT FROM seen WHERE seen.line = s.line)) s`;
}
