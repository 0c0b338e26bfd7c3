import type { Clearance } from "../../platform/access/clearance.js";
import { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import type { StatementValues } from "../../platform/database/statement-values.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import type { AuthorizationCode } from "../authorizations/authorization.js";
import { selectHasAdditions } from "../campaigns/addition.sql.js";
import { CampaignType } from "../campaigns/campaign.enums.js";
import type { CampaignRow } from "../campaigns/campaign.sql.js";
import type { GatedCampaign } from "../gates/gates.js";
import { selectTargets } from "../targets/target.sql.js";
import { type Audience, audienceOf } from "./audience.js";

/** What the gates ask of a campaign. */
export function gatedBy({ channel, type, businessContactsOnly, authorization }: CampaignRow): GatedCampaign {
  return {
    channel,
    isPurchaseInformation: type === CampaignType.PURCHASE_INFORMATION,
    isForBusinessContacts: businessContactsOnly,
    authorization: authorization as AuthorizationCode | null,
  };
}

/**
 * The owner of a campaign, with the lower of his rights when he made it and of today, and nobody above the clearance of
 * whoever asks: what an audience is asked with.
 * @returns null when he has no access any more
 */
export async function contextOfOwner(
  context: OperationContext,
  { ownerClaims }: CampaignRow,
): Promise<OperationContext | null> {
  const { privacy } = context.ports;
  const owner = await privacy.callerOf(ownerClaims);
  if (!owner || owner.institutionId !== context.caller.institutionId) return null;
  const clearance = lowerOf(owner.clearance, context.caller.clearance);
  const { services, locale, requestId, signal } = context;
  const raisedLevels = await privacy.raisedLevels(owner.institutionId);
  const operation = { caller: { ...owner, clearance }, raisedLevels, locale, requestId, ...(signal && { signal }) };
  return new OperationContext(services, operation);
}

const lowerOf = (one: Clearance, other: Clearance): Clearance => Math.min(one, other) as Clearance;

/**
 * Whom a campaign would reach now: the members of its targets and the contacts that were added by hand.
 * @param owner as {@link contextOfOwner} gives him
 * @param reader who sees the campaign, and so its targets: an owner whose clearance was lowered since still asks them,
 *   and is told of fewer contacts
 * @returns problems when a target is gone, or asks for what he may not ask for any more
 */
export async function audienceOfCampaign(
  owner: OperationContext,
  campaign: CampaignRow,
  reader: Sql = owner.db,
): Promise<Audience | { readonly problems: readonly Problem[] }> {
  const [targets, hasAdditions] = await Promise.all([
    selectTargets(reader, campaign.targetIds, null),
    selectHasAdditions(owner.db, campaign.id),
  ]);
  if (targets.length < campaign.targetIds.length) return { problems: [problem("TARGET_NOT_FOUND", ["targets"])] };
  // a set more costs half as much again, also when nobody is in it
  return audienceOf(owner, {
    ...{ campaign: gatedBy(campaign), targets },
    ...(hasAdditions && { members: addedTo(campaign.id) }),
  });
}

/** Those who were added by hand (F11). */
const addedTo = (campaignId: string) => (values: StatementValues) =>
  `EXISTS (SELECT FROM marketing.campaign_addition x WHERE x.institution_id = $1
    AND x.campaign_id = ${values.add(campaignId, "bigint")} AND x.contact_id = m.contact_id)`;
