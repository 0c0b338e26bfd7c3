import type { TokenClaims } from "../access/caller.js";
import type { Sql } from "../database/sql.js";

/**
 * What rows of jobs that work through a file have in common, whichever module owns their table: `id`, `status`,
 * `file_id`, `claims`, `fence` (counts up with each run), `vain_runs` (runs without a step forward), `errors`,
 * `failure_code`, `failure_parameters`, `started_at` and `finished_at`. The name of the table is part of the program,
 * never input. Statements of the worker run with full clearance: bookkeeping is complete (design 3).
 */
export interface FileJobTable<Job extends ClaimedFileJob = ClaimedFileJob> {
  /** With its schema. */
  readonly name: string;
  /** Further columns of a claimed job: property to column. */
  readonly columns: Readonly<Record<Exclude<keyof Job, keyof ClaimedFileJob>, string>>;
  /** SQL of how much is to be mended when it has ended; its `errors` when left out. */
  readonly faults?: string;
}

/** A job that a run has taken. */
export interface ClaimedFileJob {
  readonly id: string;
  readonly fileId: string;
  /** Of who started it: each run asks again what they are worth. */
  readonly claims: TokenClaims;
  readonly fence: number;
  readonly vainRuns: number;
}

/** Takes the job for a run, and it from every earlier run; null when it has ended. */
export async function claimFileJob<Job extends ClaimedFileJob>(
  db: Sql,
  table: FileJobTable<Job>,
  id: string,
): Promise<Job | null> {
  const further = Object.entries<string>(table.columns).map(([property, column]) => `, ${column} AS "${property}"`);
  const { rows } = await db.query<Job>(
    `/* claimFileJob */
     UPDATE ${table.name} SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1,
       started_at = coalesce(started_at, platform.now())
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, file_id AS "fileId", claims, fence, vain_runs AS "vainRuns"${further.join("")}`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

type Held = Pick<ClaimedFileJob, "id" | "fence">;

/** A run that was stopped on purpose was not in vain. Of any job with a fence, whether it works through a file or not. */
export async function uncountRun(db: Sql, { name }: Pick<FileJobTable, "name">, { id, fence }: Held): Promise<void> {
  await db.query(
    `/* uncountRun */ UPDATE ${name} SET vain_runs = greatest(vain_runs - 1, 0)
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence],
  );
}

/** Ends the job. False when it was taken away or cancelled meanwhile. */
export async function endFileJob(
  db: Sql,
  { name, faults = "errors" }: FileJobTable,
  { id, fence }: Held,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* endFileJob */
     UPDATE ${name} SET finished_at = platform.now(),
       status = CASE WHEN ${faults} > 0 THEN 'DONE_WITH_ERRORS' ELSE 'DONE' END
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence],
  );
  return rowCount === 1;
}

/** Ends the job with the reason why it cannot go on. False as for {@link endFileJob}. */
export async function failFileJob(
  db: Sql,
  { name }: FileJobTable,
  { id, fence }: Held,
  { code, parameters }: { code: string; parameters: Readonly<Record<string, string | number>> },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* failFileJob */
     UPDATE ${name}
     SET status = 'FAILED', finished_at = platform.now(), failure_code = $4, failure_parameters = $5
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, code, parameters],
  );
  return rowCount === 1;
}

/** Which of these files a job of this table has still to read. */
export async function selectFilesInUse(
  db: Sql,
  { name }: FileJobTable,
  fileIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectFilesInUse */ SELECT file_id AS id FROM ${name}
     WHERE institution_id = $1 AND file_id = ANY($2::text[]) AND status IN ('QUEUED', 'RUNNING')`,
    [db.institutionId, fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Null when the job does not exist for the caller. */
export async function selectFileOfJob(db: Sql, { name }: FileJobTable, id: string): Promise<string | null> {
  const { rows } = await db.query<{ fileId: string }>(
    `/* selectFileOfJob */ SELECT file_id AS "fileId" FROM ${name} WHERE institution_id = $1 AND id = $2::bigint`,
    [db.institutionId, id],
  );
  return rows[0]?.fileId ?? null;
}
