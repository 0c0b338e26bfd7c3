import { finished } from "node:stream/promises";
import { crc32, createDeflateRaw, type DeflateRaw } from "node:zlib";
import type { ZipMember } from "./zip-format.js";

/** As much memory as zlib takes, and a window that stays in the processor's cache: a quarter less work, for 2 % more bytes. */
const [memLevel, windowBits] = [9, 13];
/** So many that handing them to another thread is little of the work. */
const pieceBytes = 256 * 1024;
const encoder = new TextEncoder();

/** Packs the text of one member of a zip, in UTF-8, on another thread than that of who calls. */
export class Packer {
  readonly #deflate: DeflateRaw;
  #packed: Buffer[] = [];
  /** One is filled while the other one is packed. New ones for each piece would be a fifth of the work, for their memory. */
  #filling = Buffer.allocUnsafeSlow(pieceBytes);
  #resting = Buffer.allocUnsafeSlow(pieceBytes);
  #filled = 0;
  #packing: Promise<void> = Promise.resolve();
  #crc32 = 0;
  #size = 0;
  #packedSize = 0;

  /** @param level of zlib, from 1 (fast) to 9 (small) */
  constructor(level: number) {
    this.#deflate = createDeflateRaw({ level, memLevel, windowBits, chunkSize: 64 * 1024 });
    this.#deflate.on("data", (piece: Buffer) => {
      this.#packed.push(piece);
      this.#packedSize += piece.length;
    });
    // whoever waits for a piece is told; without a listener it would end the process as well
    this.#deflate.on("error", () => undefined);
  }

  /**
   * @param text of any length
   * @returns what has been packed since it was last asked; one call at a time
   */
  async write(text: string): Promise<Buffer[]> {
    for (let rest = text; rest !== ""; ) {
      const { read, written } = encoder.encodeInto(rest, this.#filling.subarray(this.#filled));
      this.#filled += written;
      if (read === rest.length) break;
      rest = rest.slice(read);
      await this.#turn();
    }
    return this.#packed.splice(0);
  }

  /** @returns the rest */
  async end(): Promise<Buffer[]> {
    await this.#turn();
    await this.#packing;
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

  /** Has what was filled packed, once the piece before it is. */
  async #turn(): Promise<void> {
    await this.#packing;
    const content = this.#filling.subarray(0, this.#filled);
    this.#crc32 = crc32(content, this.#crc32);
    this.#size += content.length;
    [this.#filling, this.#resting, this.#filled] = [this.#resting, this.#filling, 0];
    this.#packing = new Promise((resolve, reject) => {
      this.#deflate.write(content, (error) => (error ? reject(error) : resolve()));
    });
    // it is awaited later; until then nobody else listens
    this.#packing.catch(() => undefined);
  }
}
