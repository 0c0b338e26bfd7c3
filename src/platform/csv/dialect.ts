export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
export type CsvLineEnd = "\r\n" | "\n" | "\r";

/** How one file is written down; enough to answer its author in the same form. */
export interface CsvDialect {
  encoding: CsvEncoding;
  byteOrderMark: boolean;
  /** One character: `;` `,` TAB, or the one that a `sep=` line names. */
  delimiter: string;
  /** That of the header. Other line ends further down are read as well. */
  lineEnd: CsvLineEnd;
  /** The first line is `sep=x`. Spreadsheets do not show it, so it is not counted. */
  hasSepLine: boolean;
}

/** What a spreadsheet opens without asking. Source: rule 6.2, "File". */
export function spreadsheetDialect(delimiter: ";" | "," = ";"): CsvDialect {
  return { encoding: "utf-8", byteOrderMark: true, delimiter, lineEnd: "\r\n", hasSepLine: false };
}
