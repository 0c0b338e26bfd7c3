import { CronExpressionParser } from "cron-parser";
import type { Sql } from "../database/sql.js";
import type { JobPayload, QueueName } from "./job.js";

/** When something is to be done again and again. */
export interface Recurrence {
  /** Minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** Where its hours are meant (IANA). */
  readonly timeZone: string;
}

const fields = 5;

/**
 * The next time of a recurrence behind an instant; null when the expression is none, or of no day that ever comes. As the
 * workers' queue reads it, but without seconds.
 */
export function nextOccurrence({ cron, timeZone }: Recurrence, after: Date): Date | null {
  if (cron.length > 200 || cron.trim().split(/\s+/).length !== fields || !/^[\w\s,*/?#-]+$/.test(cron)) return null;
  try {
    return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate();
  } catch (error) {
    // what the parser throws is its answer
    if (error instanceof Error) return null;
    throw error;
  }
}

const keyOf = ({ institutionId, id }: JobPayload) => `${institutionId}-${id}`;

/**
 * Has a job made at each time of a recurrence, in the caller's transaction; an occurrence that no worker was there for is
 * made up for once.
 * @throws Error when the payload is another institution's
 */
export async function addSchedule(db: Sql, queue: QueueName, payload: JobPayload, when: Recurrence): Promise<void> {
  if (payload.institutionId !== db.institutionId)
    throw new Error("a schedule belongs to the institution that asks for it");
  await db.query(
    `/* addSchedule */
     INSERT INTO pgboss.schedule (name, key, kind, cron, timezone, data, options, created_on, updated_on)
     VALUES ($1, $2, 'cron', $3, $4, $5, $6, pgboss.job_now(), pgboss.job_now())`,
    [queue, keyOf(payload), when.cron, when.timeZone, JSON.stringify(payload), JSON.stringify({ missed: "once" })],
  );
}

/** No more jobs are made. Those that there are stay. */
export async function removeSchedule(db: Sql, queue: QueueName, payload: JobPayload): Promise<void> {
  await db.query(`/* removeSchedule */ DELETE FROM pgboss.schedule WHERE name = $1 AND key = $2`, [
    queue,
    keyOf(payload),
  ]);
}
