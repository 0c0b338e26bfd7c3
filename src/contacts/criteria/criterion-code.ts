import { type Problem, problem } from "../../platform/errors/user-error.js";
import { importColumns } from "../import/contacts/contact-header.js";

const pattern = /^[A-Z][A-Z0-9_]{0,29}$/;

/** What clears in files, and what spreadsheets write for yes and no, in the languages of our institutions. */
const cellValues = ["EMPTY", "TRUE", "FALSE", "VRAI", "FAUX", "VERDADERO", "FALSO", "WAHR", "FALSCH", "VERO"];

/** The authorizations: columns of the same files, owned by marketing. */
const authorizations = [
  "INSTITUTION_EMAIL",
  "THIRD_PARTY_TRANSFER",
  "PARTNER_COMMUNICATION",
  "EMAIL",
  "SMS",
  "PHONE",
  "LETTER",
];

/** Columns that files have beside the criteria (domain 6.2, 6.3, 6.9), whose names are read in any case. */
const columns = [
  ...["contactId", "contactNumber", "status", "line", "code", "message", ...importColumns],
  ...authorizations,
].map((column) => column.toUpperCase());

/** The names of the months as spreadsheets in these languages know them, without accents and points. */
const months = new Set(
  ["en", "fr", "es", "de", "it"].flatMap((language) =>
    (["short", "long"] as const).flatMap((length) => {
      const format = new Intl.DateTimeFormat(language, { month: length, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, month) => plain(format.format(Date.UTC(2026, month, 15))));
    }),
  ),
).add("SEP");

function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^a-z]/gi, "")
    .toUpperCase();
}

/** True for what can be a code at all; nothing else needs to be looked for. */
export function isCode(text: string): boolean {
  return pattern.test(text);
}

/** Null when the code of a criterion is one that files and spreadsheets leave alone. */
export function criterionCodeProblem(code: string, field: string): Problem | null {
  if (columns.includes(code)) return problem("RESERVED_CODE", [field], { suggestion: `X_${code}` });
  return valueCodeProblem(code, field);
}

/** The same for the internal code of a value, which stands in cells only. */
export function valueCodeProblem(code: string, field: string): Problem | null {
  if (!isCode(code)) return problem("INVALID_CODE", [field], { maximum: 30 });
  if (cellValues.includes(code)) return problem("RESERVED_CODE", [field], { suggestion: `X_${code}` });
  const [, name, digits] = /^([A-Z]+)(\d{1,4})$/.exec(code) ?? [];
  const isDay = name !== undefined && months.has(name);
  return isDay ? problem("RESERVED_CODE", [field], { suggestion: `${name}_${digits}` }) : null;
}
