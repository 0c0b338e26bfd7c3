import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";
import { FileNotFound, type FileStore, FileStoreFailed } from "../files/file-store.js";

/** Where a zip is read from. */
export type ReadableFiles = Pick<FileStore, "open" | "sizeOf">;

/** A zip without entries, too. */
const signatures = ["504b0304", "504b0506"];

/** By its first bytes. */
export async function isZip(files: ReadableFiles, id: string, sizeBytes: number): Promise<boolean> {
  if (sizeBytes < 4) return false;
  const pieces: Buffer[] = [];
  for await (const piece of await files.open(id, { start: 0, end: 4 })) pieces.push(piece as Buffer);
  return startsAsZip(Buffer.concat(pieces));
}

export function startsAsZip(bytes: Buffer): boolean {
  return signatures.includes(bytes.toString("hex", 0, 4));
}

/** Of a directory yauzl reads some dozens of bytes at a time, which in S3 would be a request each. */
const windowBytes = 64 * 1024;
/** One where the directory is read, and one where an entry begins. */
const mostWindows = 2;

/** Reads pieces of the stored file, wherever it is stored. */
class StoredZip extends yauzl.RandomAccessReader {
  /** What was read last, the newest first. */
  readonly #windows: { readonly start: number; readonly bytes: Buffer }[] = [];

  constructor(
    private readonly files: ReadableFiles,
    private readonly id: string,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const known = this.#known(start, end - start);
    return Readable.from(known ? [known] : rangeOf(this.files, this.id, { start, end }), { objectMode: false });
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, length).then((bytes) => callback(null, bytes.copy(target, offset)), callback);
  }

  async #bytes(position: number, length: number): Promise<Buffer> {
    const known = this.#known(position, length);
    if (known) return known;
    const end = position + Math.max(length, windowBytes);
    const bytes = await buffer(await this.files.open(this.id, { start: position, end }));
    this.#windows.unshift({ start: position, bytes });
    this.#windows.splice(mostWindows);
    return bytes.subarray(0, length);
  }

  #known(position: number, length: number): Buffer | null {
    const at = this.#windows.findIndex(
      ({ start, bytes }) => start <= position && position + length <= start + bytes.length,
    );
    const [window] = this.#windows.splice(at, at < 0 ? 0 : 1);
    if (!window) return null;
    this.#windows.unshift(window);
    return window.bytes.subarray(position - window.start, position - window.start + length);
  }
}

async function* rangeOf(files: ReadableFiles, id: string, range: { start: number; end: number }) {
  yield* await files.open(id, range);
}

/** @throws Error of yauzl for a zip without a directory; errors of the store: see {@link isOfStore} */
export async function openZip(files: ReadableFiles, id: string, sizeBytes: number): Promise<yauzl.ZipFile> {
  // names are told from bytes by whoever asks
  const options = { lazyEntries: true, autoClose: false };
  const zip = await yauzl.fromRandomAccessReaderPromise(new StoredZip(files, id), sizeBytes, options);
  // each error also ends what was waiting for an entry; without a listener it would end the process
  zip.on("error", () => undefined);
  return zip;
}

/** A file below this is no bomb, however well it is packed. */
const harmlessBytes = 64 * 1024 ** 2;
/** Files of people are packed to a tenth; a template of a million equal rows, to a hundredth. */
export const mostRatio = 250;
/** As much as a file may have that is not zipped. Source: rule 6.3.1 */
export const mostUnpackedBytes = 4 * 1024 ** 3;

/** Why what an entry is said to hold is not unpacked; null when it is. Unpacking ends at that size, true or not. */
export function harmOf({ compressedSize, uncompressedSize }: yauzl.Entry): "TOO_LARGE" | "TOO_DENSE" | null {
  if (uncompressedSize > mostUnpackedBytes) return "TOO_LARGE";
  return uncompressedSize > harmlessBytes && uncompressedSize > compressedSize * mostRatio ? "TOO_DENSE" : null;
}

/** No fault of the zip: the file is gone, or the store is. */
export function isOfStore(error: unknown): boolean {
  if (error instanceof FileNotFound || error instanceof FileStoreFailed) return true;
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}
