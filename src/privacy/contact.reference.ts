import DataLoader from "dataloader";
import { assertMay } from "../platform/access/allow.js";
import { seenContacts } from "../platform/access/seen-contacts.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { selectVisibleIds } from "./audit.sql.js";
import type { Contact } from "./contact.type.js";

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveContact({ id }: { id: string }, context: OperationContext): Promise<Contact | null> {
  assertMay(context, "contact:read");
  const key = decodeId("Contact", id);
  if (key === null) return null;
  const isVisible = seenContacts(context).has(key) || (await context.once(visibilityLoader).load(key));
  return isVisible ? { id } : null;
}

function visibilityLoader(context: OperationContext): DataLoader<string, boolean> {
  return new DataLoader(async (ids) => {
    const visible = new Set(await selectVisibleIds(context.db, ids));
    return ids.map((id) => visible.has(id));
  });
}
