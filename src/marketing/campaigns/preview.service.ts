import "./campaign.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { audienceOfCampaign, contextOfOwner } from "../audience/campaign-audience.js";
import { CampaignType } from "./campaign.enums.js";
import { campaignAnswer, campaignRefusal, campaignRowOf } from "./campaign.reading.js";
import { campaignToChange } from "./campaign.service.js";
import type { CampaignRow } from "./campaign.sql.js";
import { mayCount } from "./campaign-counts.js";
import type { PreviewCampaignPayload } from "./campaign-run.type.js";
import type { PreviewCampaignInput } from "./campaign-state.inputs.js";
import { keepPreview } from "./campaign-state.sql.js";
import { countWithoutPurchase } from "./preview.sql.js";

/**
 * Looks at the audience of a campaign as it is now, with the rights of its owner. From the first time on the type stays
 * (F41). Of purchase information it counts who has none of what it is about; that holds nobody back.
 */
export async function previewCampaign(
  context: OperationContext,
  input: PreviewCampaignInput,
): Promise<PreviewCampaignPayload> {
  const id = decodeId("Campaign", input.id);
  const known = id === null ? null : await campaignRowOf(context, id);
  if (!known) return refusal(context, [problem("CAMPAIGN_NOT_FOUND", ["id"])]);
  const found = await look(context, known);
  if ("problems" in found) return refusal(context, found.problems);
  const call = { mutation: "previewCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const campaign = await campaignToChange(context, db, input.id, "id");
    if (campaign.version !== known.version) refuse(problem("VERSION_CONFLICT", ["id"], { version: campaign.version }));
    await keepPreview(db, campaign.id, found.counts);
    return { campaign: campaign.id };
  });
  if ("problems" in done) return refusal(context, done.problems);
  const warns = (found.withoutPurchase ?? 0) > 0 ? ["RECIPIENTS_WITHOUT_PURCHASE"] : [];
  return { ...(await campaignAnswer(context, done, () => warns)), recipientsWithoutPurchase: found.withoutPurchase };
}

function refusal(context: OperationContext, problems: readonly Problem[]): PreviewCampaignPayload {
  return { ...campaignRefusal(context, problems), recipientsWithoutPurchase: null };
}

interface Found {
  readonly counts: Record<string, number>;
  readonly withoutPurchase: number | null;
}

/** Counts outside of the change: of a million contacts it takes a while. */
async function look(
  context: OperationContext,
  campaign: CampaignRow,
): Promise<Found | { readonly problems: readonly Problem[] }> {
  const owner = await contextOfOwner(context, campaign);
  if (!owner) return { problems: [problem("CAMPAIGN_OWNER_NOT_PERMITTED", ["id"])] };
  const audience = await audienceOfCampaign(owner, campaign, context.db);
  if ("problems" in audience) {
    return { problems: [problem("CAMPAIGN_TARGET_NOT_ASKABLE", ["id"], { reason: audience.problems[0]?.code ?? "" })] };
  }
  const mayKnow = await mayKnowPurchases(context, campaign);
  return owner.bulkTransaction(async (db) => ({
    counts: Object.fromEntries(await audience.count(db)),
    withoutPurchase: mayKnow ? await countWithoutPurchase(db, audience, campaign) : null,
  }));
}

async function mayKnowPurchases(context: OperationContext, campaign: CampaignRow): Promise<boolean> {
  if (campaign.type !== CampaignType.PURCHASE_INFORMATION) return false;
  const seesPurchases = ["purchaseHistory", "culturalHistory"].every((field) => context.fields.may("Contact", field));
  return seesPurchases && (await mayCount(context, campaign));
}
