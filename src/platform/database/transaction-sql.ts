import { randomUUID } from "node:crypto";
import type { QueryResultRow } from "pg";
import pg from "pg";
import { readTexts } from "./copied-texts.js";
import { type CopyRow, copyOf, copyRows, type PackedRows } from "./copy.js";
import { prepared } from "./session.js";
import type { BulkSql, Rows } from "./sql.js";

/** So many that round trips do not count, and so few that they are garbage before V8 moves them to where it rarely looks. */
const batchRows = 500;
const leadingName = /^\s*\/\* \w+ \*\//;

/** The `db` of one transaction. It dies with it. */
export class TransactionSql implements BulkSql {
  #hasEnded = false;
  #isBusy = false;
  #cursors = 0;
  readonly #prepared: string[] = [];

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
    const declared = text.replace(leadingName, (name) => `${name} DECLARE ${cursor} NO SCROLL CURSOR FOR`);
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

  async keep(table: string, text: string, values: readonly unknown[]): Promise<number> {
    this.#assertOpen();
    const statement = `keep_${randomUUID().replaceAll("-", "")}`;
    await this.client.query(text.replace(leadingName, (name) => `${name} PREPARE ${statement} AS`));
    this.#prepared.push(statement);
    // the one way to hand parameters to it: as a utility statement it takes none
    const executed = `EXECUTE ${statement}(${values.map(literalOf).join(", ")})`;
    const { rowCount } = await this.client.query(`CREATE TEMP TABLE ${table} ON COMMIT DROP AS ${executed}`);
    await this.#forgetPrepared();
    return rowCount ?? 0;
  }

  async copyOut(query: string, take: (piece: Buffer) => void): Promise<void> {
    this.#assertOpen();
    for await (const piece of copyOf(this.client, query)) take(piece);
  }

  async *texts(query: string): AsyncGenerator<(string | null)[][]> {
    this.#assertOpen();
    this.#isBusy = true;
    try {
      yield* readTexts(this.client, query);
    } finally {
      this.#isBusy = false;
    }
  }

  async end(how: "COMMIT" | "ROLLBACK"): Promise<pg.QueryResult> {
    this.#hasEnded = true;
    const ended = await this.client.query(how);
    if (how === "ROLLBACK") await this.#forgetPrepared();
    return ended;
  }

  /** What was prepared belongs to the connection: no transaction takes it along. */
  async #forgetPrepared(): Promise<void> {
    for (const statement of this.#prepared.splice(0)) await this.client.query(`DEALLOCATE ${statement}`);
  }

  /** Later the connection is another caller's, with other rights. */
  #assertOpen(): void {
    if (this.#hasEnded) throw new Error("the transaction of this db has ended");
    // it would wait for rows that wait for it
    if (this.#isBusy) throw new Error("texts of this db are being taken");
  }
}

/** A value for a parameter whose type the statement says. */
function literalOf(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(elementOf).join(",")}}`);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return pg.escapeLiteral(String(value));
  throw new TypeError("a parameter is a text, a number, a boolean, or a list of these");
}

const elementOf = (value: unknown) =>
  value === null ? "NULL" : `"${String(value).replace(/["\\]/g, (character) => `\\${character}`)}"`;
