import type { OperationContext } from "../../platform/context.js";
import type { CsvRecord } from "../../platform/csv/index.js";
import type { BulkSql } from "../../platform/database/sql.js";

/** What is wrong with a row, and where. Nothing of the cell. */
export interface RowProblem {
  readonly code: string;
  /** As the header names it; null: the row. */
  readonly column: string | null;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** What every row has, whatever its type. */
export interface ImportRowInput {
  readonly line: number;
  readonly problems: readonly RowProblem[];
}

/** What an import is decided by, beside its file. */
export interface ImportRules {
  readonly jobId: string;
  readonly mode: "CHECK" | "UPDATE";
  readonly onMatch: "SKIP" | "UPDATE";
  /** Codes of the organizations that it is made for. */
  readonly organizations: readonly string[];
  /** The check whose plan is carried out; null: what the rows say. */
  readonly planJobId: string | null;
}

/** Worth knowing about an import as a whole. */
export interface ImportWarning {
  readonly code: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/**
 * One file of one type, its header read. The engine hands the rows over in chunks, each in a transaction of its own: its
 * `decide` fills `import_verdict` ({@link createVerdicts}) with one line for each row, whatever the mode, and `apply`
 * writes what `import_verdict` says to CREATE and to UPDATE, which may be less than was decided.
 */
export interface OpenedImport {
  readonly warnings: readonly ImportWarning[];
  /** Begins the next chunk, for all chunks in the order of the file. @param today YYYY-MM-DD where the institution is */
  begin(today: string): ImportIntake;
  apply(db: BulkSql): Promise<void>;
}

/** Takes in the rows of a chunk as the file is read; then decides about them, more than once when a transaction is repeated. */
export interface ImportIntake {
  /** Finds all that is wrong with the row alone. */
  add(record: CsvRecord): void;
  /** False when none of the rows can repeat another one of the file: they are decided without those before them. */
  readonly mayRepeat: boolean;
  /** Brings the rows in and locks whom they are about. */
  stage(db: BulkSql): Promise<void>;
  decide(db: BulkSql): Promise<void>;
}

/** An intake that holds its rows until they are decided. */
export function rowIntake<Row extends ImportRowInput>(
  readRow: (record: CsvRecord) => Row,
  decide: (db: BulkSql, rows: readonly Row[]) => Promise<void>,
): ImportIntake {
  const rows: Row[] = [];
  return {
    add: (record) => void rows.push(readRow(record)),
    mayRepeat: true,
    stage: async () => undefined,
    decide: (db) => decide(db, rows),
  };
}

/** A type of import. */
export interface ImportStrategy {
  /** Rows of a chunk, one transaction each: short enough for locks, long enough for sets. A file is always cut alike. */
  readonly chunkRows: number;
  /**
   * Whether a chunk may be worked on while the one before is not committed: not where rows find what those before them
   * have made.
   */
  readonly overlaps: boolean;
  /** Reads the header and what its columns are defined by. @throws JobRefused for what domain 6.3 calls a file-level error */
  open(context: OperationContext, rules: ImportRules, header: readonly string[]): Promise<OpenedImport>;
}
