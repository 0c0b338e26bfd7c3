import type { QueryResultRow } from "pg";
import type { Clock } from "../clock.js";

/** What a statement gives back. */
export interface Rows<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
}

/**
 * A way to run SQL under the caller's institution and clearance. Statements begin with a comment that repeats the
 * name of their function; values are always parameters.
 */
export interface Sql {
  readonly institutionId: number;
  query<Row extends QueryResultRow = QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Rows<Row>>;
}

/** A transaction for long work: also takes many rows at once. */
export interface BulkSql extends Sql {
  /**
   * Fills a temporary table by COPY. Not for others: PostgreSQL refuses COPY into tables with policies.
   * @param target table and columns, such as `stage (line, email)`; part of the program, never input
   * @param rows values in the columns' order; null is NULL, everything else goes in as its text
   */
  copyIn(target: string, rows: Iterable<readonly (string | number | null)[]>): Promise<void>;
}

/** Who acts, as PostgreSQL's policies and audit columns see it. */
export interface SqlSession {
  readonly institutionId: number;
  readonly clearance: 0 | 1 | 2;
  /** When set, only this contact exists. */
  readonly ownContactId: string | null;
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
