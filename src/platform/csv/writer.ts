import { writeCell } from "./cell.js";
import type { CsvDialect } from "./dialect.js";
import { undefinedInWindows1252 } from "./encoding.js";

/** Large enough that writing is not dominated by calls, small enough to keep memory flat. */
const chunkChars = 64 * 1024;

/**
 * One row with its line end, as RFC 4180 quotes it, with formulas made harmless. All usual delimiters are quoted,
 * not only that of the dialect, so that a header never leads detection astray. Source: rule 6.2
 *
 * @param cells values as `readCsv` gives them; it gives them back, trimmed
 */
export function formatCsvRow(cells: readonly string[], dialect: CsvDialect): string {
  return cells.map((value) => formatCsvCell(value, dialect)).join(dialect.delimiter) + dialect.lineEnd;
}

/** One cell of {@link formatCsvRow}. */
export function formatCsvCell(value: string, { delimiter }: Pick<CsvDialect, "delimiter">): string {
  const cell = writeCell(value);
  const needsQuotes = /[";,\t\r\n]|^sep=/i.test(cell) || cell.includes(delimiter);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * The bytes of a text. Windows-1252 cannot hold every character; those that it lacks become `?`, as spreadsheets
 * write them.
 */
export function encodeCsvText(text: string, { encoding }: Pick<CsvDialect, "encoding">): Buffer {
  const wellFormed = text.toWellFormed();
  if (encoding === "utf-8") return Buffer.from(wellFormed);
  if (encoding === "utf-16le") return Buffer.from(wellFormed, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(wellFormed, "utf16le").swap16();
  return Buffer.from(Array.from(wellFormed, (char) => windows1252Bytes.get(char) ?? questionMark));
}

const questionMark = 0x3f;
const windows1252Bytes = new Map(
  Array.from({ length: 256 }, (_, byte) => byte)
    .filter((byte) => !undefinedInWindows1252.includes(byte))
    .map((byte) => [new TextDecoder("windows-1252").decode(Uint8Array.of(byte)), byte]),
);

/** A whole file, byte order mark and `sep=` line included, in chunks of about 64 Ki characters. */
export async function* writeCsv(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  dialect: CsvDialect,
): AsyncGenerator<Buffer> {
  let text = dialect.byteOrderMark ? "\ufeff" : "";
  if (dialect.hasSepLine) text += `sep=${dialect.delimiter}${dialect.lineEnd}`;
  for await (const cells of rows) {
    text += formatCsvRow(cells, dialect);
    if (text.length < chunkChars) continue;
    yield encodeCsvText(text, dialect);
    text = "";
  }
  if (text !== "") yield encodeCsvText(text, dialect);
}
