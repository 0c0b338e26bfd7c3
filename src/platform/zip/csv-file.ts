import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import type yauzl from "yauzl";
import { CsvFileError, type OpenFile } from "../csv/index.js";
import type { FileStore } from "../files/file-store.js";
import { isHarmless, isOfStore, isZip, mostUnpackedBytes, openZip } from "./stored-zip.js";

/** More are never looked at, however many the directory promises. */
const mostEntries = 100;
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
  const zip = await openArchive(files, id, sizeBytes);
  const entry = await onlyCsv(zip);
  assertHarmless(entry);
  return () => Readable.from(contentOf(zip, entry), { objectMode: false });
}

async function openArchive(files: FileStore, id: string, sizeBytes: number): Promise<yauzl.ZipFile> {
  return openZip(files, id, sizeBytes).catch((error: unknown) => {
    throw isOfStore(error) ? error : new CsvFileError("FILE_NOT_CSV", { found: "zip" });
  });
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
    throw error instanceof CsvFileError || isOfStore(error) ? error : new CsvFileError("ZIP_NOT_SINGLE_CSV");
  }
  const [entry] = found;
  const isCsv = entry !== undefined && /\.csv$/i.test(entry.fileName) && entry.canDecodeFileData();
  if (found.length !== 1 || !isCsv || zip.entriesRead > mostEntries) throw new CsvFileError("ZIP_NOT_SINGLE_CSV");
  return entry;
}

/** Before anything of it is unpacked. */
function assertHarmless(entry: yauzl.Entry): void {
  if (!isHarmless(entry)) throw new CsvFileError("FILE_TOO_LARGE", { limit: mostUnpackedBytes });
}

async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  let checksum = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      checksum = crc32(piece as Buffer, checksum);
      yield piece as Buffer;
    }
  } catch (error) {
    throw isOfStore(error) ? error : new CsvFileError("ZIP_BROKEN");
  }
  if (checksum !== entry.crc32) throw new CsvFileError("ZIP_BROKEN");
}
