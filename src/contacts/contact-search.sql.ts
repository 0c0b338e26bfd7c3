import type { Sql } from "../platform/database/sql.js";
import { contactColumns } from "./contact.sql.js";
import type { ContactRow } from "./contact.type.js";
import { visibleTo } from "./visibility.js";

/** What a search asks for, ready for SQL. Null: not asked for, or not to be searched by for this caller. */
export interface SearchTerms {
  /** Beginning of a name, normalized by the database. */
  readonly name: string | null;
  readonly email: string | null;
  readonly contactNumber: string | null;
  readonly referenceCode: string | null;
  readonly type: string | null;
  /** The parts of a simple search: one of them must fit. Null without one. */
  readonly text: { readonly value: string; readonly by: ReadonlySet<TextField> } | null;
  readonly includeInvalid: boolean;
}

export type TextField = "name" | "email" | "contactNumber" | "referenceCode";

// ranges instead of LIKE, which loses its index under row-level security
const startsWith = (column: string, prefix: string) =>
  `(${column} >= ${prefix} AND ${column} < ${prefix} || U&'\\+10FFFF')`;
const namedLike = (value: string) =>
  `(${startsWith("c.search_name", value)} OR ${startsWith("c.search_first_name", value)})`;

const textConditions: Record<TextField, (value: string) => string> = {
  name: (value) => namedLike(`platform.normalize(${value})`),
  email: (value) => startsWith("c.email_key", `lower(${value})`),
  contactNumber: (value) => `c.contact_number = ${value}`,
  referenceCode: (value) => `c.reference_code = ${value}`,
};

/** WHERE and its values; `$1` is the institution. */
function conditions(terms: SearchTerms, institutionId: number): { where: string; values: unknown[] } {
  const values: unknown[] = [institutionId];
  const parameter = (value: unknown) => `$${values.push(value)}::text`;
  const parts = [`c.institution_id = $1`, `c.anonymized_at IS NULL`, visibleTo("c")];
  if (terms.name !== null) parts.push(namedLike(`platform.normalize(${parameter(terms.name)})`));
  if (terms.email !== null) parts.push(`c.email_key = lower(${parameter(terms.email)})`);
  if (terms.contactNumber !== null) parts.push(`c.contact_number = ${parameter(terms.contactNumber)}`);
  if (terms.referenceCode !== null) parts.push(`c.reference_code = ${parameter(terms.referenceCode)}`);
  if (terms.type !== null) parts.push(`c.contact_type = ${parameter(terms.type)}`);
  if (terms.text) {
    const value = parameter(terms.text.value);
    const by = [...terms.text.by].map((field) => textConditions[field](value));
    parts.push(by.length > 0 ? `(${by.join(" OR ")})` : "false");
  }
  if (!terms.includeInvalid) parts.push(`(c.validity_end_date IS NULL OR c.validity_end_date >= platform.today())`);
  return { where: parts.join(" AND "), values };
}

export interface SearchPage {
  /** By name when the caller sees names, else by id alone. */
  readonly byName: boolean;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly limit: number;
}

/** One page, in keyset order. `sortName` is the name that the page is sorted by. */
export async function searchContacts(
  db: Sql,
  terms: SearchTerms,
  { byName, after, limit }: SearchPage,
): Promise<(ContactRow & { sortName: string })[]> {
  const { where, values } = conditions(terms, db.institutionId);
  const parameter = (value: unknown) => `$${values.push(value)}`;
  let beyond = "";
  if (after && byName)
    beyond = `AND (c.search_name, c.id) > (${parameter(after.name)}, ${parameter(after.id)}::bigint)`;
  else if (after) beyond = `AND c.id > ${parameter(after.id)}::bigint`;
  const { rows } = await db.query<ContactRow & { sortName: string }>(
    `/* searchContacts */
     SELECT ${contactColumns}, ${byName ? "c.search_name" : "''"} AS "sortName" FROM contacts.contact c
     WHERE ${where} ${beyond}
     ORDER BY ${byName ? "c.search_name, c.id" : "c.id"} LIMIT ${parameter(limit)}::int`,
    values,
    "BY_VALUES",
  );
  return rows;
}

/** How many contacts the search finds, exactly. */
export async function countContacts(db: Sql, terms: SearchTerms): Promise<number> {
  const { where, values } = conditions(terms, db.institutionId);
  const { rows } = await db.query<{ count: string }>(
    `/* countContacts */ SELECT count(*) AS count FROM contacts.contact c WHERE ${where}`,
    values,
    "BY_VALUES",
  );
  return Number(rows[0]!.count);
}
