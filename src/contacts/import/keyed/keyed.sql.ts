import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { visibleTo } from "../../visibility.js";
import type { ImportRules } from "../import-strategy.js";
import type { KeyedRowInput } from "./keyed-row.js";

/**
 * Rows of a chunk with the keys that they give, and whom each was found to be about. Of `import_found`, `contact_id` is
 * null when there is nobody, `problems` what speaks against the row so far, `is_open` whether its cells may be compared
 * with the contact.
 */
export async function createKeyed(db: Sql): Promise<void> {
  await db.query(
    `/* createKeyed */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_keyed (
       line int NOT NULL, is_keyed boolean NOT NULL, contact_id bigint, contact_number text, is_by_number boolean NOT NULL,
       problems jsonb)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createFound */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_found (
       line int NOT NULL, contact_id bigint, contact_type text, problems jsonb, is_open boolean NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
}

/** Finds whom the rows are about, and locks them in an update. Source: domain 6.4 (2, 3) */
export async function findContacts(db: BulkSql, rows: readonly KeyedRowInput[], rules: ImportRules): Promise<void> {
  await db.copyIn("import_keyed (line, is_keyed, contact_id, contact_number, is_by_number, problems)", keyedRows(rows));
  // in a file with ids there is nothing to look up
  if (rows.some(({ contactId, contactNumber }) => contactId === null && contactNumber !== null)) await findByNumber(db);
  await insertFound(db, rules);
}

const flag = (value: boolean) => (value ? "t" : "f");

function* keyedRows(rows: readonly KeyedRowInput[]): Generator<(string | number | null)[]> {
  for (const { line, isKeyed, contactId, contactNumber, isByNumber, problems } of rows) {
    const found = problems.length > 0 ? JSON.stringify(problems) : null;
    yield [line, flag(isKeyed), contactId, contactNumber, flag(isByNumber), found];
  }
}

/** Exactly this number: zeros that a spreadsheet has lost are not guessed. */
async function findByNumber(db: Sql): Promise<void> {
  await db.query(
    `/* findByNumber */
     UPDATE import_keyed k SET contact_id = c.id FROM contacts.contact c
     WHERE k.contact_id IS NULL AND c.institution_id = $1 AND c.contact_number = k.contact_number AND ${visibleTo("c")}`,
    [db.institutionId],
  );
}

const unpadded = (number: string) => `ltrim(${number}, '0')`;
const keyColumn = `CASE WHEN judged.is_by_number OR judged.code = 'KEY_MISMATCH' THEN 'contactNumber' ELSE 'contactId' END`;

/**
 * A contact who is not seen is not there. Zeros that a spreadsheet took from the number do not disagree with the id. The
 * first row of a contact counts, even if it failed, also when it stood in an earlier chunk.
 */
async function insertFound(db: Sql, { jobId, mode }: ImportRules): Promise<void> {
  // by ascending id, as every transaction that changes contacts; nobody's foreign keys have to wait for it
  const lock = mode === "UPDATE" ? "ORDER BY c.id FOR NO KEY UPDATE OF c" : "";
  await db.query(
    `/* insertFound */
     WITH seen AS MATERIALIZED (
       SELECT k.line, c.id, c.contact_type, c.anonymized_at, c.validity_end_date,
         ${unpadded("k.contact_number")} <> ${unpadded("c.contact_number")} IS TRUE AS is_mismatch
       FROM import_keyed k
       JOIN contacts.contact c ON c.institution_id = $1 AND c.id = k.contact_id AND ${visibleTo("c")} ${lock}),
     ranked AS (
       SELECT line, id, row_number() OVER (PARTITION BY id ORDER BY line) AS place FROM seen WHERE NOT is_mismatch),
     judged AS (
       SELECT k.line, k.problems, k.is_by_number, ranked.id AS contact_id, seen.contact_type,
         CASE WHEN NOT k.is_keyed THEN NULL
           WHEN seen.id IS NULL THEN 'CONTACT_NOT_FOUND'
           WHEN seen.is_mismatch THEN 'KEY_MISMATCH'
           WHEN seen.anonymized_at IS NOT NULL THEN 'CONTACT_ANONYMIZED'
           WHEN seen.validity_end_date < platform.today() THEN 'CONTACT_INVALID'
           WHEN ranked.place > 1 OR EXISTS (
             SELECT FROM contacts.import_row r
             WHERE r.institution_id = $1 AND r.job_id = $2 AND r.contact_id = ranked.id) THEN 'DUPLICATE_ROW' END AS code,
         k.is_keyed
       FROM import_keyed k LEFT JOIN seen ON seen.line = k.line LEFT JOIN ranked ON ranked.line = k.line)
     INSERT INTO import_found (line, contact_id, contact_type, problems, is_open)
     SELECT judged.line, judged.contact_id, judged.contact_type,
       CASE WHEN judged.code IS NULL THEN judged.problems
         ELSE jsonb_build_array(jsonb_build_object('code', judged.code, 'column', ${keyColumn}))
           || coalesce(judged.problems, '[]') END,
       judged.is_keyed AND judged.code IS NULL
     FROM judged`,
    [db.institutionId, jobId],
  );
}
