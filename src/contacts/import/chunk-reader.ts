import type { CsvRecord } from "../../platform/csv/index.js";
import type { ImportIntake, OpenedImport } from "./import-strategy.js";

/** Rows of a file that are dealt with in one transaction, by the lines of the first and the last. */
export interface ImportChunk {
  readonly first: number;
  readonly last: number;
  readonly intake: ImportIntake;
}

/** Of a chunk, whatever its rows: they are held in memory. */
const chunkCharacters = 8_000_000;

export interface ChunkCut {
  /** Rows of a chunk, at most. */
  readonly rows: number;
  /** The last line that an earlier run has dealt with: chunks are of lines up to it, or after it. */
  readonly cursor: number;
  /** YYYY-MM-DD where the institution is. */
  readonly today: string;
}

/**
 * Cuts a file into chunks, always alike, and reads their rows.
 * @param batches all rows, the header first
 */
export async function* readChunks(
  file: OpenedImport,
  batches: AsyncGenerator<CsvRecord[]>,
  cut: ChunkCut,
): AsyncGenerator<ImportChunk> {
  let chunk: GrowingChunk | null = null;
  let isHeader = true;
  for await (const records of batches) {
    for (const record of records) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (chunk?.endsBefore(record, cut)) {
        yield chunk;
        chunk = null;
      }
      chunk ??= new GrowingChunk(file.begin(cut.today), record.line);
      chunk.add(record);
    }
  }
  if (chunk) yield chunk;
}

class GrowingChunk implements ImportChunk {
  last: number;
  #rows = 0;
  #characters = 0;

  constructor(
    readonly intake: ImportIntake,
    readonly first: number,
  ) {
    this.last = first;
  }

  endsBefore({ line }: CsvRecord, { rows, cursor }: ChunkCut): boolean {
    return this.#rows === rows || this.#characters >= chunkCharacters || (this.last <= cursor && line > cursor);
  }

  add(record: CsvRecord): void {
    this.intake.add(record);
    this.last = record.line;
    this.#rows++;
    const { cells } = record;
    for (let at = 0; at < cells.length; at++) this.#characters += cells[at]!.length;
  }
}
