import type { FieldAccess } from "../../../platform/access/fields.js";
import { JobRefused } from "../../../platform/jobs/index.js";

/** Columns of a contacts import, as headers name them. Source: domain 6.9 */
export const importColumns = [
  "email",
  "title",
  "lastName",
  "firstName",
  "language",
  "birthDate",
  "phone",
  "mobile",
  "structureName",
  "street1",
  "street2",
  "street3",
  "postcode",
  "town",
  "country",
  "referenceCode",
] as const;

export type ImportColumn = (typeof importColumns)[number];

/** Those of the one address. */
export const addressColumns = ["street1", "street2", "street3", "postcode", "town", "country"] as const;

/** What a mended report carries beside the data. */
const reserved: ReadonlySet<string> = new Set(["status", "line", "code", "message"]);

/** A column that is called by the code of a criterion or an authorization. */
export interface CodeColumn {
  readonly code: string;
  /** Its place. */
  readonly at: number;
}

export interface ImportHeader {
  /** By place; null for a column that is not read, or stands among the codes. */
  readonly columns: readonly (ImportColumn | null)[];
  readonly codes: readonly CodeColumn[];
  /** How many have a name. Those after them are left by spreadsheets, and hold nothing. */
  readonly named: number;
}

const byName = new Map<string, ImportColumn>(importColumns.map((column) => [column.toLowerCase(), column]));
const isAddressColumn = (column: ImportColumn) => (addressColumns as readonly string[]).includes(column);

/**
 * Which column is where, in any order: names in any case, codes exact. Errors say the place, not the name: without a
 * header line the first row's data would stand there.
 * @param isCode whether a criterion or an authorization is called so
 * @throws JobRefused WRONG_IMPORT_TYPE, UNKNOWN_FIELD, AMBIGUOUS_COLUMN, DUPLICATE_COLUMN, MISSING_KEY_COLUMN
 */
export function readHeader(cells: readonly string[], isCode: (name: string) => boolean): ImportHeader {
  const given = cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
  const read = given.map((_, index) => columnOf(given, index, isCode));
  for (const [index, column] of read.entries()) {
    if (column && read.indexOf(column) < index) throw new JobRefused("DUPLICATE_COLUMN", { position: index + 1 });
  }
  const columns = cells.map((_, index) => byName.get(read[index]?.toLowerCase() ?? "") ?? null);
  const codes = read.flatMap((code, at) => (code && isCode(code) ? [{ code, at }] : []));
  for (const { at } of codes) columns[at] = null;
  if (!columns.includes("email")) throw new JobRefused("MISSING_KEY_COLUMN", { column: "email" });
  return { columns, codes, named: given.length };
}

/** The column, the code, or null for what is not read. */
function columnOf(cells: readonly string[], index: number, isCode: (name: string) => boolean): string | null {
  const cell = cells[index]!;
  const name = cell.toLowerCase();
  if (reserved.has(name)) return null;
  if (/^\[(old|new)\]/.test(name)) throw new JobRefused("WRONG_IMPORT_TYPE");
  const column = byName.get(name);
  if (!isCode(cell)) {
    if (!column) throw new JobRefused("UNKNOWN_FIELD", { position: index + 1 });
    return column;
  }
  if (!column) return cell;
  // EMAIL and PHONE are authorizations, too: beside the column of that name they are meant, alone nobody knows
  const isBeside = cells.some((other) => other !== cell && other.toLowerCase() === name);
  if (isBeside) return cell;
  if (column === "email") return column;
  throw new JobRefused("AMBIGUOUS_COLUMN", { position: index + 1, column });
}

/**
 * Refuses a file with a field that ring 4 withholds from its importer: what becomes of the rows would tell its values.
 * @throws JobRefused FIELD_NOT_AVAILABLE
 */
export function assertFieldsAvailable(header: ImportHeader, fields: FieldAccess): void {
  for (const [index, column] of header.columns.entries()) {
    const isTold = column !== null && toldBy(column).some((field) => !fields.may("Contact", field));
    if (isTold) throw new JobRefused("FIELD_NOT_AVAILABLE", { position: index + 1 });
  }
}

/** The fields of contacts that a row's outcome tells of. A structure is found by its address too, and by its relay. */
export function toldBy(column: ImportColumn): readonly string[] {
  if (column === "structureName") return ["structureName", "addresses", "connections"];
  return [isAddressColumn(column) ? "addresses" : column];
}
