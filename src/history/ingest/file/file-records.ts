import type { Readable } from "node:stream";
import type { PlacedRecord } from "../merge/merge-records.js";
import { type ReadRecord, readRecord, unread } from "../records/read-record.js";
import { type Line, lineLimits, readLines } from "./lines.js";

export interface RecordChunk {
  readonly records: readonly PlacedRecord[];
  readonly readBytes: number;
}

/**
 * The records of a file, one in a line, in chunks. While one is written, the lines of the next are read; they are parsed
 * when their turn comes, because objects that wait long are dear to collect.
 */
export async function* readRecords(
  file: Readable,
  isWanted: (line: number) => boolean,
  limits = lineLimits,
): AsyncGenerator<RecordChunk> {
  const chunks = readLines(file, isWanted, limits);
  let coming = chunks.next();
  try {
    for (let { value, done } = await coming; !done; { value, done } = await coming) {
      coming = chunks.next();
      // whoever takes the chunk may leave before it asks for the next
      coming.catch(() => undefined);
      yield { records: value!.lines.map(placedRecord), readBytes: value!.readBytes };
    }
  } finally {
    await chunks.return(undefined);
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
