import type { TokenClaims } from "../../platform/access/caller.js";
import type { Sql } from "../../platform/database/sql.js";
import type { ChunkCounts } from "./import-write.sql.js";

/** Statements of the worker. All but the two of a chunk run with full clearance: bookkeeping is complete (design 3). */

export interface ClaimedJob {
  id: string;
  mode: "CHECK" | "UPDATE";
  onMatch: "SKIP" | "UPDATE";
  fileId: string;
  claims: TokenClaims;
  total: number | null;
  fence: number;
  vainRuns: number;
}

/** Takes the job for a run, and it from every earlier run; null when it has ended. */
export async function claimJob(db: Sql, id: string): Promise<ClaimedJob | null> {
  const { rows } = await db.query<ClaimedJob>(
    `/* claimJob */
     UPDATE contacts.import_job SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1,
       started_at = coalesce(started_at, platform.now())
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, mode, on_match AS "onMatch", file_id AS "fileId", claims, total, fence, vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Remembers that the file was read through. */
export async function setTotal(db: Sql, { id, fence }: ClaimedJob, total: number): Promise<void> {
  await db.query(
    `/* setTotal */ UPDATE contacts.import_job SET total = $4, vain_runs = 1
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, total],
  );
}

/** A run that was stopped on purpose was not in vain. */
export async function uncountRun(db: Sql, { id, fence }: ClaimedJob): Promise<void> {
  await db.query(
    `/* uncountRun */ UPDATE contacts.import_job SET vain_runs = greatest(vain_runs - 1, 0)
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence],
  );
}

/** Ends the job. False when it was taken away or cancelled meanwhile. */
export async function endJob(db: Sql, { id, fence }: ClaimedJob): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* endJob */
     UPDATE contacts.import_job SET finished_at = platform.now(),
       status = CASE WHEN errors > 0 THEN 'DONE_WITH_ERRORS' ELSE 'DONE' END
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence],
  );
  return rowCount === 1;
}

/** Ends the job with the reason why it cannot go on. False as for {@link endJob}. */
export async function failJob(
  db: Sql,
  { id, fence }: ClaimedJob,
  { code, parameters }: { code: string; parameters: Readonly<Record<string, string | number>> },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* failJob */
     UPDATE contacts.import_job
     SET status = 'FAILED', finished_at = platform.now(), failure_code = $4, failure_parameters = $5
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, code, parameters],
  );
  return rowCount === 1;
}

/** Null when another run has the job, or it was cancelled: nothing more is to be written. */
export async function lockCursor(db: Sql, { id, fence }: ClaimedJob): Promise<number | null> {
  const { rows } = await db.query<{ cursor: number }>(
    `/* lockCursor */
     SELECT cursor_line AS cursor FROM contacts.import_job
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' FOR UPDATE`,
    [db.institutionId, id, fence],
  );
  return rows[0]?.cursor ?? null;
}

/** In the transaction that wrote the rows up to the cursor. */
export async function advanceJob(db: Sql, id: string, cursor: number, counts: ChunkCounts): Promise<void> {
  const { created, updated, unchanged, skipped, errors } = counts;
  await db.query(
    `/* advanceJob */
     UPDATE contacts.import_job SET cursor_line = $3, vain_runs = 0, created = created + $4, updated = updated + $5,
       unchanged = unchanged + $6, skipped = skipped + $7, errors = errors + $8
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, cursor, created, updated, unchanged, skipped, errors],
  );
}

/** Runs statements of bookkeeping in a transaction of the importer, whose clearance may be below the job's by now. */
export async function withFullClearance<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  const set = `/* withFullClearance */ SELECT current_setting('app.clearance') AS was, set_config('app.clearance', $1, true)`;
  const { rows } = await db.query<{ was: string }>(set, ["2"]);
  const result = await work();
  await db.query(set, [rows[0]!.was]);
  return result;
}

/** One importer after the other in an institution: two files with the same new address make one contact. */
export async function waitForImports(db: Sql): Promise<void> {
  await db.query(`/* waitForImports */ SELECT pg_advisory_xact_lock(hashtext('contacts.import'), $1::int)`, [
    db.institutionId,
  ]);
}

/** What new contacts get where a row says nothing. */
export async function selectDefaults(db: Sql): Promise<{ country: string; language: string }> {
  const { rows } = await db.query<{ country: string; language: string }>(
    `/* selectDefaults */ SELECT country, locale AS language FROM platform.institution WHERE id = $1`,
    [db.institutionId],
  );
  return rows[0]!;
}
