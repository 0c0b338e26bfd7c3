import "./campaign.messages.js";
import {
  contactAnonymized,
  contactNotFound,
  lockVisibleContacts,
  type VisibleContactIds,
} from "../../contacts/index.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import { problem } from "../../platform/errors/user-error.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { selectMembers } from "../targets/member.sql.js";
import { membershipOf } from "../targets/target.membership.js";
import { findTarget } from "../targets/target.reading.js";
import type { TargetRow } from "../targets/target.sql.js";
import type { AddToCampaignInput, RemoveFromCampaignInput } from "./addition.inputs.js";
import { deleteAddition, insertAddition, selectAddable } from "./addition.sql.js";
import { campaignAnswer, campaignRowOf } from "./campaign.reading.js";
import { campaignToChange } from "./campaign.service.js";
import type { CampaignRow } from "./campaign.sql.js";
import type { CampaignPayload } from "./campaign.type.js";

/**
 * Adds a contact by hand (F11). Every gate is asked when the campaign is sent, so that nobody comes around a refusal. An
 * invalid contact is refused at once (F07); who is in a target already still receives it once.
 */
export async function addToCampaign(context: OperationContext, input: AddToCampaignInput): Promise<CampaignPayload> {
  const call = { mutation: "addToCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const visible = await lockedContact(db, input.contactId);
    const campaign = await campaignToChange(context, db, input.campaignId, "campaignId");
    const contact = await selectAddable(db, visible);
    if (!contact) return refuse(contactNotFound("contactId"));
    if (contact.isAnonymized) return refuse(contactAnonymized("contactId"));
    if (!contact.isValid) return refuse(problem("CONTACT_INVALID", ["contactId"]));
    await insertAddition(db, visible, campaign.id);
    return { campaign: campaign.id };
  });
  if ("problems" in done) return campaignAnswer(context, done);
  const row = await campaignRowOf(context, done.ids.campaign);
  const targets = row ? await targetsWith(context, row, decodeId("Contact", input.contactId)!) : [];
  return campaignAnswer(context, done, () => (targets.length > 0 ? ["CONTACT_ALREADY_TARGETED"] : []));
}

/** Takes a contact out again who was added by hand. The targets have whom they have. */
export async function removeFromCampaign(
  context: OperationContext,
  input: RemoveFromCampaignInput,
): Promise<CampaignPayload> {
  const call = { mutation: "removeFromCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const visible = await lockedContact(db, input.contactId);
    const campaign = await campaignToChange(context, db, input.campaignId, "campaignId");
    await deleteAddition(db, visible, campaign.id);
    return { campaign: campaign.id };
  });
  return campaignAnswer(context, done);
}

async function lockedContact(db: Sql, opaqueId: string): Promise<VisibleContactIds> {
  const id = decodeId("Contact", opaqueId);
  const visible = id === null ? null : await lockVisibleContacts(db, [id]);
  return visible?.length ? visible : refuse(contactNotFound("contactId"));
}

/** The targets of a campaign that have a contact, of those that the caller may ask. */
export async function targetsWith(
  context: OperationContext,
  campaign: CampaignRow,
  contactId: string,
): Promise<TargetRow[]> {
  const found: TargetRow[] = [];
  for (const id of campaign.targetIds) {
    const target = await findTarget(context, encodeId("Target", id));
    const values = new StatementValues(context.caller.institutionId);
    const members = target && (await membershipOf(context, target, values));
    if (!members || "problems" in members) continue;
    const condition = `m.contact_id = ${values.add(contactId, "bigint")} AND ${members.condition}`;
    const [has] = await selectMembers(context.db, { condition, values }, { after: "0", limit: 1 });
    if (has !== undefined) found.push(target);
  }
  return found;
}
