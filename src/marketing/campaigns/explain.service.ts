import type { OperationContext } from "../../platform/context.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { AudienceOutcome, outcomesOf } from "../audience/audience.enums.js";
import { audienceOfCampaign, contextOfOwner, gatedBy } from "../audience/campaign-audience.js";
import type { Contact } from "../contact.type.js";
import { toTarget } from "../targets/target.reading.js";
import type { Target } from "../targets/target.type.js";
import { targetsWith } from "./addition.service.js";
import { CampaignChannel } from "./campaign.enums.js";
import { campaignRowOf } from "./campaign.reading.js";
import type { CampaignRow } from "./campaign.sql.js";
import { mayCount } from "./campaign-counts.js";
import { recordedOutcome } from "./contact-campaign.service.js";
import { type GateAnswer, selectGateAnswers, selectIsAdded } from "./explain.sql.js";
import { type AudienceExplanation, type AudienceGate, GateState } from "./explain.type.js";

const contactOf = (id: string) => ({ id: encodeId("Contact", id) }) as Contact;

/**
 * Why a contact receives a campaign or does not, gate by gate, as the same statements say that decide when it is sent.
 * @returns null for no such campaign or contact, for whom it would tell what is withheld from him, and when the owner may
 *   not ask the targets any more
 */
export async function audienceExplain(
  context: OperationContext,
  asked: { readonly campaignId: string; readonly contactId: string },
): Promise<AudienceExplanation | null> {
  const [id, contactId] = [decodeId("Campaign", asked.campaignId), decodeId("Contact", asked.contactId)];
  const campaign = id === null ? null : await campaignRowOf(context, id);
  if (!campaign || contactId === null || !(await mayCount(context, campaign))) return null;
  const owner = await contextOfOwner(context, campaign);
  const audience = owner && (await audienceOfCampaign(owner, campaign, context.db));
  if (!audience || "problems" in audience) return null;
  const answers = await selectGateAnswers(owner.db, contactId, gatedBy(campaign));
  if (answers.length === 0) return null;
  const [row] = await audience.of(owner.db, [contactId]);
  return {
    contact: contactOf(contactId),
    outcome: row ? AudienceOutcome[row.outcome] : null,
    recipient: row?.recipientId ? contactOf(row.recipientId) : null,
    targets: await targetsOfContact(context, campaign, contactId),
    isAddedByHand: await selectIsAdded(owner.db, campaign.id, contactId),
    gates: gatesOf(answers, row?.outcome ?? null, campaign.channel),
    authorizationEventId: row?.consentEventId ? encodeId("AuthorizationEvent", row.consentEventId) : null,
    recorded: await recordedOutcome(context, contactId, campaign.id),
  };
}

async function targetsOfContact(
  context: OperationContext,
  campaign: CampaignRow,
  contactId: string,
): Promise<Target[]> {
  return (await targetsWith(context, campaign, contactId)).map(toTarget);
}

/** Each reason that a gate gives, in their order. A refusal may be another contact's with the same address. */
function gatesOf(answers: readonly GateAnswer[], outcome: string | null, channel: CampaignChannel): AudienceGate[] {
  const asked = new Set<string>(answers.map(({ reason }) => reason));
  const heldBack = new Set<string>(answers.filter(({ holdsBack }) => holdsBack).map(({ reason }) => reason));
  // the last gate: whether somebody else with the address receives it
  if (outcome === "SEND" && channel === CampaignChannel.EMAIL) asked.add("DUPLICATE_EMAIL");
  return outcomesOf(AudienceOutcome.EXCLUDED).map((reason) => {
    const passed = asked.has(reason) ? GateState.PASSED : GateState.NOT_ASKED;
    const isHeldBack = heldBack.has(reason) || reason === outcome;
    return { reason: AudienceOutcome[reason], state: isHeldBack ? GateState.HELD_BACK : passed };
  });
}
