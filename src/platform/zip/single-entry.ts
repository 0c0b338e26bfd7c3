import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import type yauzl from "yauzl";
import type { FileStore } from "../files/file-store.js";
import { harmOf, isOfStore, isZip, openZip } from "./stored-zip.js";

/** More are never looked at, however many the directory promises. */
const mostEntries = 100;

/**
 * Why a zip is not read. NO_ZIP: a workbook, which is a zip too, or one without a directory. NOT_SINGLE: several entries
 * or none, a name that leads out of a folder, an encrypted entry, or one of another kind. TOO_DENSE: it unpacks to more
 * than {@link mostRatio} times its size. BROKEN comes when it is read.
 */
export type ZipFault = "NO_ZIP" | "NOT_SINGLE" | "TOO_LARGE" | "TOO_DENSE" | "BROKEN";

/** What a zip may hold. */
export interface EntryKind {
  readonly name: RegExp;
  refusal(fault: ZipFault): Error;
}

/** What a stored file holds. */
export interface StoredContent {
  /** From its beginning. */
  open(): Readable | Promise<Readable>;
  /** Unpacked. */
  readonly sizeBytes: number;
}

/**
 * How to read a stored file: as it stands, or where it is a zip, the one entry in it. Nothing is unpacked to disk or held
 * in memory; the size in the zip's directory is what unpacking ends at.
 * @throws what the kind makes of a {@link ZipFault}
 */
export async function openStoredFile(files: FileStore, id: string, kind: EntryKind): Promise<StoredContent> {
  const sizeBytes = await files.sizeOf(id);
  if (!(await isZip(files, id, sizeBytes))) return { open: () => files.open(id), sizeBytes };
  const zip = await openArchive(files, id, sizeBytes, kind);
  const entry = await onlyEntry(zip, kind);
  const harm = harmOf(entry);
  if (harm) throw kind.refusal(harm);
  const open = () => Readable.from(contentOf(zip, entry, kind), { objectMode: false });
  return { open, sizeBytes: entry.uncompressedSize };
}

async function openArchive(files: FileStore, id: string, sizeBytes: number, kind: EntryKind): Promise<yauzl.ZipFile> {
  return openZip(files, id, sizeBytes).catch((error: unknown) => {
    throw isOfStore(error) ? error : kind.refusal("NO_ZIP");
  });
}

/** What workbooks and documents of offices have in their zip, and nobody packs beside another file. */
const office = /^(\[Content_Types\]\.xml|mimetype|_rels\/|META-INF\/)/;
/** Folders, and what macOS and Windows add without asking. */
const ignored = /(\/$|^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$)/;

async function onlyEntry(zip: yauzl.ZipFile, kind: EntryKind): Promise<yauzl.Entry> {
  const found: yauzl.Entry[] = [];
  let isOffice = false;
  try {
    for await (const entry of zip.eachEntry()) {
      isOffice ||= office.test(entry.fileName);
      if (!ignored.test(entry.fileName)) found.push(entry);
      if (isOffice || found.length > 1 || zip.entriesRead > mostEntries) break;
    }
  } catch (error) {
    // of the names, yauzl refuses those that lead out of a folder
    throw isOfStore(error) ? error : kind.refusal("NOT_SINGLE");
  }
  if (isOffice) throw kind.refusal("NO_ZIP");
  const [entry] = found;
  const isWanted = entry !== undefined && kind.name.test(entry.fileName) && entry.canDecodeFileData();
  if (found.length !== 1 || !isWanted || zip.entriesRead > mostEntries) throw kind.refusal("NOT_SINGLE");
  return entry;
}

async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry, kind: EntryKind): AsyncGenerator<Buffer> {
  let checksum = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      checksum = crc32(piece as Buffer, checksum);
      yield piece as Buffer;
    }
  } catch (error) {
    throw isOfStore(error) ? error : kind.refusal("BROKEN");
  }
  if (checksum !== entry.crc32) throw kind.refusal("BROKEN");
}
