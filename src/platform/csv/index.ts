export { detectDialect } from "./detect.js";
export type { CsvDialect } from "./dialect.js";
export { spreadsheetDialect } from "./dialect.js";
export { CsvFileError } from "./errors.js";
export type { CsvLimits } from "./limits.js";
export { type CsvRecord, countCsvRows, readCsv, readCsvBatches } from "./reader.js";
export type { OpenFile } from "./source.js";
export { encodeCsvText, formatCsvCell, formatCsvRow, writeCsv } from "./writer.js";
