import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { resolveContact } from "../contact.reference.js";
import { summaryOf } from "./summary.service.js";

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveContactSummary(reference: { id: string }, context: OperationContext) {
  const contact = await resolveContact(reference, context);
  return contact && contactSummary(context, contact);
}

/** Null when the summary as a whole is withheld from the caller. */
export function contactSummary(context: OperationContext, contact: VisibleContact) {
  return context.fields.may("Contact", "summary") ? summaryOf(context, contact) : null;
}
