import { assertMay } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { contactLoaders, type VisibleContact } from "./contact.loaders.js";

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveContact(
  { id }: { id: string },
  context: OperationContext,
): Promise<VisibleContact | null> {
  assertMay(context, "contact:read");
  return findContact(context, id);
}

/** Null for an id that is none, of no contact, or of one that the caller may not see. */
export async function findContact(context: OperationContext, id: string): Promise<VisibleContact | null> {
  const key = decodeId("Contact", id);
  return key === null ? null : contactLoaders(context).byId.load(key);
}

/** Null for a number that no contact has, or one that the caller may not see. */
export async function findContactByNumber(context: OperationContext, number: string): Promise<VisibleContact | null> {
  return /^\d{1,20}$/.test(number) ? contactLoaders(context).byNumber.load(number) : null;
}
