import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";

/** Values in the order of the columns; null is NULL, everything else goes in as its text. */
export type CopyRow = readonly (string | number | null)[];

const pieceCharacters = 64 * 1024;
/** Of lines that wait for others: so few that the young generation still has them when they become bytes. */
const packedCharacters = 16 * 1024;

/**
 * Rows in PostgreSQL's text format, kept as bytes: a fraction of what they take as values, outside of the heap, so that
 * rows which wait for each other until they are sent are no work for the collector.
 */
export class PackedRows {
  #pieces: Buffer[] = [];
  #lines: string[] = [];
  #characters = 0;

  add(row: CopyRow): void {
    const line = lineOf(row);
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#characters < packedCharacters) return;
    this.#pieces.push(Buffer.from(this.#lines.join("")));
    this.#lines = [];
    this.#characters = 0;
  }

  *pieces(): Generator<Buffer | string> {
    yield* this.#pieces;
    if (this.#lines.length > 0) yield this.#lines.join("");
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
  if (value === null) return "\\N";
  if (typeof value === "number") return String(value);
  if (isShortWord(value)) return value;
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : value;
}

const longestWord = 24;

/** Letters, digits and most signs alone, as nearly all values are: told without a regular expression, which takes longer. */
function isShortWord(value: string): boolean {
  if (value.length > longestWord) return false;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code <= 0x1f || code === 0x5c) return false;
  }
  return true;
}

/** COPY of a query's rows, in PostgreSQL's text format. */
export async function readCopy(client: pg.ClientBase, query: string, take: (piece: Buffer) => void): Promise<void> {
  const [, name = "", select] = /^(\/\* \w+ \*\/)?([\s\S]*)$/.exec(query.trim())!;
  for await (const piece of client.query(to(`${name} COPY (${select}) TO STDOUT`))) take(piece as Buffer);
}
