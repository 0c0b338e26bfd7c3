import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { CsvFileError } from "./errors.js";

/** Opens the stored file anew for each pass (detection, then reading). A zip is opened at its entry. */
export type OpenFile = () => Promise<Readable> | Readable;

/** Between two pieces other work gets its turn; parsing one takes about 2 ms. */
const pieceBytes = 64 * 1024;

/**
 * Reads the file in pieces of 64 KiB (only the last is shorter), whatever the stream hands out, so that a byte order
 * mark or a signature is never split and one huge chunk is not parsed at once. Closes the stream in every case.
 *
 * @throws CsvFileError FILE_TOO_LARGE as soon as the limit is passed; errors of the stream as they are
 */
export async function* readPieces(open: OpenFile, maxBytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let totalBytes = 0;
  for await (const chunk of await open()) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    totalBytes += bytes.length;
    if (totalBytes > maxBytes) throw new CsvFileError("FILE_TOO_LARGE", { limit: maxBytes });
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (waitingBytes < pieceBytes) continue;

    const joined = waiting.length === 1 ? bytes : Buffer.concat(waiting);
    const wholeBytes = joined.length - (joined.length % pieceBytes);
    for (let at = 0; at < wholeBytes; at += pieceBytes) {
      yield joined.subarray(at, at + pieceBytes);
      await setImmediate();
    }
    waiting = [joined.subarray(wholeBytes)];
    waitingBytes = joined.length - wholeBytes;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}
