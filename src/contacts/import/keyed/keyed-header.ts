import { JobRefused } from "../../../platform/jobs/index.js";
import { importColumns } from "../contacts/contact-header.js";

/** One field of the type, with the places of its columns. */
export interface FieldColumn<Field> {
  readonly field: Field;
  /** Its code, as the header writes it. */
  readonly code: string;
  /** What the column of new values is called; `[new]` and the code where left out. */
  readonly heading?: string;
  readonly newAt: number;
  /** Null: the file says not what the values were. */
  readonly oldAt: number | null;
}

/** The header of a file that finds contacts by their id or number. */
export interface KeyedHeader<Field> {
  /** How many columns there are. */
  readonly width: number;
  /** How many have a name. Those after them are left by spreadsheets, and hold nothing. */
  readonly named: number;
  /** Places of the keys; null where there is none. At least one is there. */
  readonly idAt: number | null;
  readonly numberAt: number | null;
  /** In the order of the file. */
  readonly fields: readonly FieldColumn<Field>[];
}

/** Names of fixed columns, in small letters. Names and e-mail are for those who work on the file: nothing reads them. */
const informative: ReadonlySet<string> = new Set([
  "lastname",
  "firstname",
  "email",
  "status",
  "line",
  "code",
  "message",
]);
const ofContacts: ReadonlySet<string> = new Set(importColumns.map((column) => column.toLowerCase()));

/**
 * Says what a code in a header stands for.
 * @throws JobRefused WRONG_IMPORT_TYPE, FIELD_NOT_AVAILABLE, UNKNOWN_FIELD
 */
export type FieldOfCode<Field> = (code: string, position: number) => Field;

interface Places {
  idAt: number | null;
  numberAt: number | null;
  readonly newAt: Map<string, number>;
  readonly oldAt: Map<string, number>;
}

/**
 * Which column is where: order free, fixed names and `[old]`, `[new]` in any case, blanks after the bracket, codes exact.
 * Errors say the place, not the name: without a header line the first row's data would stand there.
 * @throws JobRefused the file-level errors of domain 6.3 that a header shows
 */
export function readKeyedHeader<Field>(cells: readonly string[], fieldOf: FieldOfCode<Field>): KeyedHeader<Field> {
  const named = cells.findLastIndex((cell) => cell !== "") + 1;
  const places: Places = { idAt: null, numberAt: null, newAt: new Map(), oldAt: new Map() };
  const byCode = new Map<string, Field>();
  for (const [index, cell] of cells.slice(0, named).entries()) placeColumn(cell, index, places, byCode, fieldOf);
  assertNoneTwice(cells.slice(0, named));
  const { idAt, numberAt, newAt, oldAt } = places;
  if (idAt === null && numberAt === null)
    throw new JobRefused("MISSING_KEY_COLUMN", { column: "contactId, contactNumber" });
  if (newAt.size === 0) throw new JobRefused("NO_NEW_COLUMN");
  const fields = [...newAt].map(([code, at]) => ({
    ...{ field: byCode.get(code)!, code, newAt: at, oldAt: oldAt.get(code) ?? null },
  }));
  return { width: cells.length, named, idAt, numberAt, fields };
}

const marked = /^\[(old|new)\]\s*(.*)$/is;

function placeColumn<Field>(
  cell: string,
  index: number,
  places: Places,
  byCode: Map<string, Field>,
  fieldOf: FieldOfCode<Field>,
): void {
  const [, marker, code = ""] = marked.exec(cell) ?? [];
  if (marker) {
    byCode.set(code, fieldOf(code, index + 1));
    const at = marker.toLowerCase() === "new" ? places.newAt : places.oldAt;
    at.set(code, index);
    return;
  }
  const name = cell.toLowerCase();
  if (name === "contactid") places.idAt = index;
  else if (name === "contactnumber") places.numberAt = index;
  else if (ofContacts.has(name) && !informative.has(name)) throw new JobRefused("WRONG_IMPORT_TYPE");
  else if (!informative.has(name)) throw new JobRefused("UNKNOWN_FIELD", { position: index + 1 });
}

/** Columns are the same when they mean the same, however they are written. */
function assertNoneTwice(cells: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, cell] of cells.entries()) {
    const [, marker, code] = marked.exec(cell) ?? [];
    const name = marker ? `[${marker.toLowerCase()}]${code}` : cell.toLowerCase();
    if (seen.has(name)) throw new JobRefused("DUPLICATE_COLUMN", { position: index + 1 });
    seen.add(name);
  }
}
