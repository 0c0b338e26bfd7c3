import type pg from "pg";
import type { QueryResultRow } from "pg";
import { takeConnection } from "./pools.js";
import { beginStatement, prepared } from "./session.js";
import type { Rows, Sql, SqlSession } from "./sql.js";

interface Waiting {
  readonly text: string;
  readonly values: readonly unknown[];
  resolve(rows: Rows<never>): void;
  reject(error: unknown): void;
}

/**
 * Reads in waves: the statements of one tick travel with BEGIN, the session's settings and COMMIT in a single
 * round trip, and the connection goes back. Nothing is held across an await. When one statement fails, the
 * others are repeated alone.
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

  query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Rows<Row>> {
    return new Promise((resolve, reject) => {
      // DataLoader dispatches by nextTick as well: what its batches ask in one tick lands in one wave
      if (this.#waiting.push({ text, values, resolve, reject } as Waiting) === 1) process.nextTick(() => this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const wave = this.#waiting;
    this.#waiting = [];
    const failed = await this.#run(wave);
    if (wave.length === 1) {
      for (const { statement, error } of failed) statement.reject(error);
      return;
    }
    for (const { statement } of failed) {
      for (const { error } of await this.#run([statement])) statement.reject(error);
    }
  }

  /** Runs a wave and answers those that succeeded. */
  async #run(wave: readonly Waiting[]): Promise<{ statement: Waiting; error: unknown }[]> {
    let client: pg.PoolClient;
    try {
      client = await takeConnection(this.pool);
    } catch (error) {
      return wave.map((statement) => ({ statement, error }));
    }
    const begun = client.query(beginStatement(this.session, "READ ONLY"));
    const answers = wave.map(({ text, values }) => client.query(prepared(text, values)));
    const ended = client.query("COMMIT");
    const [settled, ...edges] = await Promise.all([Promise.allSettled(answers), settle(begun), settle(ended)]);
    const broken = edges.find((edge) => edge !== undefined);
    client.release(broken);
    return settled.flatMap((answer, index) => {
      const statement = wave[index]!;
      if (answer.status === "rejected") return [{ statement, error: answer.reason }];
      if (broken) return [{ statement, error: broken }];
      statement.resolve({ rows: answer.value.rows as never[], rowCount: answer.value.rowCount ?? 0 });
      return [];
    });
  }
}

async function settle(query: Promise<unknown>): Promise<Error | undefined> {
  try {
    await query;
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
