import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { JobStatus } from "../../platform/jobs/index.js";
import type { ImportOutcome } from "./import.enums.js";
import type { RowProblem } from "./import-row.js";
import type { ChunkCounts } from "./import-write.sql.js";

export interface NewImportJob {
  type: string;
  mode: string;
  onMatch: string;
  fileId: string;
  clearance: Clearance;
  claims: TokenClaims;
}

/** Null when another job has this file. */
export async function insertJob(db: Sql, job: NewImportJob): Promise<string | null> {
  const { claims } = job;
  const { rows } = await db.query<{ id: string }>(
    `/* insertJob */
     INSERT INTO contacts.import_job
       (institution_id, import_type, mode, on_match, file_id, clearance, started_by, started_by_kind, claims)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (institution_id, file_id) DO NOTHING RETURNING id`,
    [db.institutionId, job.type, job.mode, job.onMatch, job.fileId, job.clearance, claims.subject, claims.kind, claims],
  );
  return rows[0]?.id ?? null;
}

export interface ImportJobRow extends ChunkCounts {
  id: string;
  type: string;
  mode: "CHECK" | "UPDATE";
  status: JobStatus;
  onMatch: "SKIP" | "UPDATE";
  fileId: string;
  total: number | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  failureCode: string | null;
  failureParameters: Record<string, string | number> | null;
}

const columns = `j.id, j.import_type AS type, j.mode, j.status, j.on_match AS "onMatch", j.file_id AS "fileId", j.total,
  j.created, j.updated, j.unchanged, j.skipped, j.errors, j.created_at AS "createdAt", j.started_at AS "startedAt",
  j.finished_at AS "finishedAt", j.failure_code AS "failureCode", j.failure_parameters AS "failureParameters"`;

/** Whose jobs a caller sees: all that his clearance allows, or of these only those that he started. */
export type JobStarter = { readonly kind: string; readonly login: string } | null;

const visibleJob = `j.clearance <= nullif(current_setting('app.clearance', true), '')::smallint
  AND ($2::text IS NULL OR (j.started_by_kind = $2 AND j.started_by = $3))`;

/** Any order; those that do not exist for the caller are left out. */
export async function selectJobs(db: Sql, starter: JobStarter, ids: readonly string[]): Promise<ImportJobRow[]> {
  const { rows } = await db.query<ImportJobRow>(
    `/* selectJobs */ SELECT ${columns} FROM contacts.import_job j
     WHERE j.institution_id = $1 AND ${visibleJob} AND j.id = ANY($4::bigint[])`,
    [db.institutionId, starter?.kind, starter?.login, ids],
  );
  return rows;
}

/** The newest first, before one. */
export async function selectJobPage(
  db: Sql,
  starter: JobStarter,
  { before, limit }: { before: string | null; limit: number },
): Promise<ImportJobRow[]> {
  const { rows } = await db.query<ImportJobRow>(
    `/* selectJobPage */ SELECT ${columns} FROM contacts.import_job j
     WHERE j.institution_id = $1 AND ${visibleJob} AND ($4::bigint IS NULL OR j.id < $4)
     ORDER BY j.id DESC LIMIT $5`,
    [db.institutionId, starter?.kind, starter?.login, before, limit],
  );
  return rows;
}

/** Ends a job that has not ended. False when it had, or does not exist for the caller. */
export async function cancelJob(db: Sql, starter: JobStarter, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* cancelJob */ UPDATE contacts.import_job j SET status = 'CANCELLED', finished_at = platform.now()
     WHERE j.institution_id = $1 AND ${visibleJob} AND j.id = $4 AND j.status IN ('QUEUED', 'RUNNING')`,
    [db.institutionId, starter?.kind, starter?.login, id],
  );
  return rowCount === 1;
}

export interface ImportedRow {
  line: number;
  outcome: ImportOutcome;
  contactId: string | null;
  problems: RowProblem[] | null;
}

/** Rows in the order of the file, after a line. Only for a job that was seen to exist for the caller. */
export async function selectImportedRows(
  db: Sql,
  jobId: string,
  { outcome, after, limit }: { outcome: string | null; after: number; limit: number },
): Promise<ImportedRow[]> {
  const { rows } = await db.query<ImportedRow>(
    `/* selectImportedRows */
     SELECT r.line, r.outcome, r.contact_id AS "contactId", r.problems FROM contacts.import_row r
     WHERE r.institution_id = $1 AND r.job_id = $2 AND ($3::text IS NULL OR r.outcome = $3) AND r.line > $4
     ORDER BY r.line LIMIT $5`,
    [db.institutionId, jobId, outcome, after, limit],
  );
  return rows;
}
