import { assertMay } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { selects } from "../platform/graphql/selection.js";
import { contactLoaders, type VisibleContact } from "./contact.loaders.js";

type Selected = Parameters<typeof selects>[0];

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveContact(
  { id }: { id: string },
  context: OperationContext,
  info?: Selected,
): Promise<VisibleContact | null> {
  assertMay(context, "contact:read");
  return findContact(context, id, info);
}

/**
 * Null for an id that is none, of no contact, or of one that the caller may not see.
 * @param info what is selected of the contact: his lists are then read in the wave that finds him
 */
export async function findContact(
  context: OperationContext,
  id: string,
  info?: Selected,
): Promise<VisibleContact | null> {
  const key = decodeId("Contact", id);
  if (key === null) return null;
  const { byId, addresses, roles } = contactLoaders(context);
  const found = byId.load(key);
  if (info && selects(info, ["addresses"])) addresses.load(key).catch(leaveToField);
  if (info && selects(info, ["roles"])) roles.load(key).catch(leaveToField);
  return found;
}

function leaveToField(): void {
  // the loader remembers the failure, and the field reports it
}

/** Null for a number that no contact has, or one that the caller may not see. */
export async function findContactByNumber(context: OperationContext, number: string): Promise<VisibleContact | null> {
  return /^\d{1,20}$/.test(number) ? contactLoaders(context).byNumber.load(number) : null;
}
