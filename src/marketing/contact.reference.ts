import { assertMay } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { contactLoader } from "./contact.loader.js";
import type { Contact } from "./contact.type.js";

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveContact({ id }: { id: string }, context: OperationContext): Promise<Contact | null> {
  assertMay(context, "contact:read");
  const key = decodeId("Contact", id);
  return key === null ? null : contactLoader(context).load(key);
}
