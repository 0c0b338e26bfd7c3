import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import type { OperationContext } from "../../platform/context.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { resolveContact } from "../contact.reference.js";
import { contactIndicators } from "../indicators/indicator.service.js";
import { selectLastActivityDays } from "./summary.sql.js";

const lastActivityLoader = ({ db }: OperationContext) =>
  new DataLoader<string, string | null>(async (ids) => {
    const days = new Map((await selectLastActivityDays(db, ids)).map(({ contactId, day }) => [contactId, day]));
    return ids.map((id) => days.get(id) ?? null);
  });

/** As closed as the contact's own fields, and by the summary's own levels. */
export async function resolveContactSummary(
  reference: { id: unknown },
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const contact = await resolveContact(reference, context, info);
  if (!contact || !context.fields.may("Contact", "summary")) return null;
  const { id } = contact;
  return context.fields.redact("ContactSummary", {
    id,
    indicators: () => contactIndicators(context, id),
    lastActivityDate: () => context.once(lastActivityLoader).load(decodeId("Contact", id)!),
  });
}
