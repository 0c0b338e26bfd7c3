import type pg from "pg";
import type { QueryResultRow } from "pg";
import { type CopyRow, copyRows, type PackedRows } from "./copy.js";
import { prepared } from "./session.js";
import type { BulkSql, Rows } from "./sql.js";

/** The `db` of one transaction. It dies with it. */
export class TransactionSql implements BulkSql {
  #hasEnded = false;

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

  end(how: "COMMIT" | "ROLLBACK"): Promise<pg.QueryResult> {
    this.#hasEnded = true;
    return this.client.query(how);
  }

  /** Later the connection is another caller's, with other rights. */
  #assertOpen(): void {
    if (this.#hasEnded) throw new Error("the transaction of this db has ended");
  }
}
