import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { JobStatus } from "../../platform/jobs/index.js";
import type { IngestedOutcome } from "./ingest.enums.js";
import type { Entry } from "./merge/entry.js";
import type { RecordProblem } from "./records/record.js";

/** How many records have come to which end. */
export interface IngestCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly errors: number;
}

/** How long the deliveries of requests are remembered. */
const batchLifetime = "interval '30 days'";

/** A delivery that came with a request, all of it dealt with. Forgets some old ones on the way. */
export async function insertBatch(
  db: Sql,
  { claims, clearance, counts }: { claims: TokenClaims; clearance: Clearance; counts: IngestCounts },
): Promise<string> {
  const { created, updated, unchanged, stale, errors } = counts;
  const { rows } = await db.query<{ id: string }>(
    `/* insertBatch */
     WITH forgotten AS (
       DELETE FROM history.ingest_job j WHERE j.institution_id = $1 AND j.id IN (
         SELECT old.id FROM history.ingest_job old
         WHERE old.institution_id = $1 AND old.file_id IS NULL AND old.created_at < platform.now() - ${batchLifetime}
         ORDER BY old.created_at LIMIT 10))
     INSERT INTO history.ingest_job (institution_id, status, clearance, started_by, started_by_kind, claims, created,
       updated, unchanged, stale, errors, started_at, finished_at)
     VALUES ($1, CASE WHEN $10 > 0 THEN 'DONE_WITH_ERRORS' ELSE 'DONE' END, $2, $3, $4, $5, $6, $7, $8, $9, $10,
       platform.now(), platform.now())
     RETURNING id`,
    [
      ...[db.institutionId, clearance, claims.subject, claims.kind, claims],
      ...[created, updated, unchanged, stale, errors],
    ],
  );
  return rows[0]!.id;
}

/** A delivery of a file, still to be read. Null when another one has this file. */
export async function insertFileJob(
  db: Sql,
  job: { fileId: string; sizeBytes: number; claims: TokenClaims; clearance: Clearance },
): Promise<string | null> {
  const { fileId, sizeBytes, claims, clearance } = job;
  const { rows } = await db.query<{ id: string }>(
    `/* insertFileJob */
     INSERT INTO history.ingest_job (institution_id, file_id, size_bytes, clearance, started_by, started_by_kind, claims)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (institution_id, file_id) DO NOTHING RETURNING id`,
    [db.institutionId, fileId, sizeBytes, clearance, claims.subject, claims.kind, claims],
  );
  return rows[0]?.id ?? null;
}

/** Keeps why records were not taken, and nothing of the records. */
export async function insertNotTaken(db: Sql, jobId: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `/* insertNotTaken */
     INSERT INTO history.ingest_record (institution_id, job_id, line, record_kind, outcome, is_early, problems)
     SELECT $1, $2, r.line, r.kind, r.outcome, r."isEarly", r.problems
     FROM jsonb_to_recordset($3::jsonb) AS r (line int, kind text, outcome text, "isEarly" boolean, problems jsonb)`,
    [
      ...[db.institutionId, jobId],
      JSON.stringify(
        entries.map(({ line, kind, outcome, isEarly, problems }) => ({
          ...{ line, kind, outcome, isEarly },
          problems: problems.length > 0 ? problems : null,
        })),
      ),
    ],
  );
}

export interface IngestJobRow extends IngestCounts {
  id: string;
  status: JobStatus;
  fileId: string | null;
  sizeBytes: number;
  readBytes: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  failureCode: string | null;
  failureParameters: Record<string, string | number> | null;
}

const columns = `j.id, j.status, j.file_id AS "fileId", j.size_bytes::float8 AS "sizeBytes",
  j.read_bytes::float8 AS "readBytes", j.created, j.updated, j.unchanged, j.stale, j.errors,
  j.created_at AS "createdAt", j.started_at AS "startedAt", j.finished_at AS "finishedAt",
  j.failure_code AS "failureCode", j.failure_parameters AS "failureParameters"`;

const visibleJob = `j.clearance <= nullif(current_setting('app.clearance', true), '')::smallint`;

/** Any order; those that do not exist for the caller are left out. */
export async function selectIngestJobs(db: Sql, ids: readonly string[]): Promise<IngestJobRow[]> {
  const { rows } = await db.query<IngestJobRow>(
    `/* selectIngestJobs */ SELECT ${columns} FROM history.ingest_job j
     WHERE j.institution_id = $1 AND ${visibleJob} AND j.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** The newest first, before one. */
export async function selectIngestJobPage(
  db: Sql,
  { before, limit }: { before: string | null; limit: number },
): Promise<IngestJobRow[]> {
  const { rows } = await db.query<IngestJobRow>(
    `/* selectIngestJobPage */ SELECT ${columns} FROM history.ingest_job j
     WHERE j.institution_id = $1 AND ${visibleJob} AND ($2::bigint IS NULL OR j.id < $2)
     ORDER BY j.id DESC LIMIT $3`,
    [db.institutionId, before, limit],
  );
  return rows;
}

export interface NotTakenRow {
  line: number;
  kind: string | null;
  outcome: IngestedOutcome;
  problems: RecordProblem[] | null;
}

/** In their order, after a line. Only for a job that was seen to exist for the caller. */
export async function selectNotTaken(
  db: Sql,
  jobId: string,
  { outcome, after, limit }: { outcome: string | null; after: number; limit: number },
): Promise<NotTakenRow[]> {
  const { rows } = await db.query<NotTakenRow>(
    `/* selectNotTaken */
     SELECT r.line, r.record_kind AS kind, r.outcome, r.problems FROM history.ingest_record r
     WHERE r.institution_id = $1 AND r.job_id = $2 AND ($3::text IS NULL OR r.outcome = $3) AND r.line > $4
     ORDER BY r.line LIMIT $5`,
    [db.institutionId, jobId, outcome, after, limit],
  );
  return rows;
}
