import type { Sql } from "../../platform/database/sql.js";
import type { RunReason } from "./run.sql.js";

/** Ends a run that has not ended. False when it had, or there is none. */
export async function cancelRun(db: Sql, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* cancelRun */
     UPDATE history.indicator_run SET status = 'CANCELLED', finished_at = platform.now()
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')`,
    [db.institutionId, id],
  );
  return rowCount === 1;
}

export interface RunRow {
  readonly id: string;
  readonly status: string;
  readonly reason: RunReason;
  readonly day: string;
  readonly total: number | null;
  readonly processed: number;
  readonly changed: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** Any order. */
export async function selectRuns(db: Sql, ids: readonly string[]): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `/* selectRuns */
     SELECT id, status, reason, day, total, processed, changed, created_at AS "createdAt", started_at AS "startedAt",
       finished_at AS "finishedAt"
     FROM history.indicator_run WHERE institution_id = $1 AND id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
