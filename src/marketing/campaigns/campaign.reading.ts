import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { type Problem, userErrors, warnings } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { AuthorizationCode } from "../authorizations/authorization.js";
import { findTarget, toTarget } from "../targets/target.reading.js";
import type { Target } from "../targets/target.type.js";
import type { CampaignState } from "./campaign.enums.js";
import { type CampaignRow, selectCampaignPage, selectCampaigns } from "./campaign.sql.js";
import type { Campaign, CampaignPayload } from "./campaign.type.js";
import { selectKnownOrders } from "./campaign-parts.sql.js";

const campaignRow = Symbol("row of a campaign");
type KnownCampaign = Campaign & { readonly [campaignRow]: CampaignRow };

/** Campaigns are the institution's: none is shared with a partner. */
const hasCampaigns = ({ caller }: OperationContext) => caller.kind !== "PARTNER" && caller.ownContactId === null;

function createLoader(context: OperationContext) {
  return new DataLoader<string, CampaignRow | null>(async (ids) => {
    const rows = hasCampaigns(context) ? await selectCampaigns(context.db, ids) : [];
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** By database id; null for one that does not exist for the caller. */
export function campaignRowOf(context: OperationContext, id: string): Promise<CampaignRow | null> {
  return context.once(createLoader).load(id);
}

/** Null for an id of no campaign, and of one that does not exist for the caller. */
export async function findCampaign(context: OperationContext, id: string): Promise<Campaign | null> {
  const key = decodeId("Campaign", id);
  const row = key === null ? null : await campaignRowOf(context, key);
  return row && toCampaign(row);
}

/** The newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function campaigns(
  context: OperationContext,
  { states, ...wanted }: { first: number; after: string | null; states: CampaignState[] | null },
): Promise<Connection<Campaign>> {
  assertFirst(wanted.first);
  const before = idBehind(wanted.after);
  const request = { before, limit: wanted.first + 1, states };
  const rows = hasCampaigns(context) ? await selectCampaignPage(context.db, request) : [];
  return page(rows.map(toCampaign), wanted, (campaign) => [campaign[campaignRow].id]);
}

/** The row that a campaign of an answer was made from. */
export function rowOf(campaign: Campaign): CampaignRow {
  return (campaign as KnownCampaign)[campaignRow];
}

export function toCampaign(row: CampaignRow): KnownCampaign {
  const { name, type, channel, state, subject, businessContactsOnly, organization, owner } = row;
  return {
    ...{ id: encodeId("Campaign", row.id), name, type, channel, state, subject, businessContactsOnly, organization },
    authorization: row.authorization as AuthorizationCode | null,
    targets: [],
    orderIds: [],
    productIds: row.productIds.map((id) => encodeId("Product", id)),
    ...{ owner, scheduledAt: row.scheduledAt, previewedAt: row.previewedAt, createdAt: row.createdAt },
    ...{ updatedAt: row.updatedAt, version: row.version },
    [campaignRow]: row,
  };
}

/** The targets of a campaign that exist for the caller. */
export async function targetsOf(context: OperationContext, campaign: Campaign): Promise<Target[]> {
  const ids = rowOf(campaign).targetIds.map((id) => encodeId("Target", id));
  const rows = await Promise.all(ids.map((id) => findTarget(context, id)));
  return rows.filter((row) => row !== null).map(toTarget);
}

/** The orders of a campaign that exist for the caller. */
export async function orderIdsOf(context: OperationContext, campaign: Campaign): Promise<string[]> {
  const { orderIds } = rowOf(campaign);
  if (orderIds.length === 0 || !context.caller.permissions.has("history:read")) return [];
  const known = await selectKnownOrders(context.db, orderIds);
  return orderIds.filter((id) => known.has(id)).map((id) => encodeId("Order", id));
}

/** The campaign that a mutation has changed, or why it has not. */
export async function campaignAnswer(
  context: OperationContext,
  done: { ids: { campaign: string } } | { problems: readonly Problem[] },
  codesOf: (row: CampaignRow) => readonly string[] = () => [],
): Promise<CampaignPayload> {
  if ("problems" in done) return campaignRefusal(context, done.problems);
  const row = await campaignRowOf(context, done.ids.campaign);
  return {
    campaign: row && toCampaign(row),
    userErrors: [],
    warnings: row ? warnings(codesOf(row), context.locale) : [],
  };
}

export function campaignRefusal(context: OperationContext, problems: readonly Problem[]): CampaignPayload {
  return { campaign: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

function idBehind(after: string | null): string | null {
  const [id] = decodeCursor(after, 1) ?? [null];
  if (id === null || (typeof id === "string" && /^\d{1,18}$/.test(id))) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
