import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A zip with these files. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith("/")) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(content as string), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** The zip with another name of the same length in both places. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString("latin1").replaceAll(from, to), "latin1");
}

const centralHeader = Buffer.from("PK\x01\x02", "latin1");

/** The zip with other values in its directory's first entry: place in the entry, and what is written there. */
export function forged(zip: Buffer, ...changes: readonly (readonly [offset: number, bytes: Buffer])[]): Buffer {
  const copy = Buffer.from(zip);
  const start = copy.indexOf(centralHeader);
  for (const [offset, bytes] of changes) bytes.copy(copy, start + offset);
  return copy;
}

export const uint16 = (value: number) => Buffer.from([value & 0xff, value >> 8]);

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
