import type { CsvLineEnd } from "./dialect.js";

/** Where one record ends, and how. */
export interface RecordShape {
  /** Of its line end; the text's length when there is none. */
  end: number;
  /** Absent when the text stops first. */
  lineEnd?: CsvLineEnd;
  /** Outside quotes, by place in `delimiters`. */
  delimiterCounts: number[];
  /** A cell opens with a quote that does not close right before a delimiter or line end. */
  hasBrokenQuote: boolean;
}

/**
 * Finds the end of the record that begins at `start`. A quote opens a cell only as its first character; further on it
 * is a character like any other, as spreadsheets have it.
 *
 * @param delimiters each of them ends a cell, so that a header can be looked at before its delimiter is known
 */
export function scanRecord(text: string, start: number, delimiters: string): RecordShape {
  const delimiterCounts = Array.from(delimiters, () => 0);
  let hasBrokenQuote = false;
  let isCellStart = true;
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"' && isCellStart) {
      at = closingQuote(text, at);
      const next = text[at + 1];
      if (at === text.length || !(next === undefined || isLineEnd(next) || delimiters.includes(next))) {
        hasBrokenQuote = true;
      }
    } else if (isLineEnd(char)) {
      const lineEnd = char === "\n" ? "\n" : text[at + 1] === "\n" ? "\r\n" : "\r";
      return { end: at, lineEnd, delimiterCounts, hasBrokenQuote };
    }
    const delimiter = delimiters.indexOf(char);
    isCellStart = delimiter >= 0;
    if (isCellStart) delimiterCounts[delimiter]!++;
  }
  return { end: text.length, delimiterCounts, hasBrokenQuote };
}

/** Index of the quote that closes the one at `opening`; two in a row are one of the value. The length if none does. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}

const isLineEnd = (char: string) => char === "\n" || char === "\r";
