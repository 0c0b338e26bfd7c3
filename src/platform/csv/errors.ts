/**
 * Why a whole file cannot be read. Codes are part of the API: add, never rename.
 *
 * - EMPTY_FILE: no character at all. NO_HEADER: only blank lines or delimiters.
 * - FILE_NOT_CSV: a workbook, an archive or another binary; `found` says which.
 * - ZIP_NOT_SINGLE_CSV: an archive that holds anything but one CSV. ZIP_BROKEN: its content cannot be unpacked.
 *   ZIP_RATIO_TOO_HIGH: it unpacks to more than `limit` times its size.
 * - BAD_ENCODING: the bytes contradict their own BOM, or are in none of the encodings that we read.
 * - FILE_TOO_LARGE: more than `limit` bytes.
 * - ROW_TOO_LONG, TOO_MANY_COLUMNS, CELL_TOO_LONG: the row on `line` is over `limit`.
 * - QUOTE_NOT_CLOSED: on `line` a cell opens with a quote that does not close at the end of a cell.
 */
export type CsvFileErrorCode =
  | "EMPTY_FILE"
  | "FILE_NOT_CSV"
  | "ZIP_NOT_SINGLE_CSV"
  | "ZIP_BROKEN"
  | "ZIP_RATIO_TOO_HIGH"
  | "BAD_ENCODING"
  | "FILE_TOO_LARGE"
  | "NO_HEADER"
  | "ROW_TOO_LONG"
  | "TOO_MANY_COLUMNS"
  | "CELL_TOO_LONG"
  | "QUOTE_NOT_CLOSED";

/** What the text of an error may mention. Never the content of a cell: it may be personal data. */
export interface CsvFileErrorParams {
  /** The row as a spreadsheet shows it. */
  line?: number;
  /** In the unit of the code: bytes, columns, characters or times. */
  limit?: number;
  found?: "zip" | "ole2" | "pdf" | "gzip" | "nul";
}

/** The file as a whole is refused. Source: rule 6.3, "File-level errors". */
export class CsvFileError extends Error {
  override readonly name = "CsvFileError";

  constructor(
    readonly code: CsvFileErrorCode,
    readonly params: CsvFileErrorParams = {},
  ) {
    super(params.line === undefined ? code : `${code} on line ${params.line}`);
  }
}
