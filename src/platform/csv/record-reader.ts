import { readCell } from "./cell.js";
import type { CsvDialect } from "./dialect.js";
import { CsvFileError } from "./errors.js";
import type { CsvLimits } from "./limits.js";
import { type CsvRecord, RecordParser } from "./parser.js";

const lineEnd = /\r\n|\n|\r/;
/** A row with one of these is not blank. */
const hasText = /[a-z0-9]/i;
/** Of a UTF-16 unit in UTF-8, at most. */
const bytesPerUnit = 3;
const lineEndBytes = 2;

/**
 * Cuts a file into records. Until the first quote a line is a record and a delimiter ends a cell, which is read in a third
 * of the time; from there on the parser does it.
 */
export class RecordReader {
  #parser: RecordParser | undefined;
  #records: CsvRecord[] = [];
  #counted = 0;
  readonly #countsText: boolean;
  #line: number;
  /** The beginning of a line whose end is still to come. */
  #begun = "";

  constructor(
    private readonly dialect: CsvDialect,
    private readonly limits: CsvLimits,
    /** Whether rows are only counted: most need not be cut into cells then. */
    onlyCounts = false,
  ) {
    this.#countsText = onlyCounts && !hasText.test(dialect.delimiter);
    this.#line = dialect.hasSepLine ? -1 : 0;
  }

  /** Reads the next piece. @throws CsvFileError */
  async feed(text: string): Promise<void> {
    if (this.#parser) return this.#parser.feed(Buffer.from(text));
    const whole = this.#begun + text;
    this.#begun = "";
    if (text.includes('"')) return this.#handOver(whole);
    // the other half of a line end may come with the next piece
    const isCut = whole.endsWith("\r");
    const lines = (isCut ? whole.slice(0, -1) : whole).split(lineEnd);
    const begun = lines.pop()! + (isCut ? "\r" : "");
    for (let at = 0; at < lines.length; at++)
      if (!this.#accept(lines[at]!)) return this.#handOver([...lines.slice(at), begun].join("\n"));
    if (this.#isLong(begun)) return this.#handOver(begun);
    this.#begun = begun;
  }

  /** Reads the last record, which may lack a line end. @throws CsvFileError */
  async finish(): Promise<void> {
    const begun = this.#begun.replace(/\r$/, "");
    const isLeft = this.#begun !== "";
    this.#begun = "";
    if (this.#parser) return this.#parser.finish();
    if (isLeft) this.#accept(begun);
  }

  /** Hands over the records read since the last call. */
  take(): CsvRecord[] {
    const records = this.#records.concat(this.#parser?.take() ?? []);
    this.#records = [];
    return records;
  }

  /** How many records were read since the last call. */
  count(): number {
    const counted = this.#counted + this.take().length;
    this.#counted = 0;
    return counted;
  }

  destroy(): void {
    this.#parser?.destroy();
  }

  async #handOver(text: string): Promise<void> {
    this.#parser = new RecordParser(this.dialect, this.limits, this.#line);
    await this.#parser.feed(Buffer.from(text));
  }

  /** So long that its bytes have to be counted. */
  #isLong(line: string): boolean {
    return line.length * bytesPerUnit + lineEndBytes > this.limits.maxRecordBytes;
  }

  /** False for a line that is left to the parser. */
  #accept(text: string): boolean {
    if (this.#isLong(text)) return false;
    const line = ++this.#line;
    const { maxColumns, maxCellChars } = this.limits;
    if (this.#countsText && line > 0 && text.length < Math.min(maxColumns, maxCellChars) && hasText.test(text)) {
      this.#counted++;
      return true;
    }
    const cells = text.split(this.dialect.delimiter);
    if (cells.length > maxColumns) throw new CsvFileError("TOO_MANY_COLUMNS", { line, limit: maxColumns });
    let isBlank = true;
    for (let i = 0; i < cells.length; i++) {
      const raw = cells[i]!;
      if (raw.length > maxCellChars) throw new CsvFileError("CELL_TOO_LONG", { line, limit: maxCellChars });
      cells[i] = readCell(raw);
      if (isBlank && cells[i] !== "") isBlank = cells[i]!.trim() === "";
    }
    const isSepLine = line === 0;
    if (!isSepLine && !isBlank) this.#records.push({ line, cells });
    return true;
  }
}
