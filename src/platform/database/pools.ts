import pg from "pg";
import { CodedError } from "../errors/coded-error.js";
import { databaseUnavailable } from "./lost-connection.js";
import { Wakes } from "./wakes.js";

/**
 * Two pools on one database: `api` pipelines short statements, `bulk` is for COPY, cursors and long work. Beside them a
 * connection that listens, while somebody does.
 */
export interface Pools {
  readonly api: pg.Pool;
  readonly bulk: pg.Pool;
  /** What the database tells. */
  readonly wakes: Wakes;
  end(): Promise<void>;
}

export interface PoolOptions {
  readonly url: string;
  readonly apiConnections: number;
  readonly bulkConnections: number;
  /** How long a caller waits for a free connection before SERVICE_BUSY. */
  readonly waitMs: number;
  readonly statementTimeoutMs: number;
  onError(error: Error): void;
}

const dateOid = 1082;

/** Days stay text (YYYY-MM-DD): as JavaScript dates they would shift with the machine's time zone. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === dateOid
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

export function createPools(options: PoolOptions): Pools {
  const base = { connectionString: options.url, types, connectionTimeoutMillis: options.waitMs };
  const api = new pg.Pool({
    ...base,
    max: options.apiConnections,
    pipeline: true,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: 30_000,
    application_name: "contact-file-graph api",
  } as pg.PoolConfig);
  const bulk = new pg.Pool({ ...base, max: options.bulkConnections, application_name: "contact-file-graph bulk" });
  for (const pool of [api, bulk]) {
    pool.on("error", options.onError);
    // a connection that breaks while it is taken: its statement fails and reports it, but without a listener the
    // process would end
    pool.on("connect", (client) => client.on("error", () => undefined));
  }
  const wakes = new Wakes(options);
  return { api, bulk, wakes, end: async () => void (await Promise.all([api.end(), bulk.end(), wakes.end()])) };
}

const tooManyConnections = "53300";

/**
 * A connection of the pool.
 * @throws CodedError SERVICE_BUSY when none comes free in time, SERVICE_UNAVAILABLE when the database is gone
 */
export async function takeConnection(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    // the first is how the pool says that nobody gave a connection back
    if (message === "timeout exceeded when trying to connect" || code === tooManyConnections) {
      throw new CodedError("SERVICE_BUSY", "All database connections are in use. Try again in a moment.", {}, error);
    }
    throw databaseUnavailable(error);
  }
}

/** Whether somebody who holds a connection may take another one without anybody having to wait for it. */
export function hasSpareConnection({ idleCount, totalCount, waitingCount, options: { max } }: pg.Pool): boolean {
  return waitingCount === 0 && (idleCount > 0 || totalCount < max);
}
