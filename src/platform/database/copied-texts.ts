import { finished } from "node:stream/promises";
import type pg from "pg";
import { copyOf } from "./copy.js";

const newLine = 0x0a;
/** So few rows that what is made of them is garbage before V8 moves it to where it rarely looks, or asks for more memory. */
const batchBytes = 8 * 1024;

/**
 * The rows of a query by COPY, as the texts of their columns. The connection is free again when this ends, also when
 * nobody takes the last rows.
 */
export async function* readTexts(client: pg.ClientBase, query: string): AsyncGenerator<(string | null)[][]> {
  const copied = copyOf(client, query);
  let rest: Buffer = Buffer.alloc(0);
  let isOver = false;
  try {
    for await (const piece of copied.iterator({ destroyOnReturn: false })) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, piece as Buffer]) : (piece as Buffer);
      // a line feed within a value is escaped, and no part of a character in UTF-8 looks like one
      const end = bytes.lastIndexOf(newLine);
      rest = bytes.subarray(end + 1);
      yield* batchesOf(bytes.subarray(0, end + 1));
    }
    isOver = true;
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    if (!isOver) await finished(copied.resume());
  }
}

/** @param lines each with its line feed */
function* batchesOf(lines: Buffer): Generator<(string | null)[][]> {
  for (let start = 0; start < lines.length; ) {
    const within = lines.lastIndexOf(newLine, start + batchBytes);
    const end = within < start ? lines.indexOf(newLine, start) : within;
    yield lines.toString("utf8", start, end).split("\n").map(rowOf);
    start = end + 1;
  }
}

function rowOf(line: string): (string | null)[] {
  const fields: (string | null)[] = line.split("\t");
  if (line.includes("\\")) for (const [place, field] of fields.entries()) fields[place] = textOf(field as string);
  return fields;
}

const escaped: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

function textOf(field: string): string | null {
  if (field === "\\N") return null;
  return field.includes("\\") ? field.replace(/\\(.)/g, (_, char: string) => escaped[char] ?? char) : field;
}
