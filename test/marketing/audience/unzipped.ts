import { inflateRawSync } from "node:zlib";

const endOfDirectory = 0x06054b50;

/** The files of a zip by name, as its directory lists them. */
export function unzipped(zip: Buffer): Map<string, string> {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== endOfDirectory) end--;
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [size, nameSize, extraSize] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
    ];
    const local = zip.readUInt32LE(at + 42);
    const content = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameSize);
    files.set(name, inflateRawSync(zip.subarray(content, content + size)).toString());
    at += 46 + nameSize + extraSize + zip.readUInt16LE(at + 32);
  }
  return files;
}
