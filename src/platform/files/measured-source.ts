import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { FileTooLarge, type StoredFile } from "./file-store.js";

/** A file on its way into a store: counted, hashed, and cut off at its limit. To be read once. */
export class MeasuredSource implements AsyncIterable<Buffer> {
  #sizeBytes = 0;
  readonly #hash = createHash("sha256");

  constructor(
    private readonly source: Readable,
    private readonly maxBytes: number,
  ) {}

  /** @throws FileTooLarge; errors of the source as they are */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const chunk of this.source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      this.#sizeBytes += bytes.length;
      if (this.#sizeBytes > this.maxBytes) throw new FileTooLarge(this.maxBytes);
      this.#hash.update(bytes);
      yield bytes;
    }
  }

  /** Once all was read. */
  measures(): Omit<StoredFile, "id"> {
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest("hex") };
  }
}
