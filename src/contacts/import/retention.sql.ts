import type { Sql } from "../../platform/database/sql.js";

/** The oldest import that ended, and was undone, before an instant and still has rows; null when there is none. */
export async function selectOutlivedImport(db: Sql, before: Date): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectOutlivedImport */
     SELECT j.id FROM contacts.import_job j
     WHERE j.institution_id = $1 AND j.rows_removed_at IS NULL AND j.finished_at < $2
       AND j.status <> 'UNDOING' AND coalesce(j.undone_at < $2, true)
     ORDER BY j.finished_at, j.id LIMIT 1`,
    [db.institutionId, before],
  );
  return rows[0]?.id ?? null;
}

/** Removes some of an import's rows. @returns how many; fewer than the limit when none is left */
export async function deleteImportRows(db: Sql, jobId: string, limit: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `/* deleteImportRows */
     WITH removed AS (
       DELETE FROM contacts.import_row r
       WHERE r.institution_id = $1 AND r.job_id = $2 AND r.line IN (
         SELECT o.line FROM contacts.import_row o WHERE o.institution_id = $1 AND o.job_id = $2 ORDER BY o.line LIMIT $3)
       RETURNING r.line),
     undone AS (
       DELETE FROM contacts.import_undo_row u USING removed
       WHERE u.institution_id = $1 AND u.job_id = $2 AND u.line = removed.line)
     SELECT count(*)::int AS count FROM removed`,
    [db.institutionId, jobId, limit],
  );
  return rows[0]!.count;
}

/** Its plan cannot be carried out any more, nothing of it can be looked up or undone, and nobody is told of it. */
export async function setRowsRemoved(db: Sql, jobId: string): Promise<void> {
  await db.query(
    `/* setRowsRemoved */
     WITH chunks AS (DELETE FROM contacts.import_plan_chunk WHERE institution_id = $1 AND job_id = $2)
     UPDATE contacts.import_job SET rows_removed_at = platform.now(), notify_email = NULL, undo_notify_email = NULL
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, jobId],
  );
}
