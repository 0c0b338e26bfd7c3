import { isIP } from "node:net";
import { invisibleInLine, invisibleInText } from "../../../platform/errors/input-rules.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import { isDay } from "../../../platform/graphql/scalars.js";

/** Why a value is not taken. */
export interface BadValue {
  readonly code: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** Reads a value of JSON, or of a GraphQL scalar: the value in the form in which it is kept, or why it is none. */
export type ValueReader<Value> = (value: unknown) => { readonly value: Value } | { readonly bad: BadValue };

const bad = (code: string, parameters?: BadValue["parameters"]) => ({
  bad: parameters ? { code, parameters } : { code },
});

function textOf(maximum: number, refused: RegExp): ValueReader<string> {
  return (value) => {
    if (typeof value !== "string") return bad("RECORD_TEXT_EXPECTED");
    const text = value.trim();
    if (text === "") return bad("FIELD_REQUIRED");
    if (text.length > maximum) return bad("VALUE_TOO_LONG", { maximum });
    return refused.test(text) ? bad("INVALID_CHARACTERS") : { value: text };
  };
}

/** One line of text, without the blanks around it; never empty. */
export const text = (maximum: number) => textOf(maximum, invisibleInLine);

/** Text that may have several lines. */
export const freeText = (maximum: number) => textOf(maximum, invisibleInText);

/** A code or number of the ticketing system: at most 60 characters, any but invisible characters. */
export const code = text(60);

/** As {@link text}, but blank text is taken as left out. */
export function optionalText(maximum: number, isFree = false): ValueReader<string | null> {
  const read = isFree ? freeText(maximum) : text(maximum);
  return (value) => (typeof value === "string" && value.trim() === "" ? { value: null } : read(value));
}

/** One of these, as a JSON text or a GraphQL enum. */
export function oneOf(accepted: readonly string[]): ValueReader<string> {
  const known = new Set(accepted);
  const list = accepted.join(", ");
  return (value) =>
    typeof value === "string" && known.has(value) ? { value } : bad("UNKNOWN_CODE", { accepted: list });
}

/** Earlier ones are slips. At the ends, a time zone would make an instant a day of the year 0 or 10000, which is none. */
const years = { first: 1_000, lastOfInstants: 9_998 };

/** A calendar day, YYYY-MM-DD; 9999-12-31 as well, which often stands for never. */
export const day: ValueReader<string> = (value) =>
  typeof value === "string" && isDay(value) && Number(value.slice(0, 4)) >= years.first
    ? { value }
    : bad("RECORD_DAY_EXPECTED");

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 with an offset; kept in milliseconds. GraphQL has made a Date of it. */
export const instant: ValueReader<Date> = (value) => {
  const isText = typeof value === "string" && instantPattern.test(value) && isDay(value.slice(0, 10));
  const date = isText ? new Date(value) : value instanceof Date ? value : null;
  if (!date || Number.isNaN(date.getTime())) return bad("RECORD_INSTANT_EXPECTED");
  const year = date.getUTCFullYear();
  return year >= years.first && year <= years.lastOfInstants ? { value: date } : bad("RECORD_INSTANT_EXPECTED");
};

/** Text such as "120.50": JSON's numbers would not keep it exactly. */
export const amount: ValueReader<string> = (value) =>
  typeof value === "string" && /^-?\d{1,10}(\.\d{1,2})?$/.test(value) ? { value } : bad("RECORD_AMOUNT_EXPECTED");

export function count(from: number, to: number): ValueReader<number> {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= from && value <= to
      ? { value }
      : bad("RECORD_NUMBER_EXPECTED", { from, to });
}

export const flag: ValueReader<boolean> = (value) =>
  typeof value === "boolean" ? { value } : bad("RECORD_FLAG_EXPECTED");

export const currency: ValueReader<string> = (value) =>
  typeof value === "string" && /^[A-Z]{3}$/.test(value) ? { value } : bad("RECORD_CURRENCY_EXPECTED");

export const country: ValueReader<string> = (value) =>
  typeof value === "string" && /^[A-Z]{2}$/.test(value) ? { value } : bad("RECORD_COUNTRY_EXPECTED");

/** IPv4 or IPv6, without a zone. */
export const ipAddress: ValueReader<string> = (value) =>
  typeof value === "string" && isIP(value) !== 0 && !value.includes("%") ? { value } : bad("RECORD_IP_EXPECTED");

/** The database id behind the opaque id of a contact. */
export const contactId: ValueReader<string> = (value) => {
  const id = typeof value === "string" ? decodeId("Contact", value) : null;
  return id === null ? bad("UNKNOWN_CONTACT") : { value: id };
};

export const contactNumber: ValueReader<string> = (value) =>
  typeof value === "string" && /^\d{1,20}$/.test(value) ? { value } : bad("UNKNOWN_CONTACT");
