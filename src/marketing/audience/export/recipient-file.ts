import type { Readable } from "node:stream";
import { encodeCsvText, formatCsvRow, spreadsheetDialect } from "../../../platform/csv/index.js";
import { type SecondFile, twinFiles } from "../../../platform/zip/index.js";

/** The values of a row, in the order of the columns; null: none. */
export type FileRow = readonly (string | null)[];

/** As RFC 4180 has it, for spreadsheets: with a byte order mark, and formulas made harmless. */
const dialect = spreadsheetDialect(",");
const pieceChars = 64 * 1024;

/**
 * A zip with the same rows twice: `recipients.jsonl`, an object on each line, without what has no value, and
 * `recipients.csv` with a header. Rows are taken once and as slowly as the zip is read.
 * @param at stands in the zip as the time of its files
 */
export function recipientFile(
  columns: readonly string[],
  batches: AsyncIterable<readonly FileRow[]>,
  at: Date,
): Readable {
  const names = { first: "recipients.jsonl", second: "recipients.csv", at };
  return twinFiles(names, (spool) => jsonLines(columns, batches, spool));
}

async function* jsonLines(columns: readonly string[], batches: AsyncIterable<readonly FileRow[]>, spool: SecondFile) {
  await spool.write(encodeCsvText(`\ufeff${formatCsvRow(columns, dialect)}`, dialect));
  const keys = columns.map((column) => `${JSON.stringify(column)}:`);
  let text = "";
  for await (const rows of batches) {
    let csv = "";
    for (const row of rows) {
      text += jsonLine(keys, row);
      csv += formatCsvRow(
        row.map((value) => value ?? ""),
        dialect,
      );
    }
    await spool.write(encodeCsvText(csv, dialect));
    if (text.length < pieceChars) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(text);
}

function jsonLine(keys: readonly string[], row: FileRow): string {
  let line = "";
  for (let index = 0; index < row.length; index++) {
    const value = row[index];
    if (value != null) line += `${line === "" ? "{" : ","}${keys[index]}${JSON.stringify(value)}`;
  }
  return line === "" ? "{}\n" : `${line}}\n`;
}
