const lineFeed = 0x0a;

/** Where a token stands: the column of its row, and the row's first two cells. For the few that somebody wants. */
export function cellAt(rows: Buffer, at: number): { column: number; first: string; second: string } {
  const start = rows.lastIndexOf(lineFeed, at) + 1;
  const before = rows.toString("utf8", start, at).split("\t");
  const [first = "", second = ""] = before;
  // a token in the first two cells is asked for neither
  return { column: before.length - 1, first, second };
}
