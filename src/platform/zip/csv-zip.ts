import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { type CsvDialect, writeCsv } from "../csv/index.js";

export interface ZippedCsv {
  /** Of the CSV in the zip. */
  readonly name: string;
  readonly dialect: CsvDialect;
  /** Stands in the zip as the time of its file. */
  readonly at: Date;
}

/** A zip with one CSV. Rows are taken as slowly as the zip is read, and nothing of it is held. */
export function zippedCsv(rows: AsyncIterable<readonly string[]>, { name, dialect, at }: ZippedCsv): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  const csv = Readable.from(writeCsv(rows, dialect), { objectMode: false });
  // yazl listens to streams of its own alone: a fault of the rows would have no listener and end the process
  csv.once("error", (error: Error) => output.destroy(error));
  // whoever stops reading ends the rows, and with them their cursor
  output.once("close", () => csv.destroy());
  zip.addReadStream(csv, name, { mtime: at, mode: 0o100600, compressionLevel: 6 });
  zip.end();
  return output;
}
