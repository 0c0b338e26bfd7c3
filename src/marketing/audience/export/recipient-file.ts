import type { Readable } from "node:stream";
import { formatCsvCell, formatCsvRow, spreadsheetDialect } from "../../../platform/csv/index.js";
import { type SecondFile, twinFiles } from "../../../platform/zip/index.js";

/** The values of a row, in the order of the columns; null: none. */
export type FileRow = readonly (string | null)[];

/** As RFC 4180 has it, for spreadsheets: with a byte order mark, and formulas made harmless. */
const dialect = spreadsheetDialect(",");

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
  return twinFiles(names, (csv) => jsonLines(columns, batches, csv));
}

async function* jsonLines(columns: readonly string[], batches: AsyncIterable<readonly FileRow[]>, csv: SecondFile) {
  await csv.write(`\ufeff${formatCsvRow(columns, dialect)}`);
  const keys = columns.map((column) => `${JSON.stringify(column)}:`);
  for await (const rows of batches) {
    let [objects, lines] = ["", ""];
    for (const row of rows) {
      const [object, line] = bothFormsOf(keys, row);
      objects += `{${object}}\n`;
      lines += line + dialect.lineEnd;
    }
    await csv.write(lines);
    yield objects;
  }
}

/** What neither JSON nor CSV writes otherwise, as nearly all values are: told at once for both. */
const plain = /^(?!sep=)[a-z0-9][\w .@:/?=&-]*$/i;

/** The members of a JSON object, and the cells of a line. */
function bothFormsOf(keys: readonly string[], row: FileRow): [string, string] {
  let [members, cells] = ["", ""];
  for (let index = 0; index < row.length; index++) {
    if (index > 0) cells += dialect.delimiter;
    const value = row[index] ?? null;
    if (value === null) continue;
    if (members !== "") members += ",";
    const isPlain = plain.test(value);
    members += keys[index]! + (isPlain ? `"${value}"` : JSON.stringify(value));
    cells += isPlain ? value : formatCsvCell(value, dialect);
  }
  return [members, cells];
}
