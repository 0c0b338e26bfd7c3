import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Packer } from "./packer.js";
import { dataDescriptor, directory, localHeader } from "./zip-format.js";

export interface TwinNames {
  readonly first: string;
  readonly second: string;
  /** Stands in the zip as the time of its files. */
  readonly at: Date;
}

/** Where the second file is written, while the first one is read. */
export interface SecondFile {
  write(text: string): Promise<void>;
}

/** Of zlib: more effort makes what we export hardly smaller. */
const level = 1;
const pieceBytes = 64 * 1024;
const readBytes = 512 * 1024;

/**
 * A zip with two files that say the same in two ways, made in one go through their source, which is read as slowly as the
 * zip is. Both are packed on threads of their own, while what comes next is worked out. What waits for its turn lies in a
 * file that has no name any more, so that nothing is left behind when the process dies. Whoever stops reading ends the
 * source, and with it what it reads from. Each file has less than 4 GiB, or the zip ends with a RangeError.
 * @param write yields the first file in texts of any length, and writes the second one on the way
 */
export function twinFiles(names: TwinNames, write: (second: SecondFile) => AsyncIterable<string>): Readable {
  return Readable.from(zip(names, write), { objectMode: false, highWaterMark: pieceBytes });
}

async function* zip({ first, second, at }: TwinNames, write: (second: SecondFile) => AsyncIterable<string>) {
  const [packer, spool] = [new Packer(level), new Spool(new Packer(level))];
  try {
    yield localHeader({ name: first, at });
    for await (const text of write(spool)) yield* await packer.write(text);
    yield* await packer.end();
    yield dataDescriptor(packer.member);
    yield localHeader({ name: second, at });
    yield* await spool.read();
    yield dataDescriptor(spool.member);
    yield directory([
      { name: first, at, ...packer.member },
      { name: second, at, ...spool.member },
    ]);
  } finally {
    packer.close();
    await spool.close();
  }
}

/** A packed file that is written first and then read, and that nobody finds. */
class Spool implements SecondFile {
  #opened: Promise<FileHandle> | undefined;

  constructor(private readonly packer: Packer) {}

  get member(): Packer["member"] {
    return this.packer.member;
  }

  async write(text: string): Promise<void> {
    await this.#append(await this.packer.write(text));
  }

  async read(): Promise<Readable> {
    await this.#append(await this.packer.end());
    return (await this.#handle()).createReadStream({ start: 0, autoClose: false, highWaterMark: readBytes });
  }

  async close(): Promise<void> {
    this.packer.close();
    if (this.#opened) await (await this.#opened).close();
  }

  async #append(pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) await (await this.#handle()).appendFile(piece);
  }

  #handle(): Promise<FileHandle> {
    this.#opened ??= openNameless();
    return this.#opened;
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), randomUUID());
  const handle = await open(path, "wx+", 0o600);
  await unlink(path);
  return handle;
}
