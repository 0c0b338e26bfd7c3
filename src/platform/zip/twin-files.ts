import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";

export interface TwinNames {
  readonly first: string;
  readonly second: string;
  /** Stands in the zip as the time of its files. */
  readonly at: Date;
}

/**
 * A zip with two files that say the same in two ways, made in one go through their source, which is read as slowly as the
 * zip is. What waits for its turn lies in a file that has no name any more, so that nothing is left behind when the
 * process dies.
 * @param write yields the first file, and writes the second one on the way
 */
export function twinFiles({ first, second, at }: TwinNames, write: (second: Spool) => AsyncIterable<Buffer>): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  const options = { mtime: at, mode: 0o600, forceZip64Format: false, compressionLevel: 1 };
  const spool = new Spool();
  // yazl listens to streams of its own alone: a fault of the source would have no listener and end the process
  const ending = (stream: Readable) => stream.once("error", (error: Error) => output.destroy(error));
  const source = ending(Readable.from(write(spool), { objectMode: false }));
  zip.addReadStream(source, first, options);
  zip.addReadStreamLazy(second, options, (use) => {
    spool.read().then(
      (stream) => use(null, ending(stream)),
      (error) => use(error as Error, Readable.from([])),
    );
  });
  zip.end();
  // whoever stops reading ends the source, and with it its cursor
  output.once("close", () => {
    source.destroy();
    void spool.close();
  });
  return output;
}

const pieceBytes = 64 * 1024;

/** A file that is written first and then read, and that nobody finds. */
export class Spool {
  #opened: Promise<FileHandle> | undefined;

  #handle(): Promise<FileHandle> {
    this.#opened ??= openNameless();
    return this.#opened;
  }

  async write(bytes: Buffer): Promise<void> {
    await (await this.#handle()).appendFile(bytes);
  }

  async read(): Promise<Readable> {
    return (await this.#handle()).createReadStream({ start: 0, autoClose: false, highWaterMark: pieceBytes });
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
