import type { GraphQLResolveInfo } from "graphql";
import { assertMay } from "../platform/access/allow.js";
import { seenContacts } from "../platform/access/seen-contacts.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { readAhead } from "../platform/graphql/selection.js";
import { loadersOf } from "./history.loaders.js";

/**
 * The gateway comes here without passing any decorator. Only the key is trusted. Unknown and invisible contacts are
 * null alike; an anonymized one is there, without histories.
 * @throws CodedError FORBIDDEN without contact:read
 */
export async function resolveContact(
  { id }: { id: unknown },
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<{ id: string } | null> {
  assertMay(context, "contact:read");
  const contactId = typeof id === "string" ? decodeId("Contact", id) : null;
  if (contactId === null) return null;
  const contact = { id: id as string };
  if (seenContacts(context).has(contactId)) return contact;
  const visible = loadersOf(context).visibleContact.load(contactId);
  // the lists ask for visibility themselves
  readAhead("Contact", contact, context, info);
  return (await visible) && contact;
}
