import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { selectProspects } from "./prospect.sql.js";

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, boolean | null>(async (ids) => {
    const rows = await selectProspects(db, ids);
    const byContact = new Map(rows.map(({ contactId, isProspect }) => [contactId, isProspect]));
    return ids.map((id) => byContact.get(id) ?? null);
  });
}

/** Null when it is withheld, or the contact anonymized. */
export async function contactIsProspect(context: OperationContext, contactId: string): Promise<boolean | null> {
  const id = decodeId("Contact", contactId);
  if (id === null || !context.fields.may("Contact", "isProspect")) return null;
  return context.once(createLoader).load(id);
}
