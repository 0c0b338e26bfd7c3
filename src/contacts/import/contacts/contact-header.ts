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

export interface ImportHeader {
  /** By place; null for a column that is not read. */
  readonly columns: readonly (ImportColumn | null)[];
  /** How many have a name. Those after them are left by spreadsheets, and hold nothing. */
  readonly named: number;
}

const byName = new Map<string, ImportColumn>(importColumns.map((column) => [column.toLowerCase(), column]));
const isAddressColumn = (column: ImportColumn) => (addressColumns as readonly string[]).includes(column);

/**
 * Which column is where. Names in any order and case. Errors say the place, not the name: without a header line the first row's data would stand there.
 * @throws JobRefused WRONG_IMPORT_TYPE, UNKNOWN_FIELD, DUPLICATE_COLUMN, MISSING_KEY_COLUMN
 */
export function readHeader(cells: readonly string[]): ImportHeader {
  const named = cells.findLastIndex((cell) => cell !== "") + 1;
  const columns = cells.map((cell, index) => (index < named ? columnOf(cell, index + 1) : null));
  for (const [index, column] of columns.entries()) {
    if (column && columns.indexOf(column) < index) throw new JobRefused("DUPLICATE_COLUMN", { position: index + 1 });
  }
  if (!columns.includes("email")) throw new JobRefused("MISSING_KEY_COLUMN", { column: "email" });
  return { columns, named };
}

function columnOf(cell: string, position: number): ImportColumn | null {
  const name = cell.toLowerCase();
  if (reserved.has(name)) return null;
  if (/^\[(old|new)\]/.test(name)) throw new JobRefused("WRONG_IMPORT_TYPE");
  const column = byName.get(name);
  if (!column) throw new JobRefused("UNKNOWN_FIELD", { position });
  return column;
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
