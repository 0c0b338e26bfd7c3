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
  const openings = openingsOf(columns);
  for await (const rows of batches) {
    const [objects, lines] = bothFormsOf(openings, rows);
    await csv.write(lines);
    yield objects;
  }
}

/** What stands in a JSON object before the value of each column. */
interface Openings {
  readonly ofFirst: readonly string[];
  /** Behind another value, which it closes. */
  readonly ofOthers: readonly string[];
}

function openingsOf(columns: readonly string[]): Openings {
  const keys = columns.map((column) => `${JSON.stringify(column)}:"`);
  return { ofFirst: keys.map((key) => `{${key}`), ofOthers: keys.map((key) => `",${key}`) };
}

/** What neither JSON nor CSV writes otherwise, as nearly all values are: told at once for both. */
const plain = /^(?!sep=)[a-z0-9][\w .@:/?=&-]*$/i;

/**
 * The rows as JSON objects and as lines of CSV. Texts are put together of as few parts as can be: each part in between is
 * work for the collector.
 */
function bothFormsOf({ ofFirst, ofOthers }: Openings, rows: readonly FileRow[]): [string, string] {
  let [objects, lines] = ["", ""];
  for (const row of rows) {
    const cells: string[] = [];
    let openings = ofFirst;
    for (let index = 0; index < row.length; index++) {
      const value = row[index] ?? null;
      if (value === null) {
        cells.push("");
        continue;
      }
      const isPlain = plain.test(value);
      cells.push(isPlain ? value : formatCsvCell(value, dialect));
      objects += openings[index]! + (isPlain ? value : JSON.stringify(value).slice(1, -1));
      openings = ofOthers;
    }
    objects += openings === ofFirst ? "{}\n" : '"}\n';
    lines += cells.join(dialect.delimiter) + dialect.lineEnd;
  }
  return [objects, lines];
}
