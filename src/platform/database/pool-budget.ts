import type pg from "pg";
import { StartupError } from "../errors/startup-error.js";

export interface Budget {
  /** All connections that the processes of this installation may hold together. */
  readonly connections: number;
  /** How many processes share them. */
  readonly processes: number;
}

export interface PoolSizes {
  readonly apiConnections: number;
  readonly bulkConnections: number;
}

/** Of each process: two for short statements, one for long work. */
const fewest = 3;
/**
 * What a process holds beside its pools: two for the heartbeats of jobs (or, before, to migrate), one that listens for jobs,
 * and one for subscriptions.
 */
const besidePools = 4;

/**
 * The pools of one process. A quarter of its share is for long work.
 *
 * @throws StartupError SETTING_INVALID when the share of a process is too small
 */
export function poolBudget({ connections, processes }: Budget): PoolSizes {
  const share = Math.floor(connections / processes) - besidePools;
  if (!(share >= fewest)) {
    const needed = (fewest + besidePools) * processes;
    throw new StartupError(
      "SETTING_INVALID",
      `${connections} database connections are too few for ${processes} process(es): they need at least ${needed}.`,
    );
  }
  const bulkConnections = Math.max(1, Math.floor(share / 4));
  return { apiConnections: share - bulkConnections, bulkConnections };
}

/**
 * Whether the server lets that many in, so that a full server is found at start and not on the busiest evening.
 *
 * @throws StartupError DATABASE_CONNECTIONS
 */
export async function assertBudgetFits(pool: pg.Pool, { connections }: Budget): Promise<void> {
  const { rows } = await pool.query<{ most: number; reserved: number }>(
    `/* assertBudgetFits */
     SELECT current_setting('max_connections')::int AS most,
            current_setting('superuser_reserved_connections')::int
              + current_setting('reserved_connections')::int AS reserved`,
  );
  const { most, reserved } = rows[0]!;
  if (connections > most - reserved)
    throw new StartupError(
      "DATABASE_CONNECTIONS",
      `The database server takes ${most} connections, ${reserved} of them reserved, but the processes may hold
       ${connections}: lower DATABASE_CONNECTIONS to at most ${most - reserved}, or raise the server's max_connections.`,
    );
}
