import type { Sql } from "../database/sql.js";
import type { JobPayload, QueueName } from "./job.js";

/**
 * Adds a job in the caller's transaction: it exists when, and only when, that commits. Needs no pg-boss in this
 * process; the statement is that of its `send`, with the settings of the queue's row, and wakes the workers.
 *
 * @throws Error when no migration made the queue, or when the payload is another institution's
 */
export async function enqueue(db: Sql, queue: QueueName, payload: JobPayload): Promise<void> {
  if (payload.institutionId !== db.institutionId) throw new Error("a job belongs to the institution that asks for it");
  const { rowCount } = await db.query(
    `/* enqueue */
     WITH added AS (
     INSERT INTO pgboss.job (name, data, start_after, created_on, expire_seconds, deletion_seconds, keep_until,
       retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
     SELECT name, jsonb_build_object('institutionId', $2::int, 'id', $3::text), pgboss.job_now(), pgboss.job_now(),
       expire_seconds, deletion_seconds, pgboss.job_now() + retention_seconds * interval '1 s',
       retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds
     FROM pgboss.queue WHERE name = $1
     RETURNING name)
     SELECT pg_notify('pgboss_' || left(encode(sha224('pgboss'), 'hex'), 24), name) FROM added`,
    [queue, payload.institutionId, payload.id],
  );
  if (rowCount !== 1) throw new Error(`there is no queue ${queue}`);
}
