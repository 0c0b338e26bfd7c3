import type { OperationContext } from "../platform/context.js";
import { CodedError } from "../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../platform/graphql/connection.js";
import { encodeId } from "../platform/graphql/opaque-id.js";
import type { Address } from "./address.type.js";
import type { ContactLink } from "./connection.type.js";
import { ConnectionStatus, type ContactRole } from "./contact.enums.js";
import { contactLoaders, databaseId, type VisibleContact } from "./contact.loaders.js";
import type { ConnectionRow } from "./contact-lists.sql.js";

/** Null when addresses are withheld from the caller, as in every list below. */
export async function contactAddresses(context: OperationContext, contact: VisibleContact): Promise<Address[] | null> {
  if (!context.fields.may("Contact", "addresses")) return null;
  return contactLoaders(context).addresses.load(contact[databaseId]);
}

export async function contactRoles(context: OperationContext, contact: VisibleContact): Promise<ContactRole[] | null> {
  if (!context.fields.may("Contact", "roles")) return null;
  const rows = await contactLoaders(context).roles.load(contact[databaseId]);
  return rows.map(({ role }) => role);
}

/** @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function contactLinks(
  context: OperationContext,
  contact: VisibleContact,
  wanted: { first: number; after: string | null },
): Promise<Connection<ContactLink> | null> {
  if (!context.fields.may("Contact", "connections")) return null;
  assertFirst(wanted.first);
  const after = afterId(wanted.after);
  const rows = await contactLoaders(context)
    .connections({ after, limit: wanted.first + 1 })
    .load(contact[databaseId]);
  const links = await Promise.all(rows.map((row) => toLink(context, row)));
  const seen = links.filter((link) => link !== null);
  return page(seen, wanted, (link) => [link.key]);
}

/** The id that a list sorted by ids goes on after. @throws CodedError BAD_USER_INPUT */
export function afterId(after: string | null): string {
  const [id] = decodeCursor(after, 1) ?? ["0"];
  if (typeof id === "string" && /^\d{1,18}$/.test(id)) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}

/** Null when one end went out of sight since the link was read. */
export async function toLink(
  context: OperationContext,
  row: Omit<ConnectionRow, "contactId">,
): Promise<(ContactLink & { key: string }) | null> {
  const { byId } = contactLoaders(context);
  const [from, to] = await byId.loadMany([row.fromId, row.toId]);
  if (!from || !to || from instanceof Error || to instanceof Error) return null;
  const status = from.isValid && to.isValid ? ConnectionStatus.ACTIVE : ConnectionStatus.INACTIVE;
  return { id: encodeId("ContactLink", row.id), key: row.id, type: row.type, status, from, to };
}
