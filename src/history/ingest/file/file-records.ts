import type { Readable } from "node:stream";
import { setImmediate as othersTurn } from "node:timers/promises";
import type { PlacedRecord } from "../merge/merge-records.js";
import { type ReadRecord, readRecord, unread } from "../records/read-record.js";
import { type Line, type LineChunk, lineLimits, readLines } from "./lines.js";

export interface RecordChunk {
  readonly records: readonly PlacedRecord[];
  readonly readBytes: number;
}

/** Lines that are parsed at a stretch: a millisecond or two, for which the answers of the database wait. */
const stretch = 50;

/**
 * The records of a file, one in a line, in chunks. While PostgreSQL writes one, the next is read and parsed, and no
 * further one: memory is that of two chunks.
 */
export async function* readRecords(
  file: Readable,
  isWanted: (line: number) => boolean,
  limits = lineLimits,
): AsyncGenerator<RecordChunk> {
  const chunks = parsedChunks(readLines(file, isWanted, limits));
  let coming = chunks.next();
  try {
    for (let { value, done } = await coming; !done; { value, done } = await coming) {
      coming = chunks.next();
      // whoever takes the chunk may leave before it asks for the next
      coming.catch(() => undefined);
      yield value!;
    }
  } finally {
    await chunks.return(undefined);
  }
}

async function* parsedChunks(chunks: AsyncGenerator<LineChunk>): AsyncGenerator<RecordChunk> {
  for await (const { lines, readBytes } of chunks) {
    const records: PlacedRecord[] = [];
    for (const line of lines) {
      records.push(placedRecord(line));
      if (records.length % stretch === 0) await othersTurn();
    }
    yield { records, readBytes };
  }
}

function placedRecord({ number, text, problem }: Line): PlacedRecord {
  const { lineBytes: maximum } = lineLimits;
  if (text === null) return { line: number, read: unread({ code: problem!, path: [], parameters: { maximum } }) };
  return { line: number, read: parsed(text) };
}

function parsed(text: string): ReadRecord {
  let value: unknown;
  try {
    // a file that a Windows program wrote begins with a mark
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    // the message of the parser quotes the line
    return unread({ code: "RECORD_NOT_JSON", path: [] });
  }
  return readRecord(value);
}
