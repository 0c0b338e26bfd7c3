import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { FileNotFound, type FileStore, institutionOf } from "../../../platform/files/index.js";
import { isOfStore, type ReadableFiles, startsAsZip, zipEntries } from "../../../platform/zip/index.js";
import type { ReadReport } from "./read-report.js";

export type { ReadableFiles };

export interface StoredText {
  /** Id of the file; of what is packed in it, followed by its place. */
  readonly rowKey: string;
  /** Unpacked. To be read before the next is asked for. */
  readonly content: AsyncIterable<Buffer>;
}

/**
 * What an institution's stored files hold, each file in a zip by itself, behind its name. What goes meanwhile is nothing to
 * find; what cannot be looked into is counted in the report.
 */
export async function* storedTexts(
  files: FileStore,
  institutionId: number,
  { before, report }: { readonly before: Date; readonly report: ReadReport },
): AsyncGenerator<StoredText> {
  for await (const id of files.olderThan(before)) {
    if (institutionOf(id) !== institutionId) continue;
    try {
      yield* textsOfFile(files, id, report);
    } catch (error) {
      if (!(error instanceof FileNotFound)) throw error;
    }
  }
}

/** What one file holds: of a zip, each file in it. @throws FileNotFound */
export async function* textsOfFile(files: ReadableFiles, id: string, report: ReadReport): AsyncGenerator<StoredText> {
  const first = await firstBytes(await files.open(id, { start: 0, end: 4 }));
  if (startsAsZip(first)) yield* packedTexts(files, id, report);
  else yield { rowKey: id, content: textOf(await files.open(id), report) };
}

async function firstBytes(source: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function* packedTexts(files: ReadableFiles, id: string, report: ReadReport): AsyncGenerator<StoredText> {
  for await (const entry of zipEntries(files, id)) {
    if (entry?.content) yield { rowKey: `${id}/${entry.place}`, content: textOf(entry.content, report, entry.name) };
    else report.unreadFiles++;
  }
}

async function* textOf(source: Readable, report: ReadReport, name?: string): AsyncGenerator<Buffer> {
  // an ending would be taken for a part of the last word
  if (name !== undefined) yield Buffer.from(`${name}\n${name.replace(/\.\w+$/, "")}\n`);
  try {
    yield* unpacked(source);
  } catch (error) {
    if (isOfStore(error)) throw error;
    report.unreadFiles++;
  }
}

/** Of files packed by gzip, what is in them; UTF-16, as spreadsheets write it, without its empty bytes. */
async function* unpacked(source: Readable): AsyncGenerator<Buffer> {
  const pieces: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  const { value: first } = await pieces.next();
  if (!first) return;
  const all = (async function* (): AsyncGenerator<Buffer> {
    yield first;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  })();
  try {
    // only what people packed twice by hand is one
    if (startsAsZip(first)) throw new ZipInZip();
    const isPacked = first[0] === 0x1f && first[1] === 0x8b;
    const isWide = (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);
    const plain: AsyncIterable<Buffer> = isPacked ? gunzipped(all) : all;
    for await (const piece of plain)
      yield isWide ? Buffer.from(piece.filter((byte) => byte !== 0)) : Buffer.from(piece);
  } finally {
    source.destroy();
  }
}

/** What goes wrong with either end ends the reading of it. */
const gunzipped = (packed: AsyncGenerator<Buffer>): AsyncIterable<Buffer> =>
  pipeline(packed, createGunzip(), () => undefined);

class ZipInZip extends Error {
  override readonly name = "ZipInZip";
}
