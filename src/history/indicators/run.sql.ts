import type { Sql } from "../../platform/database/sql.js";

export type RunReason = "REQUEST" | "DAY" | "SETTING" | "SEASON";

/**
 * Asks for a recomputation of all contacts. One that waits already is enough.
 * @returns the id of the run, and whether it is new
 */
export async function insertRun(db: Sql, reason: RunReason): Promise<{ id: string; isNew: boolean }> {
  const { rows } = await db.query<{ id: string; isNew: boolean }>(
    `/* insertRun */
     WITH added AS (
       INSERT INTO history.indicator_run (institution_id, reason, day)
       SELECT $1, $2, (platform.now() AT TIME ZONE i.time_zone)::date FROM platform.institution i WHERE i.id = $1
       ON CONFLICT (institution_id) WHERE status = 'QUEUED' DO UPDATE SET day = excluded.day
       RETURNING id, old.id IS NULL AS "isNew")
     SELECT id, "isNew" FROM added`,
    [db.institutionId, reason],
  );
  return rows[0]!;
}

/** Whether somebody has asked already for a run on the institution's day of now, or a later one. */
export async function isDayCovered(db: Sql): Promise<boolean> {
  const { rows } = await db.query<{ isCovered: boolean }>(
    `/* isDayCovered */
     SELECT EXISTS (SELECT FROM history.indicator_run r
       WHERE r.institution_id = $1 AND r.day >= (platform.now() AT TIME ZONE i.time_zone)::date
         AND r.status IN ('QUEUED', 'RUNNING', 'DONE')) AS "isCovered"
     FROM platform.institution i WHERE i.id = $1`,
    [db.institutionId],
  );
  return rows[0]!.isCovered;
}

export interface ClaimedRun {
  readonly id: string;
  readonly fence: number;
  readonly vainRuns: number;
}

/** Takes the run, and it from every earlier process; null when it has ended. Counts the contacts once. */
export async function claimRun(db: Sql, id: string): Promise<ClaimedRun | null> {
  const { rows } = await db.query<ClaimedRun>(
    `/* claimRun */
     UPDATE history.indicator_run SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1,
       started_at = coalesce(started_at, platform.now()),
       total = coalesce(total, (SELECT count(*) FROM contacts.visible_contact v WHERE v.institution_id = $1))
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, fence, vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** The contact up to which the run has come; null when another process has it, or it was cancelled. */
export async function lockRun(db: Sql, { id, fence }: ClaimedRun): Promise<string | null> {
  const { rows } = await db.query<{ cursor: string }>(
    `/* lockRun */
     SELECT cursor_contact_id AS cursor FROM history.indicator_run
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' FOR UPDATE`,
    [db.institutionId, id, fence],
  );
  return rows[0]?.cursor ?? null;
}

/** The next contacts behind one, at most so many: the last of them, and how many. Null when there are none. */
export async function selectNextRange(
  db: Sql,
  after: string,
  limit: number,
): Promise<{ last: string; count: number } | null> {
  const { rows } = await db.query<{ last: string; count: number }>(
    `/* selectNextRange */
     SELECT max(id) AS last, count(*)::int AS count
     FROM (SELECT v.id FROM contacts.visible_contact v
       WHERE v.institution_id = $1 AND v.id > $2 ORDER BY v.id LIMIT $3) next
     HAVING count(*) > 0`,
    [db.institutionId, after, limit],
  );
  return rows[0] ?? null;
}

/** In the transaction that wrote the values of the contacts up to the cursor. */
export async function advanceRun(
  db: Sql,
  id: string,
  step: { readonly cursor: string; readonly processed: number; readonly changed: number },
): Promise<void> {
  await db.query(
    `/* advanceRun */
     UPDATE history.indicator_run SET cursor_contact_id = $3, processed = processed + $4, changed = changed + $5,
       vain_runs = 0
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, step.cursor, step.processed, step.changed],
  );
}

/** Ends the run, unless it was taken away or cancelled. */
export async function endRun(db: Sql, { id, fence }: ClaimedRun, status: "DONE" | "FAILED"): Promise<void> {
  await db.query(
    `/* endRun */
     UPDATE history.indicator_run SET status = $4, finished_at = platform.now()
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, status],
  );
}
