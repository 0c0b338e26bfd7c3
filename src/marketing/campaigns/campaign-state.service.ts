import "./campaign.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { CampaignState } from "./campaign.enums.js";
import { campaignAnswer, campaignRefusal, campaignRowOf } from "./campaign.reading.js";
import { campaignToChange, lockedCampaign } from "./campaign.service.js";
import type { CampaignPayload } from "./campaign.type.js";
import type { CancelCampaignInput, RunCampaignInput, ScheduleCampaignInput } from "./campaign-state.inputs.js";
import { setCampaignState } from "./campaign-state.sql.js";
import { lockOpenRun } from "./run/run.sql.js";
import { finishRun } from "./run/run-end.service.js";
import { ownerClaimsOf, startRun } from "./run/run-start.service.js";

/** Sends a campaign, in the background. One that failed goes on with those whom it has not sent to (5.1). */
export async function runCampaign(context: OperationContext, input: RunCampaignInput): Promise<CampaignPayload> {
  const id = decodeId("Campaign", input.id);
  const known = id === null ? null : await campaignRowOf(context, id);
  if (!known) return campaignRefusal(context, [problem("CAMPAIGN_NOT_FOUND", ["id"])]);
  const claims = await ownerClaimsOf(context.ports, known);
  const call = { mutation: "runCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const campaign = await lockedCampaign(context, db, input.id, "id");
    if (campaign.state === CampaignState.CANCELLED) refuse(problem("CAMPAIGN_CANCELLED", ["id"]));
    const wasRun = campaign.state === CampaignState.RUNNING || campaign.state === CampaignState.SENT;
    if (wasRun) refuse(problem("CAMPAIGN_ALREADY_SENT", ["id"]));
    if (campaign.version !== known.version) refuse(problem("VERSION_CONFLICT", ["id"], { version: campaign.version }));
    await startRun(db, campaign, { claims, startedBy: context.caller.login });
    return { campaign: campaign.id };
  });
  return campaignAnswer(context, done);
}

/** Has a campaign run at a time, or takes it off the schedule. */
export async function scheduleCampaign(
  context: OperationContext,
  input: ScheduleCampaignInput,
): Promise<CampaignPayload> {
  const at = input.at ?? null;
  if (at && at <= context.now()) return campaignRefusal(context, [problem("SCHEDULE_IN_PAST", ["at"])]);
  const call = { mutation: "scheduleCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const campaign = await campaignToChange(context, db, input.id, "id");
    const asBefore = campaign.previewAt ? CampaignState.PREVIEWED : CampaignState.DRAFT;
    await setCampaignState(db, campaign.id, { state: at ? CampaignState.SCHEDULED : asBefore, scheduledAt: at });
    return { campaign: campaign.id };
  });
  return campaignAnswer(context, done);
}

/** Ends a campaign for good. What was sent until then stays sent, and sealed. */
export async function cancelCampaign(context: OperationContext, input: CancelCampaignInput): Promise<CampaignPayload> {
  const call = { mutation: "cancelCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const campaign = await lockedCampaign(context, db, input.id, "id");
    if (campaign.state === CampaignState.SENT) refuse(problem("CAMPAIGN_ALREADY_SENT", ["id"]));
    if (campaign.state === CampaignState.CANCELLED) return { campaign: campaign.id };
    const runId = await lockOpenRun(db, campaign.id);
    if (runId) await finishRun(context.services, db, { campaign, runId }, { status: "CANCELLED" });
    else await setCampaignState(db, campaign.id, { state: CampaignState.CANCELLED });
    return { campaign: campaign.id };
  });
  return campaignAnswer(context, done);
}
