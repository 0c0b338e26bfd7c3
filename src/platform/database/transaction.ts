import type pg from "pg";
import { copyRows } from "./copy.js";
import { takeConnection } from "./pools.js";
import { beginStatement, prepared } from "./session.js";
import type { BulkSql, Sql, SqlSession } from "./sql.js";

/** SQLSTATE of what another transaction caused and a repeat mends. */
const repeatable = new Set(["40001", "40P01"]);
const attempts = 4;

/** Thrown inside a transaction to undo it and still answer: expected failures are data. */
export class Rollback<Result> extends Error {
  constructor(readonly result: Result) {
    super("rolled back on purpose");
  }
}

/**
 * Runs `work` in one transaction. Serialization failures and deadlocks are repeated, so `work` keeps no state
 * outside. Lock order: contact rows by ascending id, then contacts, marketing, history, privacy.
 */
export function inTransaction<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (db: Sql) => Promise<Result>,
): Promise<Result> {
  return repeated(pool, session, (client) => work(transactionSql(client, session.institutionId)));
}

/** As {@link inTransaction}, with COPY. Only for a pool that does not pipeline. */
export function inBulkTransaction<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (db: BulkSql) => Promise<Result>,
): Promise<Result> {
  return repeated(pool, session, (client) =>
    work({
      ...transactionSql(client, session.institutionId),
      copyIn: (target, rows) => copyRows(client, target, rows),
    }),
  );
}

async function repeated<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(pool, session, work);
    } catch (error) {
      if (error instanceof Rollback) return error.result as Result;
      if (attempt === attempts || !repeatable.has((error as { code?: string }).code ?? "")) throw error;
    }
  }
}

async function runOnce<Result>(
  pool: pg.Pool,
  session: SqlSession,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const begin = beginStatement(session, "READ WRITE");
  const client = await takeConnection(pool);
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    const { command } = await client.query("COMMIT");
    if (command !== "COMMIT") throw new Error("the transaction was rolled back");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((reason: Error) => {
      broken = reason;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

function transactionSql(client: pg.PoolClient, institutionId: number): Sql {
  return {
    institutionId,
    async query(text, values = []) {
      const { rows, rowCount } = await client.query(prepared(text, values));
      return { rows: rows as never[], rowCount: rowCount ?? 0 };
    },
  };
}
