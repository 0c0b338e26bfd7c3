import type { Sql } from "../../../platform/database/sql.js";
import { visibleToEach } from "../../visibility.js";
import type { ClaimedUndo, UndoCounts } from "./undo-job.sql.js";

/**
 * The rows of one chunk, for one transaction. A row is undone as a whole, or kept as a whole: `code` is why nothing can be
 * done about its contact, `undo_problem` holds what stands in the way of single values.
 */
export async function createUndoRows(db: Sql): Promise<void> {
  await db.query(
    `/* createUndoRows */
     CREATE TEMPORARY TABLE IF NOT EXISTS undo_row (
       line int NOT NULL, contact_id bigint, contact_type text, code text, is_created boolean NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createUndoProblems */
     CREATE TEMPORARY TABLE IF NOT EXISTS undo_problem (line int NOT NULL, place int NOT NULL, problem jsonb NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
}

/**
 * Takes the next rows that the import has written.
 * @returns the last of them, as the file counts; null when there is none left
 */
export async function takeUndoRows(db: Sql, jobId: string, after: number, limit: number): Promise<number | null> {
  const { rows } = await db.query<{ line: number | null }>(
    `/* takeUndoRows */
     WITH taken AS (
       INSERT INTO undo_row (line, contact_id, is_created)
       SELECT r.line, r.contact_id, r.outcome = 'CREATED' FROM contacts.import_row r
       WHERE r.institution_id = $1 AND r.job_id = $2 AND r.line > $3 AND r.outcome IN ('CREATED', 'UPDATED')
       ORDER BY r.line LIMIT $4 RETURNING line)
     SELECT max(line) AS line FROM taken`,
    [db.institutionId, jobId, after, limit],
  );
  await db.query(`/* analyzeUndoRows */ ANALYZE undo_row`);
  return rows[0]!.line;
}

/** Locks whom the rows are about, in a statement of its own: the next ones see what it has waited for. */
export async function lockUndoContacts(db: Sql): Promise<void> {
  await db.query(
    `/* lockUndoContacts */
     WITH locked AS (
       SELECT c.id FROM undo_row u
       JOIN contacts.contact c ON c.institution_id = $1 AND c.id = u.contact_id AND ${visibleToEach("c")}
       ORDER BY c.id FOR NO KEY UPDATE OF c)
     SELECT count(*) FROM locked`,
    [db.institutionId],
  );
}

/** As an import finds contacts: who is not seen, or was erased, is not there. New contacts stay. Source: domain 6.4 (3) */
export async function judgeUndoContacts(db: Sql): Promise<void> {
  await db.query(
    `/* judgeUndoContacts */
     UPDATE undo_row u SET contact_type = found.contact_type, code = CASE
       WHEN found.id IS NULL THEN 'CONTACT_NOT_FOUND'
       WHEN u.is_created THEN 'CREATED_CONTACT_STAYS'
       WHEN found.anonymized_at IS NOT NULL THEN 'CONTACT_ANONYMIZED'
       WHEN found.validity_end_date < platform.today() THEN 'CONTACT_INVALID' END
     FROM (
       SELECT s.line, c.id, c.contact_type, c.anonymized_at, c.validity_end_date FROM undo_row s
       LEFT JOIN contacts.contact c ON c.institution_id = $1 AND c.id = s.contact_id AND ${visibleToEach("c")}) found
     WHERE found.line = u.line`,
    [db.institutionId],
  );
}

/** What stands before a code in the name of a column. */
export const columnPrefix = (type: ClaimedUndo["type"]): string => (type === "CONTACTS" ? "" : "[new]");

/** SQL of a problem of a column. */
export const undoProblem = (code: string, column: string): string =>
  `jsonb_build_object('code', ${code}, 'column', ${column})`;

/** The condition that a row is going to be undone. */
export const isUndone = (row: string): string =>
  `${row}.code IS NULL AND NOT EXISTS (SELECT FROM undo_problem p WHERE p.line = ${row}.line)`;

/** Keeps what became of each row. */
export async function insertUndoRows(db: Sql, jobId: string): Promise<UndoCounts> {
  const { rows } = await db.query<UndoCounts>(
    `/* insertUndoRows */
     WITH listed AS MATERIALIZED (
       SELECT line, jsonb_agg(problem ORDER BY place) AS problems FROM undo_problem GROUP BY line),
     found AS (
       SELECT u.line, CASE WHEN u.code IS NOT NULL THEN jsonb_build_array(${undoProblem("u.code", "NULL")})
         ELSE l.problems END AS problems
       FROM undo_row u LEFT JOIN listed l ON l.line = u.line),
     kept AS (
       INSERT INTO contacts.import_undo_row (institution_id, job_id, line, outcome, problems)
       SELECT $1, $2, line, CASE WHEN problems IS NULL THEN 'UNDONE' ELSE 'KEPT' END, problems FROM found ORDER BY line
       RETURNING outcome)
     SELECT count(*) FILTER (WHERE outcome = 'UNDONE')::int AS undone,
       count(*) FILTER (WHERE outcome = 'KEPT')::int AS kept
     FROM kept`,
    [db.institutionId, jobId],
  );
  return rows[0]!;
}
