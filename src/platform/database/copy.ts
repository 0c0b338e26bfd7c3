import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";

/** Values in the order of the columns; null is NULL, everything else goes in as its text. */
export type CopyRow = readonly (string | number | null)[];

const pieceCharacters = 64 * 1024;
const packedBytes = 16 * 1024;
const [tab, newLine, backslash, digitZero] = [0x09, 0x0a, 0x5c, 0x30];
const nullText = "\\N";

/**
 * Rows in PostgreSQL's text format, kept as bytes: a fraction of what they take as values, outside of the heap, so that
 * rows which wait for each other until they are sent are no work for the collector. Written byte by byte, because the texts
 * that would be made on the way were most of its work.
 */
export class PackedRows {
  #pieces: Buffer[] = [];
  #piece = Buffer.allocUnsafeSlow(packedBytes);
  /** Bytes of the piece that are in use. */
  #at = 0;

  add(row: CopyRow): void {
    let isFirst = true;
    for (const value of row) {
      if (!isFirst) this.#byte(tab);
      isFirst = false;
      if (value === null) this.#plain(nullText);
      else if (typeof value === "string") this.#text(value);
      else if (value >= 0 && value <= 9 && Number.isInteger(value)) this.#byte(digitZero + value);
      else this.#plain(String(value));
    }
    this.#byte(newLine);
  }

  *pieces(): Generator<Buffer> {
    yield* this.#pieces;
    if (this.#at > 0) yield this.#piece.subarray(0, this.#at);
  }

  #byte(code: number): void {
    if (this.#at === packedBytes) this.#turn();
    this.#piece[this.#at++] = code;
  }

  /** Of ASCII, shorter than a piece. */
  #plain(text: string): void {
    if (this.#at + text.length > packedBytes) this.#turn();
    for (let at = 0; at < text.length; at++) this.#piece[this.#at++] = text.charCodeAt(at);
  }

  #text(value: string): void {
    if (value.length <= longestWord && isPlain(value)) this.#plain(value);
    else this.#long(Buffer.from(field(value)));
  }

  #long(bytes: Buffer): void {
    if (this.#at + bytes.length > packedBytes) this.#turn();
    if (bytes.length > packedBytes) this.#pieces.push(bytes);
    else this.#at += bytes.copy(this.#piece, this.#at);
  }

  #turn(): void {
    if (this.#at > 0) this.#pieces.push(this.#piece.subarray(0, this.#at));
    this.#piece = Buffer.allocUnsafeSlow(packedBytes);
    this.#at = 0;
  }
}

/** COPY in PostgreSQL's text format. Of rows that are made one by one, few are held at a time. */
export async function copyRows(
  client: pg.ClientBase,
  target: string,
  rows: Iterable<CopyRow> | PackedRows,
): Promise<void> {
  const pieces = rows instanceof PackedRows ? rows.pieces() : packed(rows);
  await pipeline(Readable.from(pieces), client.query(from(`COPY ${target} FROM STDIN`)));
}

function* packed(rows: Iterable<CopyRow>): Generator<string> {
  let text = "";
  for (const row of rows) {
    text += lineOf(row);
    if (text.length < pieceCharacters) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

/** Joined at once: a text that grows is a tree of its parts, which are more work for the collector than for PostgreSQL. */
function lineOf(row: CopyRow): string {
  const fields: string[] = [];
  for (const value of row) fields.push(field(value));
  return `${fields.join("\t")}\n`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function field(value: string | number | null): string {
  if (value === null) return nullText;
  if (typeof value === "number") return String(value);
  if (value.length <= longestWord && isPlain(value)) return value;
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : value;
}

const longestWord = 24;

/** ASCII that stands as it is, as nearly all values are: told without a regular expression, which takes longer. */
function isPlain(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code <= 0x1f || code >= 0x7f || code === backslash) return false;
  }
  return true;
}

/** Nothing is read ahead of what is taken: what waits becomes work for the collector, and does not come sooner. */
const waitingBytes = 1;

/**
 * COPY of a query's rows, in PostgreSQL's text format, in pieces of whole rows. The connection is free again when this ends:
 * when not all are taken, once the rest has come.
 */
export async function* copyOf(client: pg.ClientBase, query: string): AsyncGenerator<Buffer> {
  const [, name = "", select] = /^(\/\* \w+ \*\/)?([\s\S]*)$/.exec(query.trim())!;
  const copied = client.query(to(`${name} COPY (${select}) TO STDOUT`, { highWaterMark: waitingBytes }));
  let hasFailed = false;
  // also for a fault when all rows were read: without a listener it would end the process
  copied.on("error", () => {
    hasFailed = true;
  });
  try {
    yield* wholeRows(copied.iterator({ destroyOnReturn: false }));
  } finally {
    if (!copied.readableEnded && !hasFailed) await finished(copied.resume());
  }
}

/** A line feed within a value is escaped, and no part of a character in UTF-8 looks like one. */
async function* wholeRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const piece of pieces) {
    const first = begun.length > 0 ? piece.indexOf(newLine) + 1 : 0;
    const end = piece.lastIndexOf(newLine) + 1;
    if (first > 0) yield Buffer.concat([...begun, piece.subarray(0, first)]);
    if (end > first) yield piece.subarray(first, end);
    if (end > 0) begun = [];
    if (end < piece.length) begun.push(piece.subarray(end));
  }
}
