import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from } from "pg-copy-streams";

const pieceCharacters = 64 * 1024;

/** COPY in PostgreSQL's text format. */
export async function copyRows(
  client: pg.ClientBase,
  target: string,
  rows: Iterable<readonly (string | number | null)[]>,
): Promise<void> {
  await pipeline(Readable.from(pieces(rows)), client.query(from(`COPY ${target} FROM STDIN`)));
}

function* pieces(rows: Iterable<readonly (string | number | null)[]>): Generator<string> {
  let text = "";
  for (const row of rows) {
    text += `${row.map(field).join("\t")}\n`;
    if (text.length < pieceCharacters) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function field(value: string | number | null): string {
  if (value === null) return "\\N";
  const text = String(value);
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => escapes[char]!) : text;
}
