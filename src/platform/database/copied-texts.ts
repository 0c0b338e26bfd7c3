import type pg from "pg";
import { copyOf } from "./copy.js";

const newLine = 0x0a;
/** So few rows that what is made of them is garbage before V8 moves it to where it rarely looks, or asks for more memory. */
const batchBytes = 8 * 1024;

/** The rows of a query by COPY, as the texts of their columns. It ends as {@link copyOf} does. */
export async function* readTexts(client: pg.ClientBase, query: string): AsyncGenerator<(string | null)[][]> {
  for await (const rows of copyOf(client, query)) yield* batchesOf(rows);
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
