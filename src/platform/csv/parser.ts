import { CsvError, Parser } from "csv-parse";
import { readCell } from "./cell.js";
import type { CsvDialect } from "./dialect.js";
import { CsvFileError } from "./errors.js";
import type { CsvLimits } from "./limits.js";
import { RawWindow } from "./raw-window.js";
import { scanRecord } from "./record.js";

/** One row that is not blank. */
export interface CsvRecord {
  /** The row as a spreadsheet shows it: blank rows count, a cell with line breaks counts once, a `sep=` line does not. */
  line: number;
  /** Trimmed, less the apostrophe that guards a formula. Their number is that of the row, not of the header. */
  cells: string[];
}

const quote = 0x22;

/** csv-parse holds back a few bytes until it sees the next ones, so a record that just fits may look too long. */
const lookaheadBytes = 16;

/**
 * csv-parse, with what it lacks for hostile files: it counts neither delimiters in the size of a record nor columns,
 * and takes a quoted cell that goes on after its closing quote as it stands, with the rows that it has swallowed.
 */
export class RecordParser {
  readonly #parser: Parser;
  readonly #raw = new RawWindow();
  #records: CsvRecord[] = [];
  #line: number;

  /** @param lastLine that was read before the first byte */
  constructor(
    private readonly dialect: CsvDialect,
    private readonly limits: CsvLimits,
    lastLine: number,
  ) {
    this.#line = lastLine;
    this.#parser = new Parser({
      delimiter: dialect.delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_quotes: true,
      relax_column_count: true,
      // Here, not at the readable end: only here does csv-parse tell where a record ends, and a refusal stops it at once.
      on_record: (cells: string[], { bytes }) => {
        this.#accept(cells, bytes);
        return null;
      },
    });
    // Each error also arrives at the callback of the call that caused it; without a listener it would end the process.
    this.#parser.on("error", () => undefined);
    this.#parser.resume();
  }

  /** Parses the next bytes, in UTF-8. @throws CsvFileError */
  async feed(bytes: Buffer): Promise<void> {
    this.#raw.push(bytes);
    await this.#call((done) => this.#parser.write(bytes, done));
    // The end says which it is: a record that is too long, or a quote that never closes.
    if (this.#raw.length > this.limits.maxRecordBytes + lookaheadBytes) await this.finish();
  }

  /** Parses the last record, which may lack a line end. @throws CsvFileError */
  async finish(): Promise<void> {
    await this.#call((done) => this.#parser.end(done));
  }

  /** Hands over the records parsed since the last call. */
  take(): CsvRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  destroy(): void {
    this.#parser.destroy();
  }

  async #call(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    const error = await new Promise<Error | null | undefined>(start);
    if (!error) return;
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") throw this.#refuse("QUOTE_NOT_CLOSED", this.#line + 1);
    // Errors of csv-parse carry cells: they must not reach a log.
    throw new Error(`csv-parse: ${error.code}`);
  }

  #accept(cells: string[], endOffset: number): void {
    const line = ++this.#line;
    // csv-parse compares with the length of the first record and builds an error, with the whole record in it, for each
    // that differs: six times slower for a file that begins with a blank line. Without a first record it does not.
    Object.assign(this.#parser.info, { records: 0 });
    this.#checkShape(line, cells, endOffset);
    for (let i = 0; i < cells.length; i++) {
      const raw = cells[i]!;
      if (raw.length > this.limits.maxCellChars) throw this.#refuse("CELL_TOO_LONG", line, this.limits.maxCellChars);
      cells[i] = readCell(raw);
    }
    const isSepLine = line === 0;
    if (!isSepLine && cells.some((cell) => cell.trim() !== "")) this.#records.push({ line, cells });
  }

  #checkShape(line: number, cells: string[], endOffset: number): void {
    const { maxRecordBytes, maxColumns } = this.limits;
    if (endOffset - this.#raw.offset > maxRecordBytes) throw this.#refuse("ROW_TOO_LONG", line, maxRecordBytes);
    if (cells.length > maxColumns) throw this.#refuse("TOO_MANY_COLUMNS", line, maxColumns);
    // A quote at the start of a value was either doubled or never closed properly; only the bytes tell.
    if (cells.some((cell) => cell.charCodeAt(0) === quote)) {
      const { hasBrokenQuote } = scanRecord(this.#raw.textTo(endOffset), 0, this.dialect.delimiter);
      if (hasBrokenQuote) throw this.#refuse("QUOTE_NOT_CLOSED", line);
    }
    this.#raw.skipTo(endOffset);
  }

  #refuse(
    code: "ROW_TOO_LONG" | "TOO_MANY_COLUMNS" | "CELL_TOO_LONG" | "QUOTE_NOT_CLOSED",
    line: number,
    limit?: number,
  ) {
    return new CsvFileError(code, limit === undefined ? { line } : { line, limit });
  }
}
