import type { Readable } from "node:stream";
import { Readable as Stream } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { CsvFileError, type OpenFile } from "../csv/index.js";
import { FileNotFound, type FileStore } from "../files/file-store.js";

/** More are never looked at, however many the directory promises. */
const mostEntries = 100;
/** As much as a file may have that is not zipped. Source: rule 6.3.1 */
const mostBytes = 4 * 1024 ** 3;
/** A file below this is no bomb, however well it is packed. */
const harmlessBytes = 64 * 1024 ** 2;
/** Files of people are packed to a tenth; a template of a million equal rows, to a hundredth. */
const mostRatio = 250;

/**
 * How to open a stored file as CSV: as it stands, or where it is a zip, the one CSV in it. Nothing is unpacked to disk or
 * held in memory; the size in the zip's directory is what unpacking ends at.
 *
 * @throws CsvFileError FILE_NOT_CSV for a workbook, which is a zip too, and for a zip without a directory;
 *   ZIP_NOT_SINGLE_CSV for several entries or none, a name that leads out of a folder, an encrypted entry, or one that is
 *   no CSV; FILE_TOO_LARGE. The stream, when it is read: ZIP_BROKEN
 * Source: rule 6.3.1, R47 to R49
 */
export async function openCsvFile(files: FileStore, id: string): Promise<OpenFile> {
  const sizeBytes = await files.sizeOf(id);
  if (!(await isZip(files, id, sizeBytes))) return () => files.open(id);
  const zip = await openZip(files, id, sizeBytes);
  const entry = await onlyCsv(zip);
  assertHarmless(entry);
  return () => Stream.from(contentOf(zip, entry), { objectMode: false });
}

const signatures = ["504b0304", "504b0506"];

async function isZip(files: FileStore, id: string, sizeBytes: number): Promise<boolean> {
  if (sizeBytes < 4) return false;
  const pieces: Buffer[] = [];
  for await (const piece of await files.open(id, { start: 0, end: 4 })) pieces.push(piece as Buffer);
  return signatures.includes(Buffer.concat(pieces).toString("hex"));
}

/** Reads pieces of the stored file, wherever it is stored. */
class StoredZip extends yauzl.RandomAccessReader {
  constructor(
    private readonly files: FileStore,
    private readonly id: string,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Stream.from(rangeOf(this.files, this.id, { start, end }), { objectMode: false });
  }
}

async function* rangeOf(files: FileStore, id: string, range: { start: number; end: number }) {
  yield* await files.open(id, range);
}

async function openZip(files: FileStore, id: string, sizeBytes: number): Promise<yauzl.ZipFile> {
  try {
    const options = { lazyEntries: true, autoClose: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(new StoredZip(files, id), sizeBytes, options);
    // each error also ends what was waiting for an entry; without a listener it would end the process
    zip.on("error", () => undefined);
    return zip;
  } catch (error) {
    throw isOfDisk(error) ? error : new CsvFileError("FILE_NOT_CSV", { found: "zip" });
  }
}

/** What workbooks and documents of offices have in their zip, and nobody packs beside a CSV. */
const office = /^(\[Content_Types\]\.xml|mimetype|_rels\/|META-INF\/)/;
/** Folders, and what macOS and Windows add without asking. */
const ignored = /(\/$|^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$)/;

async function onlyCsv(zip: yauzl.ZipFile): Promise<yauzl.Entry> {
  const found: yauzl.Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (office.test(entry.fileName)) throw new CsvFileError("FILE_NOT_CSV", { found: "zip" });
      if (!ignored.test(entry.fileName)) found.push(entry);
      if (found.length > 1 || zip.entriesRead > mostEntries) break;
    }
  } catch (error) {
    // of the names, yauzl refuses those that lead out of a folder
    throw error instanceof CsvFileError || isOfDisk(error) ? error : new CsvFileError("ZIP_NOT_SINGLE_CSV");
  }
  const [entry] = found;
  const isCsv = entry !== undefined && /\.csv$/i.test(entry.fileName) && entry.canDecodeFileData();
  if (found.length !== 1 || !isCsv || zip.entriesRead > mostEntries) throw new CsvFileError("ZIP_NOT_SINGLE_CSV");
  return entry;
}

/** Before anything of it is unpacked. Unpacking stops at the size that stands in the directory, true or not. */
function assertHarmless({ compressedSize, uncompressedSize }: yauzl.Entry): void {
  const isBomb = uncompressedSize > harmlessBytes && uncompressedSize > compressedSize * mostRatio;
  if (uncompressedSize > mostBytes || isBomb) throw new CsvFileError("FILE_TOO_LARGE", { limit: mostBytes });
}

async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  let checksum = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      checksum = crc32(piece as Buffer, checksum);
      yield piece as Buffer;
    }
  } catch (error) {
    throw isOfDisk(error) ? error : new CsvFileError("ZIP_BROKEN");
  }
  if (checksum !== entry.crc32) throw new CsvFileError("ZIP_BROKEN");
}

/** No fault of the zip: the file is gone, or the store is. */
function isOfDisk(error: unknown): boolean {
  return error instanceof FileNotFound || (error as NodeJS.ErrnoException).syscall !== undefined;
}
