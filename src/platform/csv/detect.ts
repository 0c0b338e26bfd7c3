import type { CsvDialect, CsvEncoding } from "./dialect.js";
import { decodePiece, EncodingInspector, strictDecoder, withoutMarks } from "./encoding.js";
import { CsvFileError } from "./errors.js";
import { type CsvLimits, csvLimits } from "./limits.js";
import { scanRecord } from "./record.js";
import { type OpenFile, readPieces } from "./source.js";

/** In order of preference where the header does not tell. */
const delimiters = ";,\t";
const sepLine = /^sep=([^"\r\n])(\r\n|\r|\n|$)/i;

/**
 * Finds out how a file is written down. Reads it to its end, for the encoding: 130 MB take about 0.3 s.
 *
 * @throws CsvFileError, before any row, when the file is empty, too large, not text, in no encoding that we read, or
 *   has no header that ends within `maxRecordBytes`
 * Source: rules 6.3.1 to 6.3.3
 */
export async function detectDialect(open: OpenFile, limits: Partial<CsvLimits> = {}): Promise<CsvDialect> {
  const { maxBytes, maxRecordBytes } = { ...csvLimits, ...limits };
  const head: Buffer[] = [];
  let headBytes = 0;
  let inspector: EncodingInspector | undefined;
  let isWholeFile = true;
  for await (const piece of readPieces(open, maxBytes)) {
    inspector ??= new EncodingInspector(piece);
    inspector.inspect(piece);
    if (headBytes <= maxRecordBytes) {
      head.push(piece);
      headBytes += piece.length;
    } else if (isWholeFile) {
      isWholeFile = false;
      // A gigabyte without a line break is refused here, not at its end.
      layoutOf(decodeHead(head, inspector.provisional), isWholeFile, maxRecordBytes);
    }
  }
  if (!inspector) throw new CsvFileError("EMPTY_FILE");

  const encoding = inspector.finish();
  const layout = layoutOf(decodeHead(head, encoding), isWholeFile, maxRecordBytes);
  return { encoding, byteOrderMark: inspector.byteOrderMark, ...layout };
}

function decodeHead(head: readonly Buffer[], encoding: CsvEncoding): string {
  const text = withoutMarks(decodePiece(strictDecoder(encoding), Buffer.concat(head)));
  if (text === "") throw new CsvFileError("EMPTY_FILE");
  return text;
}

type Layout = Pick<CsvDialect, "delimiter" | "lineEnd" | "hasSepLine">;

/** Skips blank lines; what is left of the head after them must hold the whole header. */
function layoutOf(text: string, isWholeFile: boolean, limit: number): Layout {
  const sep = sepLine.exec(text);
  const candidates = sep?.[1] ?? delimiters;
  let start = sep ? sep[0].length : 0;
  for (let line = 1; start < text.length; line++) {
    const { end, lineEnd, delimiterCounts, hasBrokenQuote } = scanRecord(text, start, candidates);
    if (!isBlank(text.slice(start, end), candidates)) {
      if (hasBrokenQuote) throw new CsvFileError("QUOTE_NOT_CLOSED", { line });
      if (!lineEnd && !isWholeFile) throw new CsvFileError("ROW_TOO_LONG", { line, limit });
      const most = delimiterCounts.indexOf(Math.max(...delimiterCounts));
      return { delimiter: candidates[most]!, lineEnd: lineEnd ?? "\r\n", hasSepLine: sep !== null };
    }
    start = end + (lineEnd?.length ?? 0);
  }
  throw new CsvFileError("NO_HEADER");
}

function isBlank(line: string, candidates: string): boolean {
  for (const char of line) if (!candidates.includes(char) && char !== '"' && char.trim() !== "") return false;
  return true;
}
