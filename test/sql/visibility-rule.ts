import { scopesOf, tablesOf } from "./scopes.js";

/** Views each row of which is of a contact that the caller sees. */
const ofVisibleContacts: ReadonlySet<string> = new Set([
  "contacts.visible_contact",
  "contacts.visible_place",
  "contacts.retainable_contact",
]);

/**
 * Design 3, ring 3, for the modules beside contacts: a statement on rows about contacts joins
 * `contacts.visible_contact`, or its function takes ids that were seen to be visible.
 * @param aboutContacts names of the tables whose rows are about a contact
 */
export async function visibilityFindings(
  text: string,
  signature: string,
  aboutContacts: ReadonlySet<string>,
): Promise<string[]> {
  const tables = (await scopesOf(text)).flatMap(tablesOf).map(({ name }) => name);
  if (tables.some((name) => ofVisibleContacts.has(name)) || /\bVisibleContactIds\b/.test(signature)) return [];
  return [...new Set(tables.filter((name) => aboutContacts.has(name)))].map(
    (name) => `${name} is about contacts: join contacts.visible_contact or take VisibleContactIds`,
  );
}
