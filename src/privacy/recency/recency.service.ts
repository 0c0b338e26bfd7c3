import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { type RecencyRow, selectRecency } from "./recency.sql.js";
import { GdprActivityKind, type GdprRecency } from "./recency.type.js";

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, RecencyRow | null>(async (ids) => {
    const byContact = new Map((await selectRecency(db, ids)).map((row) => [row.contactId, row]));
    return ids.map((id) => byContact.get(id) ?? null);
  });
}

/** As it is kept, never worked out for the question (domain 4.4). Null before it was first, when withheld, or anonymized. */
export async function contactRecency(context: OperationContext, contactId: string): Promise<GdprRecency | null> {
  const row = await recencyOf(context, contactId, "gdprRecency");
  return row && { date: row.day, decidingActivity: activityOf(row), computedAt: row.computedAt };
}

/** The month of the day that is kept, as yyyymm. */
export async function contactRecencyMonth(context: OperationContext, contactId: string): Promise<string | null> {
  const row = await recencyOf(context, contactId, "gdprRecencyMonth");
  return row ? row.day.slice(0, 7).replace("-", "") : null;
}

async function recencyOf(context: OperationContext, contactId: string, field: string): Promise<RecencyRow | null> {
  const id = decodeId("Contact", contactId);
  if (id === null || !context.fields.may("Contact", field)) return null;
  return context.once(createLoader).load(id);
}

/** What decided a recency, as an answer. */
export function activityOf({ kind, organization, recordId }: Pick<RecencyRow, "kind" | "organization" | "recordId">) {
  const type = kind === GdprActivityKind.WAITING_LIST ? "WaitingListEntry" : "Order";
  return { kind: kind as GdprActivityKind, organization, recordId: recordId && encodeId(type, recordId) };
}
