import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { encodeCsvText, formatCsvRow, spreadsheetDialect } from "../../../platform/csv/index.js";

/** The values of a row, in the order of the columns; null: none. */
export type FileRow = readonly (string | null)[];

/** As RFC 4180 has it, for spreadsheets: with a byte order mark, and formulas made harmless. */
const dialect = spreadsheetDialect(",");
const pieceChars = 64 * 1024;

/**
 * A zip with the same rows twice: `recipients.jsonl`, an object on each line, without what has no value, and
 * `recipients.csv` with a header. Rows are taken once and as slowly as the zip is read; what waits for its turn lies in a
 * file that has no name any more, so that nothing is left behind when the process dies.
 * @param at stands in the zip as the time of its files
 */
export function recipientFile(
  columns: readonly string[],
  batches: AsyncIterable<readonly FileRow[]>,
  at: Date,
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  const options = { mtime: at, mode: 0o600, forceZip64Format: false, compressionLevel: 1 };
  const spool = new Spool();
  // yazl listens to streams of its own alone: a fault of the rows would have no listener and end the process
  const ending = (stream: Readable) => stream.once("error", (error: Error) => output.destroy(error));
  const lines = ending(Readable.from(jsonLines(columns, batches, spool), { objectMode: false }));
  zip.addReadStream(lines, "recipients.jsonl", options);
  zip.addReadStreamLazy("recipients.csv", options, (use) => {
    spool.read().then(
      (stream) => use(null, ending(stream)),
      (error) => use(error as Error, Readable.from([])),
    );
  });
  zip.end();
  // whoever stops reading ends the rows, and with them their cursor
  output.once("close", () => {
    lines.destroy();
    void spool.close();
  });
  return output;
}

async function* jsonLines(columns: readonly string[], batches: AsyncIterable<readonly FileRow[]>, spool: Spool) {
  await spool.write(`\ufeff${formatCsvRow(columns, dialect)}`);
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
    await spool.write(csv);
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

/** A file that is written first and then read, and that nobody finds. */
class Spool {
  #opened: Promise<FileHandle> | undefined;

  #handle(): Promise<FileHandle> {
    this.#opened ??= openNameless();
    return this.#opened;
  }

  async write(text: string): Promise<void> {
    await (await this.#handle()).appendFile(encodeCsvText(text, dialect));
  }

  async read(): Promise<Readable> {
    return (await this.#handle()).createReadStream({ start: 0, autoClose: false, highWaterMark: pieceChars });
  }

  async close(): Promise<void> {
    if (this.#opened) await (await this.#opened).close();
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), randomUUID());
  const handle = await open(path, "wx+", 0o600);
  await unlink(path);
  return handle;
}
