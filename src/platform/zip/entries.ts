import type { Readable } from "node:stream";
import type yauzl from "yauzl";
import { harmOf, isOfStore, openZip, type ReadableFiles } from "./stored-zip.js";

/** More are not looked at, however many the directory promises. */
const mostEntries = 10_000;

/** What is packed in a stored zip. */
export interface ZipEntry {
  /** From 1. */
  readonly place: number;
  readonly name: string;
  /** Null where it cannot be unpacked: encrypted, packed in a way of its own, or beyond reason. */
  readonly content: Readable | null;
}

/**
 * The entries of a stored zip, one after the other; each is to be read, or destroyed, before the next. Nothing is unpacked
 * to disk or held in memory. @yields null in the end where the zip is broken or has too many: something was not looked at
 * @throws FileNotFound when the file is gone
 */
export async function* zipEntries(files: ReadableFiles, id: string): AsyncGenerator<ZipEntry | null> {
  try {
    const zip = await openZip(files, id, await files.sizeOf(id));
    for await (const entry of zip.eachEntry()) {
      if (zip.entriesRead > mostEntries) return yield null;
      if (!entry.fileName.endsWith("/"))
        yield { place: zip.entriesRead, name: entry.fileName, content: await contentOf(zip, entry) };
    }
  } catch (error) {
    if (isOfStore(error)) throw error;
    yield null;
  }
}

async function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable | null> {
  return entry.canDecodeFileData() && harmOf(entry) === null ? zip.openReadStreamPromise(entry) : null;
}
