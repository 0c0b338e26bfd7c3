import DataLoader from "dataloader";
import { levelOf } from "../platform/access/clearance.js";
import { noteRead } from "../platform/access/confidential-reads.js";
import { seenContacts } from "../platform/access/seen-contacts.js";
import type { OperationContext } from "../platform/context.js";
import type { Sql } from "../platform/database/sql.js";
import { encodeId } from "../platform/graphql/opaque-id.js";
import { selectAddresses } from "./address.sql.js";
import type { Address } from "./address.type.js";
import type { ContactRole } from "./contact.enums.js";
import { selectContacts, selectContactsByNumber } from "./contact.sql.js";
import type { Contact, ContactRow } from "./contact.type.js";
import { type ConnectionRow, selectConnections, selectRoles } from "./contact-lists.sql.js";

/** The database id stays with a contact under this key, out of clients' sight. */
export const databaseId = Symbol("database id");

/** A contact as the caller may see it: rings 3 and 4 have acted. */
export type VisibleContact = Contact & { readonly [databaseId]: string };

/** Where a row becomes an answer. */
export function toContact(context: OperationContext, row: ContactRow): VisibleContact {
  seenContacts(context).add(row.id);
  noteRead(context, row.id, row.confidentialityLevel);
  const { firstName, lastName, structureName } = row;
  const contact = {
    ...row,
    id: encodeId("Contact", row.id),
    [databaseId]: row.id,
    confidentialityLevel: levelOf(row.confidentialityLevel),
    displayName: structureName ?? ([firstName, lastName].filter(Boolean).join(" ") || null),
  };
  return context.fields.redact("Contact", contact) as VisibleContact;
}

/** Loads by database id, in the order of the ids, null for the missing and the invisible. */
function contactLoader(
  context: OperationContext,
  select: (db: Sql, keys: readonly string[]) => Promise<ContactRow[]>,
  keyOf: (row: ContactRow) => string,
) {
  return new DataLoader<string, VisibleContact | null>(async (keys) => {
    const rows = await select(context.db, keys);
    const byKey = new Map(rows.map((row) => [keyOf(row), toContact(context, row)]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

/** Loads the rows of a list by contact, for all contacts at once; none for a contact without any. */
export function listLoader<Row extends { contactId: string }>(load: (ids: readonly string[]) => Promise<Row[]>) {
  return new DataLoader<string, Row[]>(async (ids) => {
    const byContact = Map.groupBy(await load(ids), ({ contactId }) => contactId);
    return ids.map((id) => byContact.get(id) ?? []);
  });
}

export interface ContactLoaders {
  readonly byId: DataLoader<string, VisibleContact | null>;
  readonly byNumber: DataLoader<string, VisibleContact | null>;
  readonly addresses: DataLoader<string, (Address & { contactId: string })[]>;
  readonly roles: DataLoader<string, { contactId: string; role: ContactRole }[]>;
  /** One loader for each page that is asked for. */
  connections(page: { after: string; limit: number }): DataLoader<string, ConnectionRow[]>;
}

function createLoaders(context: OperationContext): ContactLoaders {
  const pages = new Map<string, DataLoader<string, ConnectionRow[]>>();
  return {
    byId: contactLoader(context, selectContacts, ({ id }) => id),
    byNumber: contactLoader(context, selectContactsByNumber, ({ contactNumber }) => contactNumber),
    addresses: listLoader((ids) => selectAddresses(context.db, ids)),
    roles: listLoader((ids) => selectRoles(context.db, ids)),
    connections(page) {
      const key = `${page.after} ${page.limit}`;
      const loader = pages.get(key) ?? listLoader((ids) => selectConnections(context.db, ids, page));
      pages.set(key, loader);
      return loader;
    },
  };
}

/** The loaders of this operation. */
export function contactLoaders(context: OperationContext): ContactLoaders {
  return context.once(createLoaders);
}
