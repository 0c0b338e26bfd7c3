import type { OperationContext } from "../platform/context.js";
import { CodedError } from "../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../platform/graphql/connection.js";
import { toContact, type VisibleContact } from "./contact.loaders.js";
import type { ContactFilter } from "./contact-search.inputs.js";
import { countContacts, type SearchTerms, searchContacts, type TextField } from "./contact-search.sql.js";

export interface SearchArguments {
  filter: ContactFilter;
  includeInvalid: boolean;
  first: number;
  after: string | null;
}

/** The fields of a contact that each part of a search gives away. */
const gives: Record<TextField, readonly string[]> = {
  name: ["firstName", "lastName", "structureName"],
  email: ["email"],
  contactNumber: [],
  referenceCode: ["referenceCode"],
};
const longestTerm = 200;

/**
 * Finds contacts that exist for the caller. Never by a field that is withheld from him: named in the filter it is an
 * error; the simple search leaves it out.
 * @throws CodedError BAD_USER_INPUT for a filter or page that cannot be asked for, FIELD_NOT_AVAILABLE for a withheld field
 */
export async function findContacts(context: OperationContext, wanted: SearchArguments) {
  assertFirst(wanted.first);
  const terms = searchTerms(context, wanted);
  const byName = maySearchBy(context, "name");
  const rows = await searchContacts(context.db, terms, {
    byName,
    after: position(wanted.after),
    limit: wanted.first + 1,
  });
  const contacts = rows.map((row) => ({ contact: toContact(context, row), key: [row.sortName, row.id] as const }));
  const { edges, pageInfo } = page(contacts, wanted, ({ key }) => key);
  const answer: Connection<VisibleContact> & { totalCount: () => Promise<number> } = {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: node.contact })),
    nodes: edges.map(({ node }) => node.contact),
    pageInfo,
    totalCount: () => countContacts(context.db, terms),
  };
  return answer;
}

function position(after: string | null): { name: string; id: string } | null {
  const key = decodeCursor(after, 2);
  if (!key) return null;
  const [name, id] = key;
  if (typeof name === "string" && typeof id === "string" && /^\d{1,18}$/.test(id)) return { name, id };
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}

function searchTerms(context: OperationContext, { filter, includeInvalid }: SearchArguments): SearchTerms {
  const text = term(filter.text, "text");
  const terms = {
    name: term(filter.name, "name"),
    email: term(filter.email, "email"),
    contactNumber: term(filter.contactNumber, "contactNumber"),
    referenceCode: term(filter.referenceCode, "referenceCode"),
  };
  for (const field of Object.keys(terms) as TextField[]) {
    if (terms[field] === null || maySearchBy(context, field)) continue;
    throw new CodedError("FIELD_NOT_AVAILABLE", `You cannot search by ${field}: it is withheld from you.`, { field });
  }
  const type = filter.type ?? null;
  if (text === null && type === null && Object.values(terms).every((value) => value === null)) {
    throw new CodedError("BAD_USER_INPUT", "The filter needs at least one field with a value.", { argument: "filter" });
  }
  const by = new Set((Object.keys(gives) as TextField[]).filter((field) => maySearchBy(context, field)));
  return { ...terms, type, text: text === null ? null : { value: text, by }, includeInvalid };
}

function maySearchBy(context: OperationContext, field: TextField): boolean {
  return gives[field].every((each) => context.fields.may("Contact", each));
}

function term(value: string | null | undefined, field: string): string | null {
  const text = value?.trim().replace(/\s+/g, " ") ?? "";
  if (text.length > longestTerm || text.includes("\0")) {
    throw new CodedError("BAD_USER_INPUT", `\`${field}\` has at most ${longestTerm} characters.`, { argument: field });
  }
  return text || null;
}
