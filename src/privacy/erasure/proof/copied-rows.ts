const lineFeed = 0x0a;

/** Hands on COPY's bytes in whole rows, without taking them apart. */
export class CopiedRows {
  #rest: Buffer | null = null;
  bytes = 0;

  constructor(private readonly scan: (rows: Buffer, start: number, end: number) => void) {}

  take(piece: Buffer): void {
    this.bytes += piece.length;
    const end = piece.lastIndexOf(lineFeed) + 1;
    if (end === 0) this.#rest = this.#rest ? Buffer.concat([this.#rest, piece]) : Buffer.from(piece);
    else {
      const begun = this.#rest;
      const first = begun ? piece.indexOf(lineFeed) + 1 : 0;
      if (begun) this.scan(Buffer.concat([begun, piece.subarray(0, first)]), 0, begun.length + first);
      if (end > first) this.scan(piece, first, end);
      // the piece is the driver's: what is kept of it is copied
      this.#rest = end < piece.length ? Buffer.from(piece.subarray(end)) : null;
    }
  }
}

/** Where a token stands: the column of its row, and the row's first two cells. For the few that somebody wants. */
export function cellAt(rows: Buffer, at: number): { column: number; first: string; second: string } {
  const start = rows.lastIndexOf(lineFeed, at) + 1;
  const before = rows.toString("utf8", start, at).split("\t");
  const [first = "", second = ""] = before;
  // a token in the first two cells is asked for neither
  return { column: before.length - 1, first, second };
}
