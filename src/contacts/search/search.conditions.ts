import { StatementValues as Values } from "../../platform/database/statement-values.js";
import { hasCriterion } from "../criteria/index.js";
import { visibleTo } from "../visibility.js";
import type { NameWords } from "./name-words.js";
import type { Filters, Search, Wanted } from "./search.terms.js";

/** Ranges instead of LIKE, which loses its index under row-level security. */
export function startsWith(column: string, prefix: string, values: Values): string {
  return `(${column} >= ${values.add(prefix)} AND ${column} < ${values.add(`${prefix}\u{10FFFF}`)})`;
}

/** The text, alone or with further words behind it: `!` is the first sign after the blank. */
function startsWithWords(column: string, words: string, values: Values): string {
  return `(${column} >= ${values.add(words)} AND ${column} < ${values.add(`${words}!`)})`;
}

const allOf = (conditions: readonly string[]) => conditions.join(" AND ");
const oneOf = (conditions: readonly string[]) => `(${conditions.length > 0 ? conditions.join(" OR ") : "false"})`;

/** How well a word of a contact meets a wanted one. */
export type Fit = "exact" | "begun" | "misspelt";

/** `word` is the column, `index` the place of the wanted word. */
export function fits(word: string, { words, edits }: NameWords, index: number, fit: Fit, values: Values): string {
  if (fit === "exact") return `${word} = ${values.add(words[index])}`;
  const begun = startsWith(word, words[index]!, values);
  const misspelt = edits[index];
  if (fit === "begun" || !misspelt) return begun;
  return `(${begun} OR ${word} = ANY(${values.add(misspelt(), "text[]")}))`;
}

/** A contact of this id has such a word. */
function hasWord(id: string, condition: string): string {
  return `EXISTS (SELECT FROM contacts.contact_word w
    WHERE w.institution_id = $1 AND w.contact_id = ${id} AND ${condition})`;
}

/** Each wanted word is met by one of the contact's, but for the one at `without`. */
export function hasWords(name: NameWords, fit: Fit, values: Values, without = -1): string {
  const others = [...name.words.keys()].filter((index) => index !== without);
  return allOf(["true", ...others.map((index) => hasWord("c.id", fits("w.word", name, index, fit, values)))]);
}

/** Words that stand apart, where the name has them as one. */
export function hasCompound({ text }: NameWords, values: Values): string {
  return hasWord("c.id", startsWith("w.word", text.replaceAll(" ", ""), values));
}

export const nameIs = (column: string, { text }: NameWords, values: Values) => startsWithWords(column, text, values);
export const nameStartsWith = (column: string, { text }: NameWords, values: Values) => startsWith(column, text, values);

function hasPhone(keys: readonly string[], values: Values): string {
  return oneOf(
    keys.flatMap((key) => [startsWith("c.phone_key", key, values), startsWith("c.mobile_key", key, values)]),
  );
}

/** The whole text is what one contact alone is known by, or nearly so. Null when it can be no such thing. */
export function isIdentifiedBy(wanted: Wanted, values: Values): string | null {
  const parts = [
    ...(wanted.contactNumber === null ? [] : [`c.contact_number = ${values.add(wanted.contactNumber)}`]),
    ...(wanted.referenceCode === null ? [] : [`c.reference_code = ${values.add(wanted.referenceCode)}`]),
    ...(wanted.email?.includes("@") ? [`c.email_key = ${values.add(wanted.email)}`] : []),
    ...(wanted.phoneKeys.length > 0 ? [hasPhone(wanted.phoneKeys, values)] : []),
  ];
  return parts.length > 0 ? oneOf(parts) : null;
}

/** What every found contact meets: it is there for the caller, lives, and passes the filters. */
export function base({ filters, includeInvalid }: Search, values: Values): string {
  return allOf([
    "c.institution_id = $1",
    "c.anonymized_at IS NULL",
    visibleTo("c"),
    ...(includeInvalid ? [] : ["(c.validity_end_date IS NULL OR c.validity_end_date >= platform.today())"]),
    ...filterConditions(filters, values),
  ]);
}

/** One condition for each filter that is asked for. Further ones are added here. */
function filterConditions(filters: Filters, values: Values): string[] {
  const { name, email, phoneKeys, contactNumber, referenceCode, type, birthDate, roles } = filters;
  return [
    ...(name ? [`(${hasWords(name, "misspelt", values)} OR ${hasCompound(name, values)})`] : []),
    ...(email === null ? [] : [startsWith("c.email_key", email, values)]),
    ...(phoneKeys === null ? [] : [hasPhone(phoneKeys, values)]),
    ...(contactNumber === null ? [] : [`c.contact_number = ${values.add(contactNumber)}`]),
    ...(referenceCode === null ? [] : [`c.reference_code = ${values.add(referenceCode)}`]),
    ...(type === null ? [] : [`c.contact_type = ${values.add(type)}`]),
    ...(birthDate === null ? [] : [`c.birth_date = ${values.add(birthDate, "date")}`]),
    ...(roles === null ? [] : [hasRole(roles, values)]),
    ...livesAt(filters, values),
    ...filters.criteria.map(({ criterionId, codes }) =>
      hasCriterion("c.id", values.add(criterionId, "int"), values.add(codes, "text[]")),
    ),
  ];
}

function hasRole(roles: readonly string[], values: Values): string {
  // of one role the planner knows that a contact has it once, and may begin there
  const isOne = roles.length === 1 ? `= ${values.add(roles[0])}` : `= ANY(${values.add(roles, "text[]")})`;
  return `EXISTS (SELECT FROM contacts.contact_role r
    WHERE r.institution_id = $1 AND r.contact_id = c.id AND r.role ${isOne})`;
}

/** Post code and town of one and the same address. */
function livesAt({ postcode, town }: Filters, values: Values): string[] {
  const parts = [
    ...(postcode === null ? [] : [startsWith("a.postcode_key", postcode, values)]),
    ...(town === null ? [] : [startsWith("a.town_key", town, values)]),
  ];
  if (parts.length === 0) return [];
  return [
    `EXISTS (SELECT FROM contacts.contact_address a
      WHERE a.institution_id = $1 AND a.contact_id = c.id AND ${allOf(parts)})`,
  ];
}
