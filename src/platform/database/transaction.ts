import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { databaseFault } from "./database-fault.js";
import { databaseUnavailable, isConnectionLost } from "./lost-connection.js";
import { takeConnection } from "./pools.js";
import { beginStatement } from "./session.js";
import type { BulkSql, Sql, SqlSession } from "./sql.js";
import { TransactionSql } from "./transaction-sql.js";

/** SQLSTATE of what another transaction caused and a repeat mends. */
const repeatable = new Set(["40001", "40P01"]);
const attempts = 4;
const longestPauseMs = 20;

/** Thrown inside a transaction to undo it and still answer: expected failures are data. */
export class Rollback<Result> extends Error {
  constructor(readonly result: Result) {
    super("rolled back on purpose");
  }
}

/** The connection was dead when it was taken: nothing has happened yet. */
class NotBegun extends Error {}

/**
 * Runs `work` in one transaction. Serialization failures and deadlocks are repeated, so `work` keeps no state
 * outside. Lock order: contact rows by ascending id, then contacts, marketing, history, privacy.
 *
 * @throws CodedError SERVICE_BUSY, SERVICE_UNAVAILABLE; after the latter the change may have been made: callers repeat
 *   it with the same idempotency key
 */
export function inTransaction<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (db: Sql) => Promise<Result>,
): Promise<Result> {
  return repeated(pool, session, work);
}

/** As {@link inTransaction}, with COPY. Only for a pool that does not pipeline. */
export function inBulkTransaction<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (db: BulkSql) => Promise<Result>,
): Promise<Result> {
  return repeated(pool, session, work);
}

async function repeated<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (db: BulkSql) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(pool, session, work);
    } catch (error) {
      if (error instanceof Rollback) return error.result as Result;
      if (attempt === attempts || !isRepeatable(error))
        throw error instanceof NotBegun ? databaseUnavailable(error) : databaseFault(error);
      // two that met are not to meet again
      await wait(Math.random() * longestPauseMs * attempt);
    }
  }
}

function isRepeatable(error: unknown): boolean {
  return error instanceof NotBegun || repeatable.has((error as { code?: string }).code ?? "");
}

async function runOnce<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (db: BulkSql) => Promise<Result>,
): Promise<Result> {
  const begin = beginStatement(session, "READ WRITE");
  const client = await takeConnection(pool);
  const db = new TransactionSql(client, session.institutionId);
  let broken: Error | undefined;
  try {
    await client.query(begin).catch((error) => {
      throw isConnectionLost(error) ? new NotBegun("not begun", { cause: error }) : error;
    });
    const result = await work(db);
    const { command } = await db.end("COMMIT");
    if (command !== "COMMIT") throw new Error("the transaction was rolled back");
    return result;
  } catch (error) {
    await db.end("ROLLBACK").catch((reason: Error) => {
      broken = reason;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
