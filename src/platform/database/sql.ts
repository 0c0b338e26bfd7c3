import type { QueryResultRow } from "pg";
import type { Clock } from "../clock.js";
import type { CopyRow, PackedRows } from "./copy.js";

/** What a statement gives back. */
export interface Rows<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
}

/**
 * How a read is planned. KEPT: once on each connection, for any values. PostgreSQL by itself would plan most reads each
 * time, because it takes a list of ids for ten of them and so the kept plan for dear; that costs several times what
 * running the read does. BY_VALUES: each time, for what is found by different ways for different values, as a search is.
 */
export type Planning = "KEPT" | "BY_VALUES";

/**
 * A way to run SQL under the caller's institution and clearance. Statements begin with a comment that repeats the
 * name of their function; values are always parameters.
 */
export interface Sql {
  readonly institutionId: number;
  /** @param planning KEPT when left out; transactions leave it to PostgreSQL */
  query<Row extends QueryResultRow = QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    planning?: Planning,
  ): Promise<Rows<Row>>;
}

/** A transaction for long work: also takes many rows at once. */
export interface BulkSql extends Sql {
  /**
   * Fills a temporary table by COPY. Not for others: PostgreSQL refuses COPY into tables with policies.
   * @param target table and columns, such as `stage (line, email)`; part of the program, never input
   */
  copyIn(target: string, rows: Iterable<CopyRow> | PackedRows): Promise<void>;
  /**
   * Reads a result of any length through a cursor, some thousand rows at a time; the next ones are on their way while
   * those before are worked on.
   * @returns batches of rows, each the values of its columns in their order
   */
  stream<Row extends unknown[]>(text: string, values?: readonly unknown[]): AsyncIterable<Row[]>;
  /**
   * Keeps what a query gives in a temporary table, until the transaction ends. Unlike INSERT … SELECT, as many processes work
   * for it as for a read.
   * @param table its name; part of the program, never input
   * @param text a query, which begins with its name
   * @returns how many rows
   */
  keep(table: string, text: string, values: readonly unknown[]): Promise<number>;
  /**
   * Reads by COPY, in PostgreSQL's text format: of whole tables, several times faster than rows.
   * @param query begins with its name, as all statements; part of the program, never input: it takes no parameters
   * @param take is given the bytes as they come, in pieces of whole rows
   */
  copyOut(query: string, take: (piece: Buffer) => void): Promise<void>;
  /**
   * Reads a result of any length by COPY, as slowly as its rows are taken: in a fifth of the processor time of
   * {@link stream}. Whoever stops early waits until the rest has come. Takes no other statement meanwhile.
   * @param query as for {@link copyOut}
   * @returns batches of rows, each the texts of its columns in their order, as PostgreSQL writes them
   */
  texts(query: string): AsyncIterable<(string | null)[][]>;
}

/** Who acts, as PostgreSQL's policies and audit columns see it. */
export interface SqlSession {
  readonly institutionId: number;
  readonly clearance: 0 | 1 | 2;
  /** When set, only this contact exists, and those of his community. */
  readonly ownContactId: string | null;
  /** Database ids of the community of the own contact; none when left out. Those above FREE do not exist for him. */
  readonly communityIds?: readonly string[];
  readonly actor: string;
  readonly actorKind: string;
  readonly source: ChangeSource;
  readonly timeZone: string;
  /** Time of the statements: `platform.now()` and `platform.today()` in SQL. */
  readonly clock: Clock;
}

/** How a change came in. One vocabulary for audit, ledger and activities. */
export type ChangeSource =
  | "OPERATOR"
  | "CONTACT"
  | "API"
  | "IMPORT"
  | "UNDO"
  | "BATCH"
  | "INGESTION"
  | "SAM"
  | "DOUBLE_OPT_IN"
  | "SYSTEM";
