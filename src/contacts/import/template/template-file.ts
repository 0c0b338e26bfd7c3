import type { Readable } from "node:stream";
import { spreadsheetDialect } from "../../../platform/csv/index.js";
import { zippedCsv } from "../../../platform/zip/index.js";
import type { TemplateContent } from "./template-columns.js";

export interface TemplateFile {
  /** Of the CSV in the zip. */
  readonly name: string;
  readonly delimiter: ";" | ",";
  /** Stands in the zip as the time of its file. */
  readonly at: Date;
}

/**
 * A zip with one CSV, as spreadsheets open it. Rows are taken as slowly as the zip is read, and nothing of it is held.
 * @param onRows told of each batch, with its number of rows
 */
export function templateFile(
  { header, rows }: TemplateContent,
  { name, delimiter, at }: TemplateFile,
  onRows: (count: number) => void,
): Readable {
  async function* cells() {
    yield header;
    for await (const batch of rows()) {
      onRows(batch.length);
      yield* batch;
    }
  }
  return zippedCsv(cells(), { name, dialect: spreadsheetDialect(delimiter), at });
}

/** `criteria_<target>_<yyyymmddhhmm>.csv`, in letters that every file system takes. Source: domain 6.2 */
export function templateFileName(type: string, target: string | null, at: Date, timeZone: string): string {
  const parts = [type.toLowerCase(), ...(target === null ? [] : [plainName(target)]), minuteIn(timeZone, at)];
  return `${parts.join("_")}.csv`;
}

const longestName = 40;

function plainName(text: string): string {
  const plain = text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-");
  return plain.slice(0, longestName).replace(/^-+|-+$/g, "") || "target";
}

function minuteIn(timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return format.format(at).replace(/\D/g, "");
}
