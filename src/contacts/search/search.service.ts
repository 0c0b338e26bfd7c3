import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { SearchContext } from "../contact.enums.js";
import { toContact, type VisibleContact } from "../contact.loaders.js";
import { criterionTerms } from "../criteria/index.js";
import { forSale } from "../symbols/symbol.service.js";
import { mostWords, type NameWords, nameWords, type PlainText } from "./name-words.js";
import { wantedPhoneKeys } from "./phone-key.js";
import type { ContactFilter } from "./search.inputs.js";
import { countFound, type Place, readTexts, selectFound } from "./search.sql.js";
import type { Search, Wanted } from "./search.terms.js";

export interface SearchArguments {
  filter: ContactFilter;
  /** Where the search is made from: symbols are shown in sales only. */
  from: SearchContext;
  includeInvalid: boolean;
  first: number;
  after: string | null;
}

/** The fields of a contact that searching by each field of the filter gives away. */
const gives: Readonly<Record<Exclude<keyof ContactFilter, "text">, readonly string[]>> = {
  name: ["firstName", "lastName", "structureName"],
  email: ["email"],
  phone: ["phone", "mobile"],
  contactNumber: [],
  referenceCode: ["referenceCode"],
  postcode: ["addresses"],
  town: ["addresses"],
  roles: ["roles"],
  type: [],
  birthDate: ["birthDate"],
  criteria: ["criteria"],
};
type SearchField = keyof typeof gives;

const longestTerm = 200;

/**
 * Finds contacts that exist for the caller, the best hits first. Never by a field that is withheld from him: named in
 * the filter it is an error; the simple search leaves it out.
 * @throws CodedError BAD_USER_INPUT for a filter or page that cannot be asked for, FIELD_NOT_AVAILABLE for a withheld field
 */
export async function findContacts(context: OperationContext, wanted: SearchArguments) {
  assertFirst(wanted.first);
  const after = placeOf(wanted.after);
  const search = await searchOf(context, wanted);
  const shownIn = wanted.from === SearchContext.SALES ? forSale : (contact: VisibleContact) => contact;
  const rows = await selectFound(context.db, search, { after, limit: wanted.first + 1 });
  const found = rows.map(({ rank, key, ...row }) => ({
    contact: shownIn(toContact(context, row)),
    place: [rank, key, row.id] as const,
  }));
  const { edges, pageInfo } = page(found, wanted, ({ place }) => place);
  const answer: Connection<VisibleContact> & { totalCount: () => Promise<number> } = {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: node.contact })),
    nodes: edges.map(({ node }) => node.contact),
    pageInfo,
    totalCount: () => countFound(context.db, search),
  };
  return answer;
}

function placeOf(after: string | null): Place | null {
  const place = decodeCursor(after, 3);
  if (!place) return null;
  const [rank, key, id] = place;
  if (typeof rank === "number" && typeof key === "string" && typeof id === "string" && /^\d{1,18}$/.test(id)) {
    return { rank, key, id };
  }
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}

async function searchOf(context: OperationContext, { filter, includeInvalid }: SearchArguments): Promise<Search> {
  const given = termsOf(filter);
  for (const field of Object.keys(gives) as SearchField[]) {
    if (given[field] === null || maySearchBy(context, field)) continue;
    throw new CodedError("FIELD_NOT_AVAILABLE", `You cannot search by ${field}: it is withheld from you.`, { field });
  }
  if (Object.values(given).every((value) => value === null)) {
    throw new CodedError("BAD_USER_INPUT", "The filter needs at least one field with a value.", { argument: "filter" });
  }
  const [{ plain, country }, criteria] = await Promise.all([
    readWhatIsNeeded(context, given),
    criterionTerms(context, given.criteria ?? []),
  ]);
  const [text, name, town] = plain;
  const wantedName = given.name === null ? null : wordsOf(name, given.name, "name");
  const { text: _, ...others } = given;
  return {
    filters: {
      ...others,
      name: given.text === null ? null : wantedName,
      email: given.email?.toLowerCase() ?? null,
      phoneKeys: given.phone === null ? null : phoneKeysOf(given.phone, country),
      postcode: given.postcode?.replaceAll(" ", "").toUpperCase() ?? null,
      town: town?.text || given.town,
      criteria,
    },
    wanted: given.text === null ? named(wantedName) : wantedOf(context, given.text, text, country),
    includeInvalid,
    byName: maySearchBy(context, "name"),
  };
}

/** Names and towns are compared as the database writes them, national numbers belong to a country; nothing else asks. */
async function readWhatIsNeeded(context: OperationContext, given: ReturnType<typeof termsOf>) {
  const { name, phone, town } = given;
  const text = given.text?.includes("@") ? null : given.text;
  const written = [text, name].map((value) => (value === null ? null : asWritten(value)));
  const isKnown = (value: string | null, index: number) => value === null || written[index] !== null;
  const isNeeded = ![text, name].every(isKnown) || phone !== null || town !== null;
  return isNeeded ? readTexts(context.db, [text, name, town]) : { plain: written, country: "" };
}

/** One word of plain letters the database would write so too; with one word alone there is nothing to begin with. */
function asWritten(text: string): PlainText | null {
  if (!/^[a-z]+$/i.test(text)) return null;
  return { text: text.toLowerCase(), counts: [1], isWord: [true], isCompound: true };
}

/** What is given, trimmed; null for what is left out or blank. */
function termsOf(filter: ContactFilter) {
  const { roles, type, birthDate } = filter;
  return {
    text: term(filter.text, "text"),
    name: term(filter.name, "name"),
    email: term(filter.email, "email"),
    phone: term(filter.phone, "phone"),
    contactNumber: term(filter.contactNumber, "contactNumber"),
    referenceCode: term(filter.referenceCode, "referenceCode"),
    postcode: term(filter.postcode, "postcode"),
    town: term(filter.town, "town"),
    roles: roles && roles.length > 0 ? [...new Set(roles)] : null,
    type: type ?? null,
    birthDate: birthDate ?? null,
    criteria: filter.criteria && filter.criteria.length > 0 ? filter.criteria : null,
  };
}

function maySearchBy(context: OperationContext, field: SearchField): boolean {
  return gives[field].every((each) => context.fields.may("Contact", each));
}

function term(value: string | null | undefined, field: string): string | null {
  const text = value?.trim().replace(/\s+/g, " ") ?? "";
  if (text.length > longestTerm)
    throw new CodedError("BAD_USER_INPUT", `\`${field}\` has at most ${longestTerm} characters.`, { argument: field });
  // PostgreSQL's text has none
  if (text.includes("\0"))
    throw new CodedError("BAD_USER_INPUT", `\`${field}\` has no NUL characters.`, { argument: field });
  return text || null;
}

/** @param plain what the database made of it; of a text that it left nothing of, the text itself finds nothing */
function wordsOf(plain: PlainText | null | undefined, text: string, field: string): NameWords {
  const name = nameWords(plain?.text ? plain : { text, counts: [], isWord: [], isCompound: false });
  if (name.words.length <= mostWords) return name;
  throw new CodedError("BAD_USER_INPUT", `\`${field}\` has at most ${mostWords} words.`, { argument: field });
}

function phoneKeysOf(phone: string, country: string): string[] {
  const keys = wantedPhoneKeys(phone, country);
  if (keys.length > 0) return keys;
  throw new CodedError("BAD_USER_INPUT", "`phone` is a number, or its last six digits or more.", { argument: "phone" });
}

function named(name: NameWords | null): Wanted | null {
  return name && { name, contactNumber: null, referenceCode: null, phoneKeys: [], email: null };
}

/** Everything that a text may be, as far as the caller may search by it. */
function wantedOf(
  context: OperationContext,
  text: string,
  plain: PlainText | null | undefined,
  country: string,
): Wanted {
  const may = (field: SearchField) => maySearchBy(context, field);
  const phoneKeys = may("phone") ? wantedPhoneKeys(text, country) : [];
  // a number with many blanks is no name of many words
  const isNumber = wantedPhoneKeys(text, country).length > 0 && (plain?.counts.length ?? 0) > mostWords;
  return {
    contactNumber: /^\d{1,20}$/.test(text) ? text : null,
    referenceCode: may("referenceCode") ? text : null,
    phoneKeys,
    email: may("email") && !text.includes(" ") ? text.toLowerCase() : null,
    name: may("name") && !text.includes("@") && !isNumber ? wordsOf(plain, text, "text") : null,
  };
}
