import { TextDecoder } from "node:util";
import type { CsvEncoding } from "./dialect.js";
import { CsvFileError, type CsvFileErrorParams } from "./errors.js";

const byteOrderMarks: readonly [CsvEncoding, Buffer][] = [
  ["utf-8", Buffer.from([0xef, 0xbb, 0xbf])],
  ["utf-16le", Buffer.from([0xff, 0xfe])],
  ["utf-16be", Buffer.from([0xfe, 0xff])],
];

/** Files that people take for CSV because of their name. The old `.xls` is an OLE2 file. */
const signatures: readonly [CsvFileErrorParams["found"], Buffer][] = [
  ["zip", Buffer.from("PK\x03\x04", "latin1")],
  ["zip", Buffer.from("PK\x05\x06", "latin1")],
  ["ole2", Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
  ["pdf", Buffer.from("%PDF-", "latin1")],
  ["gzip", Buffer.from([0x1f, 0x8b, 0x08])],
];

/** Bytes without a meaning in Windows-1252. In Mac Roman they are frequent letters (`ç è ê ù`). */
export const undefinedInWindows1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

const startsWith = (bytes: Buffer, prefix: Buffer) => bytes.subarray(0, prefix.length).equals(prefix);

/** A streaming decoder that takes off the byte order mark and refuses what is not in the encoding. */
export const strictDecoder = (encoding: CsvEncoding) => new TextDecoder(encoding, { fatal: true });

/** The beginning of a file without the marks that are left: each program that a file goes through may add one. */
export function withoutMarks(text: string): string {
  let at = 0;
  while (text[at] === "\ufeff") at++;
  return at === 0 ? text : text.slice(at);
}

/** Decodes the next piece, or with none what is left. @throws CsvFileError BAD_ENCODING */
export function decodePiece(decoder: TextDecoder, piece?: Buffer): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw new CsvFileError("BAD_ENCODING");
    throw cause;
  }
}

/**
 * Learns the encoding from every byte of the file: a Windows-1252 letter may stand in its last row only.
 * Order: byte order mark, else strict UTF-8, else Windows-1252. Source: rules 6.3.1 and 6.3.2
 */
export class EncodingInspector {
  readonly byteOrderMark: boolean;
  readonly #marked: CsvEncoding | undefined;
  readonly #decoder: TextDecoder;
  #isValidUtf8 = true;
  #isWindows1252 = true;

  /** @throws CsvFileError FILE_NOT_CSV for a signature that is not text */
  constructor(first: Buffer) {
    const signature = signatures.find(([, prefix]) => startsWith(first, prefix));
    if (signature) throw new CsvFileError("FILE_NOT_CSV", { found: signature[0] });
    this.#marked = byteOrderMarks.find(([, mark]) => startsWith(first, mark))?.[0];
    this.byteOrderMark = this.#marked !== undefined;
    this.#decoder = strictDecoder(this.#marked ?? "utf-8");
  }

  /** @throws CsvFileError FILE_NOT_CSV at a NUL; BAD_ENCODING where bytes contradict the byte order mark */
  inspect(piece: Buffer): void {
    if (this.#marked === "utf-16le" || this.#marked === "utf-16be") {
      this.#decode(piece);
      return;
    }
    if (piece.includes(0)) throw new CsvFileError("FILE_NOT_CSV", { found: "nul" });
    if (this.#isWindows1252) this.#isWindows1252 = !undefinedInWindows1252.some((byte) => piece.includes(byte));
    if (this.#isValidUtf8) this.#decode(piece);
  }

  /** Good enough for delimiters, quotes and line ends, which are the same in all encodings without a mark. */
  get provisional(): CsvEncoding {
    return this.#marked ?? "windows-1252";
  }

  /** The encoding, once the whole file has been inspected. @throws CsvFileError BAD_ENCODING */
  finish(): CsvEncoding {
    if (this.#isValidUtf8) this.#decode();
    if (this.#marked) return this.#marked;
    if (this.#isValidUtf8) return "utf-8";
    if (!this.#isWindows1252) throw new CsvFileError("BAD_ENCODING");
    return "windows-1252";
  }

  #decode(piece?: Buffer): void {
    let text: string;
    try {
      text = decodePiece(this.#decoder, piece);
    } catch (error) {
      if (this.#marked || !(error instanceof CsvFileError)) throw error;
      this.#isValidUtf8 = false;
      return;
    }
    if (text.includes("\0")) throw new CsvFileError("FILE_NOT_CSV", { found: "nul" });
  }
}
