import { finished } from "node:stream/promises";
import { crc32, createDeflateRaw, type DeflateRaw } from "node:zlib";
import type { ZipMember } from "./zip-format.js";

/** Packs the content of one member of a zip, on another thread than that of who calls. */
export class Packer {
  readonly #deflate: DeflateRaw;
  #packed: Buffer[] = [];
  #crc32 = 0;
  #size = 0;
  #packedSize = 0;

  /** @param level of zlib, from 1 (fast) to 9 (small) */
  constructor(level: number) {
    this.#deflate = createDeflateRaw({ level, chunkSize: 64 * 1024 });
    this.#deflate.on("data", (piece: Buffer) => {
      this.#packed.push(piece);
      this.#packedSize += piece.length;
    });
    // whoever waits for a piece is told; without a listener it would end the process as well
    this.#deflate.on("error", () => undefined);
  }

  /** @returns what has been packed since it was last asked; one call at a time */
  async pack(content: Buffer): Promise<Buffer[]> {
    this.#crc32 = crc32(content, this.#crc32);
    this.#size += content.length;
    await new Promise<void>((resolve, reject) => {
      this.#deflate.write(content, (error) => (error ? reject(error) : resolve()));
    });
    return this.#packed.splice(0);
  }

  /** @returns the rest */
  async end(): Promise<Buffer[]> {
    this.#deflate.end();
    await finished(this.#deflate);
    return this.#packed.splice(0);
  }

  /** Of all that was packed. */
  get member(): Pick<ZipMember, "crc32" | "size" | "packedSize"> {
    return { crc32: this.#crc32, size: this.#size, packedSize: this.#packedSize };
  }

  /** Frees what it holds, also when it has not ended. */
  close(): void {
    this.#deflate.destroy();
  }
}
