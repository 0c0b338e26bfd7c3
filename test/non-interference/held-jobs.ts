import type pg from "pg";
import { eventually } from "../support/eventually.js";

/**
 * Makes the jobs that are put off from now on wait for {@link endJobs}. A worker that takes one at once may do so before or
 * after the answer to the change has read how far it is: the two databases would differ by chance. What comes by the clock
 * is ended for the same reason: rows that are removed after a month would be gone from one of them first.
 */
export async function holdJobs(owner: pg.Pool): Promise<void> {
  await owner.query(`
    DELETE FROM pgboss.schedule;
    CREATE FUNCTION pgboss.hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.start_after := 'infinity';
      RETURN NEW;
    END $$;
    CREATE TRIGGER hold BEFORE INSERT ON pgboss.job FOR EACH ROW
    WHEN (NEW.state = 'created' AND NEW.start_after <= now() AND NEW.name NOT LIKE '\\_\\_%') EXECUTE FUNCTION pgboss.hold()`);
}

/** Lets the jobs that are held begin, and those that they put off in turn, until none is left. */
export async function endJobs(owner: pg.Pool): Promise<void> {
  const left = async () => {
    // nobody hears of them otherwise before the next poll
    await owner.query(
      `WITH begun AS (
         UPDATE pgboss.job SET start_after = created_on WHERE state = 'created' AND start_after = 'infinity' RETURNING name
       )
       SELECT pg_notify('pgboss_' || left(encode(sha224('pgboss'), 'hex'), 24), name) FROM begun`,
    );
    return owner.query<{ name: string }>(
      `SELECT name FROM pgboss.job WHERE state IN ('created', 'active') AND name NOT LIKE '\\_\\_%'
         AND (start_after <= now() OR start_after = 'infinity')`,
    );
  };
  await eventually(left, ({ rows }) => rows.length === 0, 60_000);
}
