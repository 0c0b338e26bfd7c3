import type { CsvRecord } from "../../../platform/csv/index.js";
import type { Problem } from "../../../platform/errors/user-error.js";
import { isDay } from "../../../platform/graphql/scalars.js";
import { isLanguage } from "../../codes.js";
import { ContactTitle, ContactType } from "../../contact.enums.js";
import { addressProblems, contactProblems } from "../../contact.validation.js";
import { type AuthorizationMasks, readAuthorizations } from "../authorizations/authorization-cells.js";
import { type CriterionCell, readCriteria } from "../criteria/criterion-cells.js";
import type { ImportRowInput, RowProblem } from "../import-strategy.js";
import type { CodeFields } from "./contact-codes.js";
import { addressColumns, type ImportColumn, type ImportHeader, importColumns } from "./contact-header.js";
import { countryOf } from "./country-names.js";

/** What a row makes when nobody is found for it. */
export type RowKind = "INDIVIDUAL" | "RELAY" | "STRUCTURE";

/** By column: null keeps what is there, an empty text clears it. */
export type RowValues = Record<ImportColumn, string | null>;

export interface ContactRowInput extends ImportRowInput {
  line: number;
  kind: RowKind;
  values: RowValues;
  /** What it says of criteria. */
  criteria: readonly CriterionCell[];
  /** What it says of authorizations; it never tells what they were. */
  masks: AuthorizationMasks;
  problems: RowProblem[];
}

/** Clears an optional field. Exactly this spelling, as for authorizations (domain 6.5). */
const clearing = "Empty";
const titles = Object.keys(ContactTitle).join(", ");
/** What no contact is without: it cannot be cleared. */
const required: readonly ImportColumn[] = ["lastName", "structureName"];
const addressLines = addressColumns.filter((column) => column !== "country");
const ofIndividual = [
  "email",
  "title",
  "lastName",
  "firstName",
  "birthDate",
  "phone",
  "mobile",
  "referenceCode",
] as const;
const ofStructure = ["email", "title", "birthDate", "structureName", "phone", "mobile", "referenceCode"] as const;

/**
 * Reads a row and finds all that is wrong with it alone; what depends on the contacts that exist comes later.
 * @param today YYYY-MM-DD where the institution is
 * Source: domain 6.4 (1), 6.9
 */
export function readRow(
  { line, cells }: CsvRecord,
  header: ImportHeader,
  { criteria, authorizations }: CodeFields,
  today: string,
): ContactRowInput {
  const values = Object.fromEntries(importColumns.map((column) => [column, null])) as RowValues;
  const isMisplaced =
    cells.length !== header.columns.length || cells.some((cell, at) => cell !== "" && at >= header.named);
  const problems: RowProblem[] = isMisplaced ? [{ code: "COLUMN_COUNT", column: null }] : [];
  if (isMisplaced) {
    const masks = readAuthorizations(cells, [], problems);
    return { line, kind: "INDIVIDUAL", values, criteria: [], masks, problems };
  }
  for (const [index, column] of header.columns.entries()) {
    const cell = cells[index]!;
    if (column && cell !== "") values[column] = cell === clearing ? "" : read(column, cell, problems);
  }
  const kind = kindOf(values);
  problems.push(...keyProblems(values), ...requiredProblems(values), ...valueProblems(kind, values, today));
  const said = readCriteria(cells, criteria, problems);
  return { line, kind, values, criteria: said, masks: readAuthorizations(cells, authorizations, problems), problems };
}

/** The value in the form in which it is kept; null, and a problem, when there is none. */
function read(column: ImportColumn, cell: string, problems: RowProblem[]): string | null {
  switch (column) {
    case "title":
      return known(column, cell, Object.hasOwn(ContactTitle, cell), titles, problems);
    case "language":
      return known(column, cell, isKnownLanguage(cell), "ISO 639-1: en, fr, es, …", problems);
    case "birthDate":
      return readDay(cell, problems);
    case "country":
      return readCountry(cell, problems);
    default:
      return cell;
  }
}

function known(column: ImportColumn, cell: string, isKnown: boolean, accepted: string, problems: RowProblem[]) {
  if (isKnown) return cell;
  problems.push({ code: "UNKNOWN_CODE", column, parameters: { accepted } });
  return null;
}

const languages = new Map<string, boolean>();

/** Remembers what it was asked: Intl takes longer for it than all else of a row. */
function isKnownLanguage(code: string): boolean {
  if (code.length > 2) return false;
  const answer = languages.get(code) ?? isLanguage(code);
  languages.set(code, answer);
  return answer;
}

/** dd.mm.yyyy, dd/mm/yyyy or dd-mm-yyyy, of a day that exists. */
function readDay(cell: string, problems: RowProblem[]): string | null {
  const [, day, , month, year] = /^(\d\d)([./-])(\d\d)\2(\d{4})$/.exec(cell) ?? [];
  const date = `${year}-${month}-${day}`;
  if (isDay(date)) return date;
  problems.push({ code: "INVALID_DATE", column: "birthDate" });
  return null;
}

function readCountry(cell: string, problems: RowProblem[]): string | null {
  const code = countryOf(cell);
  if (code === null) {
    const hint = cell.toUpperCase() === "UK" ? " (GB)" : "";
    problems.push({ code: "UNKNOWN_COUNTRY", column: "country", parameters: { hint } });
  }
  return code;
}

function kindOf({ lastName, firstName, structureName }: RowValues): RowKind {
  if (!structureName) return "INDIVIDUAL";
  return lastName || firstName ? "RELAY" : "STRUCTURE";
}

function keyProblems({ email }: RowValues): RowProblem[] {
  return email ? [] : [{ code: "INVALID_EMAIL", column: "email" }];
}

function requiredProblems(values: RowValues): RowProblem[] {
  return required.filter((column) => values[column] === "").map((column) => ({ code: "FIELD_REQUIRED", column }));
}

function valueProblems(kind: RowKind, values: RowValues, today: string): RowProblem[] {
  const given = (columns: readonly ImportColumn[]) =>
    Object.fromEntries(columns.filter((column) => values[column]).map((column) => [column, values[column]]));
  const found =
    kind === "STRUCTURE"
      ? contactProblems(ContactType.STRUCTURE, given(ofStructure), today)
      : [
          ...contactProblems(ContactType.INDIVIDUAL, given(ofIndividual), today),
          ...contactProblems(ContactType.STRUCTURE, given(["structureName"]), today),
        ];
  // a country that was read is one
  return [...found, ...addressProblems(given(addressLines))].map(rowProblem);
}

function rowProblem({ code, field, parameters }: Problem): RowProblem {
  const column = field[0] as ImportColumn;
  return parameters ? { code, column, parameters } : { code, column };
}
