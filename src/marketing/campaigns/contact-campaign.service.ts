import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { AudienceOutcome } from "../audience/audience.enums.js";
import { campaignRowOf, toCampaign } from "./campaign.reading.js";
import { type ContactCampaignRow, selectContactCampaigns } from "./contact-campaign.sql.js";
import type { ContactCampaign } from "./contact-campaign.type.js";

/** A list of contacts asks with one statement for each page. */
function createLoaders({ db }: OperationContext) {
  const loaders = new Map<string, DataLoader<string, ContactCampaignRow[]>>();
  return (before: string | null, limit: number) => {
    const key = `${before} ${limit}`;
    const loader =
      loaders.get(key) ??
      new DataLoader<string, ContactCampaignRow[]>(async (ids) => {
        const rows = Map.groupBy(await selectContactCampaigns(db, ids, { before, limit }), (row) => row.contactId);
        return ids.map((id) => rows.get(id) ?? []);
      });
    loaders.set(key, loader);
    return loader;
  };
}

/**
 * The campaigns that a contact was in, whatever became of him, and those that he was added to by hand, the newest first.
 * Null when the caller may not see them. @throws CodedError BAD_USER_INPUT
 */
export async function contactCampaigns(
  context: OperationContext,
  contactId: string,
  wanted: { first: number; after: string | null },
): Promise<Connection<ContactCampaign> | null> {
  assertFirst(wanted.first);
  const before = idBehind(wanted.after);
  const id = decodeId("Contact", contactId);
  if (id === null || !context.fields.may("Contact", "campaigns")) return null;
  const rows = await context
    .once(createLoaders)(before, wanted.first + 1)
    .load(id);
  const { edges, pageInfo } = page(rows, wanted, ({ campaignId }) => [campaignId]);
  const nodes = await Promise.all(edges.map(({ node }) => toContactCampaign(context, node)));
  const shown = edges.flatMap(({ cursor }, index) => {
    const node = nodes[index];
    return node ? [{ cursor, node }] : [];
  });
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

/** What became of a contact in one campaign; null until it has dealt with him. */
export async function recordedOutcome(
  context: OperationContext,
  contactId: string,
  campaignId: string,
): Promise<ContactCampaign | null> {
  const before = (BigInt(campaignId) + 1n).toString();
  const [row] = await context.once(createLoaders)(before, 1).load(contactId);
  return row?.campaignId === campaignId && row.outcome !== null ? toContactCampaign(context, row) : null;
}

async function toContactCampaign(context: OperationContext, row: ContactCampaignRow): Promise<ContactCampaign | null> {
  const campaign = await campaignRowOf(context, row.campaignId);
  if (!campaign) return null;
  const outcome = row.outcome && AudienceOutcome[row.outcome];
  const { decidedAt, isAddedByHand } = row;
  return context.fields.redact("ContactCampaign", {
    ...{ campaign: toCampaign(campaign), outcome, decidedAt, isAddedByHand },
  });
}

function idBehind(after: string | null): string | null {
  const [id] = decodeCursor(after, 1) ?? [null];
  if (id === null || (typeof id === "string" && /^\d{1,18}$/.test(id))) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
