import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import type { JobStatus } from "../../platform/jobs/index.js";
import { ImportOutcome, ImportUndoOutcome } from "./import.enums.js";
import type { ImportWarning, RowProblem } from "./import-strategy.js";
import type { ChunkCounts } from "./import-verdict.sql.js";

export interface NewImportJob {
  type: string;
  mode: string;
  onMatch: string;
  organization: string | null;
  fileId: string;
  /** SHA-256 of its content. */
  fileDigest: string;
  /** That it carries out. */
  plan: Plan | null;
  clearance: Clearance;
  claims: TokenClaims;
  /** Of the messages in the report. */
  readonly locale: Locale;
  readonly notifyEmail: string | null;
}

/** Null when another job has this file. */
export async function insertJob(db: Sql, job: NewImportJob): Promise<string | null> {
  const { claims, plan } = job;
  const { rows } = await db.query<{ id: string }>(
    `/* insertJob */
     INSERT INTO contacts.import_job
       (institution_id, import_type, mode, on_match, organization, file_id, file_digest, plan_job_id, plan_hash, total,
        clearance, started_by, started_by_kind, claims, locale, notify_email)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT (institution_id, file_id) DO NOTHING RETURNING id`,
    [
      ...[db.institutionId, job.type, job.mode, job.onMatch, job.organization, job.fileId, job.fileDigest],
      ...[plan?.jobId, plan?.hash, plan?.total, job.clearance, claims.subject, claims.kind, claims],
      ...[job.locale, job.notifyEmail],
    ],
  );
  return rows[0]?.id ?? null;
}

/** What a check has found, as an update may carry it out. */
export interface Plan {
  jobId: string;
  hash: string;
  /** Rows of the file. */
  total: number;
}

/** What an update is about: it carries out the plan of a check of the same. */
export interface PlanSubject {
  readonly type: string;
  readonly onMatch: string;
  readonly organization: string | null;
  readonly fileDigest: string;
}

/**
 * The newest check with this plan that exists for the caller, while its rows are kept; null when there is none.
 * `isOfSame` is whether it was a check of the same file with the same input.
 */
export async function selectPlan(
  db: Sql,
  starter: JobStarter,
  hash: string,
  { type, onMatch, organization, fileDigest }: PlanSubject,
): Promise<(Plan & { isOfSame: boolean }) | null> {
  const { rows } = await db.query<Plan & { isOfSame: boolean }>(
    `/* selectPlan */
     SELECT j.id AS "jobId", j.plan_hash AS hash, j.total,
       (j.import_type, j.on_match, j.organization, j.file_digest) IS NOT DISTINCT FROM ($5, $6, $7, $8) AS "isOfSame"
     FROM contacts.import_job j
     WHERE j.institution_id = $1 AND ${visibleJob} AND j.mode = 'CHECK' AND j.plan_hash = $4
       AND j.status IN ('DONE', 'DONE_WITH_ERRORS') AND j.rows_removed_at IS NULL
     ORDER BY j.id DESC LIMIT 1`,
    [db.institutionId, starter?.kind, starter?.login, hash, type, onMatch, organization, fileDigest],
  );
  return rows[0] ?? null;
}

export interface ImportJobRow extends ChunkCounts {
  id: string;
  type: string;
  mode: "CHECK" | "UPDATE";
  status: JobStatus;
  onMatch: "SKIP" | "UPDATE";
  fileId: string;
  organization: string | null;
  planHash: string | null;
  warnings: ImportWarning[] | null;
  total: number | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  failureCode: string | null;
  failureParameters: Record<string, string | number> | null;
  rowsRemovedAt: Date | null;
  undone: number;
  kept: number;
  undoneAt: Date | null;
  undoFailureCode: string | null;
}

const columns = `j.id, j.import_type AS type, j.mode, j.status, j.on_match AS "onMatch", j.file_id AS "fileId", j.total,
  j.organization, j.plan_hash AS "planHash", j.warnings, j.created, j.updated, j.unchanged, j.skipped, j.conflicts,
  j.errors, j.activities, j.created_at AS "createdAt", j.started_at AS "startedAt",
  j.finished_at AS "finishedAt", j.failure_code AS "failureCode", j.failure_parameters AS "failureParameters",
  j.rows_removed_at AS "rowsRemovedAt", j.undone, j.kept, j.undone_at AS "undoneAt",
  j.undo_failure_code AS "undoFailureCode"`;

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

export interface CancelledJob {
  readonly id: string;
  /** Somebody is to be told. */
  readonly isMailed: boolean;
  /** Of who started it. */
  readonly locale: Locale;
}

/** Ends a job that has not ended. Null when it had, or does not exist for the caller. */
export async function cancelJob(db: Sql, starter: JobStarter, id: string): Promise<CancelledJob | null> {
  const { rows } = await db.query<CancelledJob>(
    `/* cancelJob */ UPDATE contacts.import_job j SET status = 'CANCELLED', finished_at = platform.now()
     WHERE j.institution_id = $1 AND ${visibleJob} AND j.id = $4 AND j.status IN ('QUEUED', 'RUNNING')
     RETURNING j.id, j.notify_email IS NOT NULL AS "isMailed", j.locale`,
    [db.institutionId, starter?.kind, starter?.login, id],
  );
  return rows[0] ?? null;
}

export interface ImportedRow {
  line: number;
  outcome: ImportOutcome;
  contactId: string | null;
  problems: RowProblem[] | null;
  /** Null when it was not undone, or not yet. */
  undoOutcome: ImportUndoOutcome | null;
  undoProblems: RowProblem[] | null;
}

interface RowsWish {
  readonly outcome: ImportOutcome | null;
  readonly undoOutcome: ImportUndoOutcome | null;
  readonly after: number;
  readonly limit: number;
}

/** Rows in the order of the file, after a line. Only for a job that was seen to exist for the caller. */
export async function selectImportedRows(
  db: Sql,
  jobId: string,
  { outcome, undoOutcome, after, limit }: RowsWish,
): Promise<ImportedRow[]> {
  // a closed list, as text: so the planner knows that it may take the index of those that are few
  const condition = outcome == null ? "" : `AND r.outcome = '${ImportOutcome[outcome]}'`;
  const undone = undoOutcome == null ? "" : `AND u.outcome = '${ImportUndoOutcome[undoOutcome]}'`;
  const { rows } = await db.query<ImportedRow>(
    `/* selectImportedRows */
     SELECT r.line, r.outcome, r.contact_id AS "contactId", r.problems, u.outcome AS "undoOutcome",
       u.problems AS "undoProblems"
     FROM contacts.import_row r
     LEFT JOIN contacts.import_undo_row u ON u.institution_id = $1 AND u.job_id = $2 AND u.line = r.line
     WHERE r.institution_id = $1 AND r.job_id = $2 AND r.line > $3 ${condition} ${undone}
     ORDER BY r.line LIMIT $4`,
    [db.institutionId, jobId, after, limit],
  );
  return rows;
}
