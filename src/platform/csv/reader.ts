import type { CsvDialect } from "./dialect.js";
import { decodePiece, strictDecoder } from "./encoding.js";
import { type CsvLimits, csvLimits } from "./limits.js";
import { type CsvRecord, RecordParser } from "./parser.js";
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

/**
 * As `readCsv`, in arrays of `batchSize` rows (default 1000; the last may be shorter, none is empty): for work that is
 * done for many rows at once.
 */
export async function* readCsvBatches(
  open: OpenFile,
  dialect: CsvDialect,
  options: Partial<CsvLimits> & { batchSize?: number } = {},
): AsyncGenerator<CsvRecord[]> {
  const { batchSize, ...limits } = { batchSize: 1000, ...csvLimits, ...options };
  const parser = new RecordParser(dialect, limits);
  let waiting: CsvRecord[] = [];
  try {
    for await (const text of readText(open, dialect, limits.maxBytes)) {
      await parser.feed(Buffer.from(text));
      waiting = waiting.concat(parser.take());
      let start = 0;
      for (; waiting.length - start >= batchSize; start += batchSize) yield waiting.slice(start, start + batchSize);
      waiting = waiting.slice(start);
    }
    await parser.finish();
    waiting = waiting.concat(parser.take());
    for (let start = 0; start < waiting.length; start += batchSize) yield waiting.slice(start, start + batchSize);
  } finally {
    parser.destroy();
  }
}

async function* readText(open: OpenFile, dialect: CsvDialect, maxBytes: number): AsyncGenerator<string> {
  const decoder = strictDecoder(dialect.encoding);
  for await (const piece of readPieces(open, maxBytes)) yield decodePiece(decoder, piece);
  yield decodePiece(decoder);
}
