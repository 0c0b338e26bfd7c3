/** A file in a zip, as its directory lists it. */
export interface ZipMember {
  readonly name: string;
  readonly at: Date;
  readonly crc32: number;
  /** In bytes, as the next one. */
  readonly size: number;
  readonly packedSize: number;
}

const most = 0xff_ff_ff_ff;
/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const flags = 0x08_08;
const deflated = 8;
const version = 20;
/** Made on Unix; a plain file that its owner reads and writes. */
const madeBy = (3 << 8) | version;
const mode = 0o100600;

/** What stands before a member whose size nobody knows yet. Source: PKWARE APPNOTE 6.3, section 4.3.7 */
export function localHeader({ name, at }: Pick<ZipMember, "name" | "at">): Buffer {
  const bytes = Buffer.from(name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt32LE(dosTime(at), 10);
  header.writeUInt16LE(bytes.length, 26);
  return Buffer.concat([header, bytes]);
}

/** What stands behind it. @throws RangeError for 4 GiB and more: the plain form holds no such size */
export function dataDescriptor({ crc32, size, packedSize }: Pick<ZipMember, "crc32" | "size" | "packedSize">): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc32, 4);
  descriptor.writeUInt32LE(checked(packedSize), 8);
  descriptor.writeUInt32LE(checked(size), 12);
  return descriptor;
}

/** The end of a zip of these members, one after another from its first byte on. @throws RangeError for 4 GiB and more */
export function directory(members: readonly ZipMember[]): Buffer {
  const entries: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    entries.push(directoryEntry(member, checked(offset)));
    offset += localHeader(member).length + member.packedSize + dataDescriptor(member).length;
  }
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(checked(offset), 16);
  return Buffer.concat([...entries, end]);
}

function directoryEntry({ name, at, crc32, size, packedSize }: ZipMember, offset: number): Buffer {
  const bytes = Buffer.from(name);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(madeBy, 4);
  entry.writeUInt16LE(version, 6);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(deflated, 10);
  entry.writeUInt32LE(dosTime(at), 12);
  entry.writeUInt32LE(crc32, 16);
  entry.writeUInt32LE(packedSize, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(bytes.length, 28);
  entry.writeUInt32LE(mode * 0x1_00_00, 38);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, bytes]);
}

function checked(size: number): number {
  if (size >= most) throw new RangeError("a file in a zip has 4 GiB or more");
  return size;
}

/** Of UTC, to two seconds; from 1980 on. */
function dosTime(at: Date): number {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return day * 0x1_00_00 + time;
}
