import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { visibleToEach } from "../../visibility.js";
import { addressColumns } from "../contacts/contact-header.js";
import { stagedColumns } from "../contacts/contact-stage.sql.js";
import type { RowProblem } from "../import-strategy.js";
import { isUndone } from "./undo-row.sql.js";

/** A field that the import has written, as the audit names it. */
export interface WrittenField {
  readonly line: number;
  readonly field: string;
  /** Before the import. */
  readonly was: string | null;
  /** The contact has that again. */
  readonly isBack: boolean;
  /** The contact has what the import wrote, and of an address nobody has changed another line since. */
  readonly isStill: boolean;
}

const held = [
  ...Object.entries(stagedColumns).map(([field, column]) => `('Contact', '${field}', c.${column}::text)`),
  ...addressColumns.map((column) => `('Address', '${column}', a.${column}::text)`),
].join(", ");

/** What the import has written to the contacts and their main addresses. The audit knows what was there before. */
export async function selectWrittenFields(db: Sql, jobId: string): Promise<WrittenField[]> {
  const { rows } = await db.query<WrittenField>(
    `/* selectWrittenFields */
     SELECT u.line, w.field, w.old_value AS was, now.value IS NOT DISTINCT FROM w.old_value AS "isBack",
       now.value IS NOT DISTINCT FROM w.new_value AND NOT (w.entity = 'Address' AND EXISTS (
         SELECT FROM contacts.audit_contact later
         WHERE later.institution_id = $1 AND later.contact_id = w.contact_id AND later.id > w.id
           AND later.entity = 'Address' AND later.key = 'MAIN'
           AND (later.job_id, later.source) IS DISTINCT FROM (w.job_id, w.source))) AS "isStill"
     FROM undo_row u
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = u.contact_id AND ${visibleToEach("c")}
     JOIN contacts.audit_contact w ON w.institution_id = $1 AND w.contact_id = u.contact_id
       AND w.job_id = $2 AND w.source = 'IMPORT'
     LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = u.contact_id AND a.kind = 'MAIN'
     JOIN LATERAL (VALUES ${held}) AS now (entity, field, value) ON now.entity = w.entity AND now.field = w.field
     WHERE u.code IS NULL
     ORDER BY u.line, w.id`,
    [db.institutionId, jobId],
  );
  return rows;
}

/** Keeps rows with one of these. */
export async function insertFieldProblems(
  db: Sql,
  found: readonly { readonly line: number; readonly problem: RowProblem }[],
): Promise<void> {
  if (found.length === 0) return;
  await db.query(
    `/* insertFieldProblems */
     INSERT INTO undo_problem (line, place, problem)
     SELECT each.line, each.place, each.problem
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (line int, problem jsonb)) WITH ORDINALITY AS each (line, problem, place)`,
    [JSON.stringify(found)],
  );
}

/** Has the staged rows written which are undone. */
export async function nameStagedContacts(db: BulkSql): Promise<void> {
  await db.query(
    `/* nameStagedContacts */
     UPDATE import_stage s SET contact_id = u.contact_id, has_changes = true, outcome = 'UPDATE'
     FROM undo_row u WHERE u.line = s.line AND ${isUndone("u")}`,
  );
}
