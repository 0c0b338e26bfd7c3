import type { Sql } from "../../platform/database/sql.js";
import type { ClaimedFileJob, FileJobTable } from "../../platform/jobs/index.js";
import type { IngestCounts } from "./ingest-job.sql.js";

export interface ClaimedIngest extends ClaimedFileJob {
  /** How often the file has been begun. */
  readonly reading: number;
  readonly cursor: number;
}

export const ingestJobs: FileJobTable<ClaimedIngest> = {
  name: "history.ingest_job",
  columns: { reading: "reading", cursor: "cursor_line" },
};

/** Null when another run has the job, or it was cancelled: nothing more is to be written. */
export async function lockPlace(
  db: Sql,
  { id, fence }: ClaimedIngest,
  reading: number,
): Promise<{ cursor: number } | null> {
  const { rows } = await db.query<{ cursor: number }>(
    `/* lockPlace */
     SELECT cursor_line AS cursor FROM history.ingest_job
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' AND reading = $4 FOR UPDATE`,
    [db.institutionId, id, fence, reading],
  );
  return rows[0] ?? null;
}

/** In the transaction that wrote the records up to the cursor. */
export async function advanceIngest(
  db: Sql,
  id: string,
  { cursor, readBytes, counts, found }: { cursor: number; readBytes: number; counts: IngestCounts; found: number },
): Promise<void> {
  const { created, updated, unchanged, stale, errors } = counts;
  await db.query(
    `/* advanceIngest */
     UPDATE history.ingest_job SET cursor_line = $3, vain_runs = 0, read_bytes = greatest(read_bytes, $4),
       created = created + $5, updated = updated + $6, unchanged = unchanged + $7, stale = stale + $8,
       errors = errors + $9, found = found + $10
     WHERE institution_id = $1 AND id = $2`,
    [...[db.institutionId, id, cursor, readBytes], ...[created, updated, unchanged, stale, errors, found]],
  );
}

/** Forgets why records were not taken that are tried again. */
export async function deleteNotTaken(db: Sql, jobId: string, lines: readonly number[]): Promise<void> {
  await db.query(
    `/* deleteNotTaken */ DELETE FROM history.ingest_record
     WHERE institution_id = $1 AND job_id = $2 AND line = ANY($3::int[])`,
    [db.institutionId, jobId, lines],
  );
}

/** A page of the lines of records that named what may have come further down, in their order. */
export async function selectEarlyLines(
  db: Sql,
  jobId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<number[]> {
  const { rows } = await db.query<{ line: number }>(
    `/* selectEarlyLines */ SELECT line FROM history.ingest_record
     WHERE institution_id = $1 AND job_id = $2 AND outcome = 'ERROR' AND is_early AND line > $3
     ORDER BY line LIMIT $4`,
    [db.institutionId, jobId, after, limit],
  );
  return rows.map(({ line }) => line);
}

/** How many records the report lists for good: not those that are read again. */
export async function countListed(db: Sql, jobId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `/* countListed */ SELECT count(*)::int AS count FROM history.ingest_record
     WHERE institution_id = $1 AND job_id = $2 AND NOT is_early`,
    [db.institutionId, jobId],
  );
  return rows[0]!.count;
}

/** Leaves the report of a file that has been read with the first so many records, unless another run reads on. */
export async function cutReport(db: Sql, { id, fence }: ClaimedIngest, most: number): Promise<void> {
  await db.query(
    `/* cutReport */
     WITH own AS (
       SELECT id FROM history.ingest_job
       WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' FOR UPDATE)
     DELETE FROM history.ingest_record r USING own
     WHERE r.institution_id = $1 AND r.job_id = own.id AND r.line > (
       SELECT line FROM history.ingest_record WHERE institution_id = $1 AND job_id = $2
       ORDER BY line OFFSET $4 - 1 LIMIT 1)`,
    [db.institutionId, id, fence, most],
  );
}

/**
 * Begins the file anew, unless the reading before brought nothing in. The first is always worth a second one.
 * @returns false also when another run has the job, or it was cancelled
 */
export async function beginReading(db: Sql, { id, fence }: ClaimedIngest, reading: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* beginReading */ UPDATE history.ingest_job SET reading = $4, cursor_line = 0, found = 0, vain_runs = 1
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' AND reading = $4 - 1
       AND (reading = 1 OR found > 0)`,
    [db.institutionId, id, fence, reading],
  );
  return rowCount === 1;
}

/** Ends a delivery that has not ended. False when it had, or does not exist for the caller. */
export async function cancelIngestJob(db: Sql, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* cancelIngestJob */ UPDATE history.ingest_job SET status = 'CANCELLED', finished_at = platform.now()
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
       AND clearance <= nullif(current_setting('app.clearance', true), '')::smallint`,
    [db.institutionId, id],
  );
  return rowCount === 1;
}
