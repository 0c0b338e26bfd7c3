import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";

/** Where uploaded files wait for their job, and made ones for their reader. Ids say nothing about the content. */
export interface FileStore {
  /**
   * Streams a file in, with the source's back-pressure. All or nothing: after an error of either side, or over the
   * limit, nothing is left behind.
   * @throws FileTooLarge when the source has more than `maxBytes`; errors of the source as they are
   */
  put(institutionId: number, source: Readable, options: { maxBytes: number }): Promise<StoredFile>;

  /**
   * From its first byte, or the bytes from `start` up to, not including, `end`: as far as the file goes, so that beyond
   * its end there are none. Open it anew for each pass.
   * @throws FileNotFound
   */
  open(id: FileId, range?: ByteRange): Promise<Readable>;

  /** In bytes. @throws FileNotFound */
  sizeOf(id: FileId): Promise<number>;

  /** No error when it is gone already. */
  remove(id: FileId): Promise<void>;

  /** Files and abandoned parts that were written before this instant, in any order. */
  olderThan(instant: Date): AsyncIterable<FileId>;

  /** @throws Error when nothing can be stored, or read, at present; it says why, without secrets */
  check(): Promise<void>;
}

/** `<institution>.<random>`, 32 hexadecimal digits of it. */
export type FileId = string;

/** Places in a file; the first byte has 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredFile {
  readonly id: FileId;
  readonly sizeBytes: number;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
}

export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";

  constructor(readonly maxBytes: number) {
    super(`the file has more than ${maxBytes} bytes`);
  }
}

export class FileNotFound extends Error {
  override readonly name = "FileNotFound";

  constructor() {
    super("there is no such file");
  }
}

/** The store cannot be reached, or refuses: no fault of the file. Says why, and names neither file nor key. */
export class FileStoreFailed extends Error {
  override readonly name = "FileStoreFailed";
  /** For logs, which may leave out the message. */
  readonly code: string;

  constructor(readonly reason: string) {
    super(`the file store failed: ${reason}`);
    this.code = reason;
  }
}

/** An id that nothing has yet. */
export function newFileId(institutionId: number): FileId {
  return `${institutionId}.${randomBytes(16).toString("hex")}`;
}

/** The institution that a file belongs to; null when the text is no id of a file. */
export function institutionOf(id: FileId): number | null {
  const match = /^([1-9]\d{0,9})\.[0-9a-f]{32}$/.exec(id);
  return match ? Number(match[1]) : null;
}
