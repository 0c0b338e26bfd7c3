import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import type { ClaimedFileJob } from "../../../platform/jobs/index.js";
import type { RowProblem } from "../import-strategy.js";

/** A row that is to be mended: as a spreadsheet shows it, what became of it, and why. */
export type RowToMend = [line: number, outcome: string, problems: RowProblem[] | null];

/** In the order of the file. */
export function readRowsToMend(db: BulkSql, jobId: string): AsyncIterable<RowToMend[]> {
  return db.stream<RowToMend>(
    `/* readRowsToMend */
     SELECT r.line, r.outcome, r.problems FROM contacts.import_row r
     WHERE r.institution_id = $1 AND r.job_id = $2 AND r.outcome IN ('ERROR', 'CONFLICT') ORDER BY r.line`,
    [db.institutionId, jobId],
  );
}

/**
 * Remembers the file of a running job. False when another run has the job, or somebody was erased since it was asked for,
 * who may stand in the file.
 */
export async function keepReport(
  db: Sql,
  { id, fence }: Pick<ClaimedFileJob, "id" | "fence">,
  { fileId, expiresAt }: { readonly fileId: string; readonly expiresAt: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* keepReport */
     UPDATE contacts.import_job SET report_file_id = $4, report_expires_at = $5
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' AND NOT is_outdated`,
    [db.institutionId, id, fence, fileId, expiresAt],
  );
  return rowCount === 1;
}

/** The file of a job that the caller himself has started; what stands in it is what he has uploaded. */
export async function selectOwnReport(db: Sql, id: string): Promise<string | null> {
  const { rows } = await db.query<{ fileId: string }>(
    `/* selectOwnReport */
     SELECT j.report_file_id AS "fileId" FROM contacts.import_job j
     WHERE j.institution_id = $1 AND j.id = $2 AND j.report_file_id IS NOT NULL AND j.report_expires_at > platform.now()
       AND j.clearance <= nullif(current_setting('app.clearance', true), '')::smallint
       AND j.started_by = current_setting('app.actor') AND j.started_by_kind = current_setting('app.actor_kind')`,
    [db.institutionId, id],
  );
  return rows[0]?.fileId ?? null;
}

/** Of these files, those that somebody may still fetch. */
export async function selectReportFiles(db: Sql, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectReportFiles */
     SELECT j.report_file_id AS id FROM contacts.import_job j
     WHERE j.institution_id = $1 AND j.report_file_id = ANY($2::text[]) AND j.report_expires_at > platform.now()`,
    [db.institutionId, fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Files of reports that have expired. */
export async function selectExpiredReports(db: Sql, limit: number): Promise<{ id: string; fileId: string }[]> {
  const { rows } = await db.query<{ id: string; fileId: string }>(
    `/* selectExpiredReports */
     SELECT j.id, j.report_file_id AS "fileId" FROM contacts.import_job j
     WHERE j.institution_id = $1 AND j.report_file_id IS NOT NULL AND j.report_expires_at <= platform.now()
     ORDER BY j.id LIMIT $2`,
    [db.institutionId, limit],
  );
  return rows;
}

/** Forgets reports whose file is gone. */
export async function forgetReports(db: Sql, ids: readonly string[]): Promise<void> {
  await db.query(
    `/* forgetReports */
     UPDATE contacts.import_job SET report_file_id = NULL WHERE institution_id = $1 AND id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
}
