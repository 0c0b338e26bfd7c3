import type { GraphQLResolveInfo } from "graphql";
import type { OperationContext } from "../../platform/context.js";
import { resolveContact } from "../contact.reference.js";
import { contactIndicators } from "./indicator.service.js";

/** As closed as the contact's own field, and by the summary's own level. */
export async function resolveContactSummary(
  reference: { id: unknown },
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const contact = await resolveContact(reference, context, info);
  if (!contact || !context.fields.may("Contact", "summary")) return null;
  const isShown = context.fields.may("ContactSummary", "indicators");
  return { id: contact.id, indicators: () => (isShown ? contactIndicators(context, contact.id) : null) };
}
