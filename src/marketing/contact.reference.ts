import { assertMay } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { contactLoader } from "./contact.loader.js";
import type { Contact, ContactSummary } from "./contact.type.js";

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveContact({ id }: { id: string }, context: OperationContext): Promise<Contact | null> {
  assertMay(context, "contact:read");
  const key = decodeId("Contact", id);
  return key === null ? null : contactLoader(context).load(key);
}

/** As closed as the contact's own fields, and by the summary's own levels. */
export async function resolveContactSummary(
  reference: { id: string },
  context: OperationContext,
): Promise<ContactSummary | null> {
  const contact = await resolveContact(reference, context);
  if (!contact || !context.fields.may("Contact", "summary")) return null;
  const { id, authorizations, bounceStatus } = contact;
  return context.fields.redact("ContactSummary", { id, authorizations, bounceStatus });
}
