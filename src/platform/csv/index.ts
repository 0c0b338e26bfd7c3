export { detectDialect } from "./detect.js";
export type { CsvDialect, CsvEncoding, CsvLineEnd } from "./dialect.js";
export { spreadsheetDialect } from "./dialect.js";
export { CsvFileError, type CsvFileErrorCode } from "./errors.js";
export { type CsvLimits, csvLimits } from "./limits.js";
export { type CsvRecord, readCsv, readCsvBatches } from "./reader.js";
export type { OpenFile } from "./source.js";
export { encodeCsvText, formatCsvRow, writeCsv } from "./writer.js";
