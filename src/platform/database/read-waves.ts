import type { Writable } from "node:stream";
import type pg from "pg";
import type { QueryResult, QueryResultRow } from "pg";
import { databaseFault } from "./database-fault.js";
import { isConnectionLost } from "./lost-connection.js";
import { takeConnection } from "./pools.js";
import { beginStatement, prepared } from "./session.js";
import type { Planning, Rows, Sql, SqlSession } from "./sql.js";

interface Waiting {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly planning: Planning;
  resolve(rows: Rows<never>): void;
  reject(error: unknown): void;
}

/** What is left of a wave: the statements without an answer, in order, and why. */
interface Remainder {
  readonly statements: readonly Waiting[];
  readonly error: unknown;
  /** Whether the first statement failed by itself; otherwise the error is of all. */
  readonly isOfFirst: boolean;
}

/**
 * Reads in waves: the statements of one tick travel with BEGIN, the session's settings and COMMIT in a single
 * round trip, and the connection goes back. Nothing is held across an await. When one statement fails, those after
 * it are repeated without it; when the connection breaks, all are, once, on another.
 */
export class ReadWaves implements Sql {
  #waiting: Waiting[] = [];
  readonly institutionId: number;

  constructor(
    private readonly pool: pg.Pool,
    private readonly session: SqlSession,
  ) {
    this.institutionId = session.institutionId;
  }

  query<Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
    planning: Planning = "KEPT",
  ): Promise<Rows<Row>> {
    return new Promise((resolve, reject) => {
      const count = this.#waiting.push({ text, values, planning, resolve, reject } as Waiting);
      if (count === 1) afterBatches(() => this.#flush());
    });
  }

  async #flush(): Promise<void> {
    let wave: readonly Waiting[] = this.#waiting;
    this.#waiting = [];
    let mayReconnect = true;
    while (wave.length > 0) {
      const { statements, error, isOfFirst } = await this.#run(wave);
      if (isOfFirst) {
        statements[0]!.reject(databaseFault(error));
        wave = statements.slice(1);
      } else if (isConnectionLost(error) && mayReconnect) {
        mayReconnect = false;
        wave = statements;
      } else {
        for (const { reject } of statements) reject(databaseFault(error));
        return;
      }
    }
  }

  /** Runs a wave and answers those that succeeded. Never throws: the callers wait on their statements only. */
  async #run(wave: readonly Waiting[]): Promise<Remainder> {
    try {
      const begin = `${beginStatement(this.session, "READ ONLY")}; ${planStatement(wave)}`;
      const client = await takeConnection(this.pool);
      const sent = inOneWrite(client, () => [
        client.query(begin),
        ...wave.map(({ text, values }) => client.query(prepared(text, values))),
        client.query("COMMIT"),
      ]);
      const settled = await Promise.allSettled(sent);
      const edge = [settled[0]!, settled.at(-1)!].find((answer) => answer.status === "rejected");
      client.release(edge?.reason);
      // without its BEGIN a statement ran under no settings: its answer counts for nothing
      return edge ? { statements: wave, error: edge.reason, isOfFirst: false } : answer(wave, settled.slice(1, -1));
    } catch (error) {
      return { statements: wave, error, isOfFirst: false };
    }
  }
}

/** pg writes each message of a pipeline as it comes; the writes of a wave cost more than the statements of some. */
function inOneWrite<Sent>(client: pg.PoolClient, send: () => Sent): Sent {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** For a whole wave: kept plans are right for all statements but one that asks otherwise, the other way for all. */
function planStatement(wave: readonly Waiting[]): string {
  const isByValues = wave.some(({ planning }) => planning === "BY_VALUES");
  return `SET LOCAL plan_cache_mode = ${isByValues ? "force_custom_plan" : "force_generic_plan"}`;
}

/**
 * DataLoader dispatches in a nextTick after the promises of the moment. One nextTick further, the batches of all
 * loaders have asked what they ask, and land in one wave with what was asked directly.
 */
function afterBatches(work: () => void): void {
  Promise.resolve().then(() => process.nextTick(() => process.nextTick(work)));
}

function answer(wave: readonly Waiting[], settled: readonly PromiseSettledResult<QueryResult>[]): Remainder {
  const failed: Waiting[] = [];
  // the first has failed by itself; the others only because it aborted the transaction, whatever their code says
  let error: unknown;
  for (const [index, result] of settled.entries()) {
    const statement = wave[index]!;
    if (result.status === "fulfilled") {
      statement.resolve({ rows: result.value.rows as never[], rowCount: result.value.rowCount ?? 0 });
    } else if (failed.push(statement) === 1) {
      error = result.reason;
    }
  }
  return { statements: failed, error, isOfFirst: failed.length > 0 };
}
