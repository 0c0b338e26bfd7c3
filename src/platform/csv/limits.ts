/** What one file may cost. Each has an error code of its own. */
export interface CsvLimits {
  /** Uncompressed, counted while streaming, so that a zip bomb stops early. */
  maxBytes: number;
  /** One row with its delimiters and quotes, in UTF-8. Memory is bounded by this, not by the file. */
  maxRecordBytes: number;
  maxColumns: number;
  /** UTF-16 units, as spreadsheets count them. */
  maxCellChars: number;
}

/** The limits where a caller sets none. A spreadsheet's own cell holds 32,767 characters. */
export const csvLimits: Readonly<CsvLimits> = {
  maxBytes: 4 * 1024 ** 3,
  maxRecordBytes: 1024 ** 2,
  maxColumns: 1000,
  maxCellChars: 32_767,
};
