import type pg from "pg";
import type { QueryResultRow } from "pg";
import { type CopyRow, copyRows, type PackedRows, readCopy } from "./copy.js";
import { prepared } from "./session.js";
import type { BulkSql, Rows } from "./sql.js";

/** So many that round trips do not count, and so few that they take no memory. */
const batchRows = 2_000;

/** The `db` of one transaction. It dies with it. */
export class TransactionSql implements BulkSql {
  #hasEnded = false;
  #cursors = 0;

  constructor(
    private readonly client: pg.PoolClient,
    readonly institutionId: number,
  ) {}

  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Rows<Row>> {
    this.#assertOpen();
    const { rows, rowCount } = await this.client.query<Row>(prepared(text, values));
    return { rows, rowCount: rowCount ?? 0 };
  }

  async copyIn(target: string, rows: Iterable<CopyRow> | PackedRows): Promise<void> {
    this.#assertOpen();
    await copyRows(this.client, target, rows);
  }

  async *stream<Row extends unknown[]>(text: string, values: readonly unknown[] = []): AsyncGenerator<Row[]> {
    this.#assertOpen();
    const cursor = `cursor_${++this.#cursors}`;
    // without this it is planned for whoever wants the first rows soon
    await this.client.query("SET LOCAL cursor_tuple_fraction = 1");
    const declared = text.replace(/^\s*\/\* \w+ \*\//, (name) => `${name} DECLARE ${cursor} NO SCROLL CURSOR FOR`);
    await this.client.query({ text: declared, values: [...values] });
    const fetch = () => this.client.query<Row>({ text: `FETCH ${batchRows} FROM ${cursor}`, rowMode: "array" });
    let next = fetch();
    for (;;) {
      const { rows } = await next;
      if (rows.length === 0) break;
      next = fetch();
      // it is awaited in the next turn; until then nobody else listens
      next.catch(() => undefined);
      yield rows;
    }
    await this.client.query(`CLOSE ${cursor}`);
  }

  async copyOut(query: string, take: (piece: Buffer) => void): Promise<void> {
    this.#assertOpen();
    await readCopy(this.client, query, take);
  }

  end(how: "COMMIT" | "ROLLBACK"): Promise<pg.QueryResult> {
    this.#hasEnded = true;
    return this.client.query(how);
  }

  /** Later the connection is another caller's, with other rights. */
  #assertOpen(): void {
    if (this.#hasEnded) throw new Error("the transaction of this db has ended");
  }
}
