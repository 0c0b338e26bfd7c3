import { invisibleInLine } from "../platform/errors/input-rules.js";
import { type Problem, problem } from "../platform/errors/user-error.js";
import type { AddressValues } from "./address.sql.js";
import { isCountry, isLanguage } from "./codes.js";
import { ContactType } from "./contact.enums.js";
import type { ContactValues, WritableField } from "./contact.sql.js";

/** Longest texts, in characters. */
const maximum: Partial<Record<WritableField | keyof AddressValues, number>> = {
  firstName: 100,
  lastName: 100,
  structureName: 100,
  email: 254,
  phone: 40,
  mobile: 40,
  referenceCode: 60,
  remark: 2_000,
  street1: 100,
  street2: 100,
  street3: 100,
  postcode: 10,
  town: 60,
};

const onlyIndividuals: readonly WritableField[] = ["title", "firstName", "lastName", "birthDate", "disabilityType"];
const onlyStructures: readonly WritableField[] = ["structureName"];

/** A text of several lines without what makes it one. */
function withoutLayout(text: string): string {
  return text.replace(/[\t\r\n]/g, " ");
}

/** Trims every text; a blank one counts as none. */
export function tidy<Values extends Record<string, unknown>>(values: Values): Values {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([field, value]) => [field, typeof value === "string" ? value.trim() || null : value]),
  ) as Values;
}

/** What is wrong with the values of a contact of this type, each with its field. Does not ask for required ones. */
export function contactProblems(type: ContactType, values: ContactValues, today: string): Problem[] {
  const foreign = type === ContactType.INDIVIDUAL ? onlyStructures : onlyIndividuals;
  return (Object.entries(values) as [WritableField, string | null][]).flatMap(([field, value]) => {
    if (value === null) return [];
    if (foreign.includes(field)) return [problem("FIELD_NOT_APPLICABLE", [field])];
    return textProblem(field, value) ?? fieldProblem(field, value, today) ?? [];
  });
}

/** The name that a contact of this type cannot be without. */
export function requiredName(type: ContactType): WritableField {
  return type === ContactType.INDIVIDUAL ? "lastName" : "structureName";
}

/** What is wrong with a free text that must be there: lines and tabs are well. */
export function freeTextProblems(text: string, field: string, maximum: number): Problem[] {
  if (text === "") return [problem("FIELD_REQUIRED", [field])];
  if (invisibleInLine.test(withoutLayout(text))) return [problem("INVALID_CHARACTERS", [field])];
  return text.length > maximum ? [problem("VALUE_TOO_LONG", [field], { maximum })] : [];
}

/** What is wrong with an address; `path` leads to it in the input. */
export function addressProblems(values: AddressValues, path: readonly string[] = []): Problem[] {
  return Object.entries(values).flatMap(([field, value]) => {
    if (value === null || value === undefined) return [];
    const found = textProblem(field as keyof AddressValues, value);
    if (found) return [{ ...found, field: [...path, field] }];
    if (field !== "country" || isCountry(value)) return [];
    return [problem("UNKNOWN_COUNTRY", [...path, field], { hint: value.toUpperCase() === "UK" ? " (GB)" : "" })];
  });
}

function textProblem(field: WritableField | keyof AddressValues, value: string): Problem | null {
  if (invisibleInLine.test(field === "remark" ? withoutLayout(value) : value))
    return problem("INVALID_CHARACTERS", [field]);
  const limit = maximum[field];
  return limit !== undefined && value.length > limit ? problem("VALUE_TOO_LONG", [field], { maximum: limit }) : null;
}

function fieldProblem(field: WritableField, value: string, today: string): Problem | null {
  switch (field) {
    case "firstName":
    case "lastName":
      return /\p{Nd}/u.test(value) ? problem("INVALID_NAME", [field]) : null;
    case "email":
      return isEmail(value) ? null : problem("INVALID_EMAIL", [field]);
    case "phone":
    case "mobile":
      return isPhone(value) ? null : problem("INVALID_PHONE", [field]);
    case "birthDate":
      return value > today || value < "1850-01-01" ? problem("INVALID_DATE", [field]) : null;
    case "language":
      return isLanguage(value) ? null : problem("UNKNOWN_LANGUAGE", [field]);
    default:
      return null;
  }
}

/** The shape x@x.x (domain 6.9). Whether it exists, only a delivery can tell. */
export function isEmail(value: string): boolean {
  return value.length <= 254 && /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(value);
}

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, "").length;
  return /^\+?[\d\s()./-]+$/.test(value) && digits >= 3 && digits <= 20;
}
