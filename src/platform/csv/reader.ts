import type { CsvDialect } from "./dialect.js";
import { decodePiece, strictDecoder, withoutMarks } from "./encoding.js";
import { type CsvLimits, csvLimits } from "./limits.js";
import type { CsvRecord } from "./parser.js";
import { RecordReader } from "./record-reader.js";
import { type OpenFile, readPieces } from "./source.js";

export type { CsvRecord } from "./parser.js";

/**
 * Reads the rows of a file in order, the header first; blank rows and rows of only delimiters are left out. Memory
 * stays flat: one piece of the file, or one record of at most `maxRecordBytes`.
 *
 * @param dialect from `detectDialect` on the same bytes
 * @throws CsvFileError, also after rows have been yielded: a quote that is not closed is known at its end only
 * Source: rules 6.3.3 to 6.3.6
 */
export async function* readCsv(
  open: OpenFile,
  dialect: CsvDialect,
  limits: Partial<CsvLimits> = {},
): AsyncGenerator<CsvRecord> {
  for await (const batch of readCsvBatches(open, dialect, limits)) yield* batch;
}

/** How many rows are handed over at once. */
export interface BatchLimits {
  /** 1000 when left out; the last batch may be shorter. */
  batchSize: number;
  /** A batch ends with the row that reaches it, so that long rows take no more memory than many short ones. */
  batchCharacters: number;
}

/**
 * As `readCsv`, in arrays, none of them empty: for work that is done for many rows at once. A file is always cut alike.
 */
export async function* readCsvBatches(
  open: OpenFile,
  dialect: CsvDialect,
  options: Partial<CsvLimits & BatchLimits> = {},
): AsyncGenerator<CsvRecord[]> {
  const limits = { ...csvLimits, batchSize: 1000, batchCharacters: Number.POSITIVE_INFINITY, ...options };
  const reader = new RecordReader(dialect, limits);
  let batch: CsvRecord[] = [];
  let characters = 0;
  try {
    for await (const text of readText(open, dialect, limits.maxBytes)) {
      if (text === null) await reader.finish();
      else await reader.feed(text);
      for (const record of reader.take()) {
        batch.push(record);
        const { cells } = record;
        for (let at = 0; at < cells.length; at++) characters += cells[at]!.length;
        if (batch.length < limits.batchSize && characters < limits.batchCharacters) continue;
        yield batch;
        batch = [];
        characters = 0;
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    reader.destroy();
  }
}

/**
 * Counts the rows that `readCsv` would read, the header among them, and refuses what it would refuse: in a fraction of the
 * time where there are no quotes.
 * @throws CsvFileError; the reason of the signal
 */
export async function countCsvRows(
  open: OpenFile,
  dialect: CsvDialect,
  { signal, ...given }: Partial<CsvLimits> & { readonly signal?: AbortSignal } = {},
): Promise<number> {
  const limits = { ...csvLimits, ...given };
  const reader = new RecordReader(dialect, limits, true);
  let total = 0;
  try {
    for await (const text of readText(open, dialect, limits.maxBytes)) {
      signal?.throwIfAborted();
      if (text === null) await reader.finish();
      else await reader.feed(text);
      total += reader.count();
    }
    return total;
  } finally {
    reader.destroy();
  }
}

/** The text in pieces, and then null. */
async function* readText(open: OpenFile, dialect: CsvDialect, maxBytes: number): AsyncGenerator<string | null> {
  const decoder = strictDecoder(dialect.encoding);
  let hasBegun = false;
  for await (const piece of readPieces(open, maxBytes)) {
    const text = decodePiece(decoder, piece);
    yield hasBegun ? text : withoutMarks(text);
    hasBegun = true;
  }
  yield decodePiece(decoder);
  yield null;
}
