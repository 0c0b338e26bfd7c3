import { isUtf8 } from "node:buffer";
import { pipeline, type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { JobRefused } from "../../../platform/jobs/index.js";

export interface Line {
  /** The first line of the file is 1. */
  readonly number: number;
  /** Null when it is longer than a record may be, or no UTF-8: see `problem`. */
  readonly text: string | null;
  readonly problem: "RECORD_TOO_LONG" | "RECORD_NOT_UTF8" | null;
}

export interface LineChunk {
  readonly lines: readonly Line[];
  /** Bytes of the stored file that had been read when the chunk was full. */
  readonly readBytes: number;
}

export interface LineLimits {
  /** Lines of a chunk. */
  readonly lines: number;
  /** Bytes of a chunk, roughly. */
  readonly chunkBytes: number;
  /** Bytes of a line. A longer one is a problem of its own, and never held as a whole. */
  readonly lineBytes: number;
  /** Bytes of the whole file, unpacked. */
  readonly totalBytes: number;
}

/** A file that unpacks to several times as much as any upload is no delivery, but an attack or an accident. */
export const lineLimits: LineLimits = {
  lines: 4_000,
  chunkBytes: 4 * 2 ** 20,
  lineBytes: 2 ** 20,
  totalBytes: 16 * 2 ** 30,
};

const newline = 10;

/**
 * The lines of a text in UTF-8, plain or packed by gzip, in chunks. Blank lines are left out, and count. Memory is that
 * of a chunk, however long the file or its lines are.
 * @param isWanted says which lines are of use; the others cost nothing but the reading
 * @throws JobRefused FILE_TOO_LARGE when it unpacks to more than `totalBytes`, FILE_BROKEN when it cannot be unpacked
 */
export async function* readLines(
  file: Readable,
  isWanted: (line: number) => boolean,
  limits: LineLimits = lineLimits,
): AsyncGenerator<LineChunk> {
  const counted = counter(file);
  const splitter = new Splitter(isWanted, limits);
  try {
    for await (const piece of await unpacked(counted.stream)) {
      for (const lines of splitter.take(piece as Buffer)) yield { lines, readBytes: counted.bytes() };
    }
  } catch (error) {
    throw isPackingError(error) ? new JobRefused("FILE_BROKEN") : error;
  } finally {
    file.destroy();
  }
  const rest = splitter.end();
  if (rest.length > 0) yield { lines: rest, readBytes: counted.bytes() };
}

function counter(file: Readable) {
  let count = 0;
  const stream = new Transform({
    transform(piece: Buffer, _, done) {
      count += piece.length;
      done(null, piece);
    },
  });
  // an error of the file comes out of the last stream of the chain
  pipeline(file, stream, () => undefined);
  return { stream, bytes: () => count };
}

/** Gzip says so in its first bytes, whatever the file is called. */
async function unpacked(stream: Readable): Promise<Readable> {
  const first = await firstPiece(stream);
  if (first?.[0] !== 0x1f || first[1] !== 0x8b) return stream;
  const gunzip = createGunzip();
  pipeline(stream, gunzip, () => undefined);
  return gunzip;
}

/** What the stream begins with; it is put back. Null when there is nothing. */
async function firstPiece(stream: Readable): Promise<Buffer | null> {
  for (;;) {
    const piece = stream.read() as Buffer | null;
    if (piece) {
      stream.unshift(piece);
      return piece;
    }
    if (stream.readableEnded || stream.destroyed) return null;
    const hasEnded = await new Promise<boolean>((resolve, reject) => {
      stream.once("readable", () => resolve(false));
      stream.once("end", () => resolve(true));
      stream.once("error", reject);
    });
    if (hasEnded) return null;
  }
}

function isPackingError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && code.startsWith("Z_");
}

/** Cuts pieces into lines, and lines into chunks. */
class Splitter {
  #number = 0;
  #total = 0;
  /** Of the line that has begun; without its bytes once it is too long. */
  #begun: Buffer[] = [];
  #begunBytes = 0;
  #lines: Line[] = [];
  #chunkBytes = 0;

  constructor(
    private readonly isWanted: (line: number) => boolean,
    private readonly limits: LineLimits,
  ) {}

  *take(piece: Buffer): Generator<Line[]> {
    this.#total += piece.length;
    const { totalBytes } = this.limits;
    if (this.#total > totalBytes) throw new JobRefused("FILE_TOO_LARGE", { limit: totalBytes });
    let from = 0;
    for (let to = piece.indexOf(newline); to >= 0; to = piece.indexOf(newline, from)) {
      this.#add(piece.subarray(from, to));
      this.#endLine();
      from = to + 1;
      if (this.#isFull) yield this.#flush();
    }
    this.#add(piece.subarray(from));
  }

  end(): Line[] {
    if (this.#begunBytes > 0) this.#endLine();
    return this.#flush();
  }

  get #isFull(): boolean {
    return this.#lines.length >= this.limits.lines || this.#chunkBytes >= this.limits.chunkBytes;
  }

  #flush(): Line[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#chunkBytes = 0;
    return lines;
  }

  #add(part: Buffer): void {
    this.#begunBytes += part.length;
    if (this.#begunBytes > this.limits.lineBytes) this.#begun = [];
    else if (part.length > 0) this.#begun.push(part);
  }

  #endLine(): void {
    const number = ++this.#number;
    const bytes = this.#begunBytes;
    const [only] = this.#begun;
    const whole = this.#begun.length === 1 ? only! : Buffer.concat(this.#begun);
    this.#begun = [];
    this.#begunBytes = 0;
    if (bytes === 0 || !this.isWanted(number)) return;
    this.#chunkBytes += whole.length;
    if (bytes > this.limits.lineBytes) this.#lines.push({ number, text: null, problem: "RECORD_TOO_LONG" });
    else if (!isUtf8(whole)) this.#lines.push({ number, text: null, problem: "RECORD_NOT_UTF8" });
    else {
      const text = whole.toString("utf8").trim();
      if (text !== "" && text !== "\uFEFF") this.#lines.push({ number, text, problem: null });
    }
  }
}
