import { isPermitted } from "../../../platform/access/allow.js";
import { OperationContext, type Services } from "../../../platform/context.js";
import { knowInstitution } from "../../../platform/database/known-institution.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { type JobPayload, type Task, uncountRun } from "../../../platform/jobs/index.js";
import { audienceOfCampaign } from "../../audience/campaign-audience.js";
import { type CampaignRow, lockCampaign, selectCampaigns } from "../campaign.sql.js";
import { dispatchChunk, dispatchedTogether } from "./dispatch.service.js";
import { countRunMembers, insertRunMembers } from "./member.sql.js";
import { type ClaimedRun, claimCampaignRun, lockCampaignRun, type RunEnd, setEvaluated } from "./run.sql.js";
import { finishRun } from "./run-end.service.js";

/** Runs of the task without a step forward. */
const maximumVainRuns = 20;

/** Why a run cannot go on. Codes are part of the API; parameters are codes and limits. */
class RunStopped extends Error {
  override readonly name = "RunStopped";

  constructor(
    readonly code: string,
    readonly parameters: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

/**
 * Sends a campaign: asks its targets once, then deals with their members in chunks that each commit with their place in
 * the list and ask every gate again. A killed worker's run is resumed by another one, and nobody is sent to twice.
 * @param together how many contacts a chunk has
 */
export function campaignTask(services: Services, together = dispatchedTogether): Task {
  return { queue: "marketing.campaign", run: (payload, signal) => runTask(services, payload, signal, together) };
}

type AsSystem = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

async function runTask(
  services: Services,
  { institutionId, id }: JobPayload,
  signal: AbortSignal,
  together: number,
): Promise<void> {
  const asSystem: AsSystem = (work) => inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const run = await asSystem((db) => claimCampaignRun(db, id));
  if (!run) return;
  const [campaign] = await asSystem((db) => selectCampaigns(db, [run.campaignId]));
  if (!campaign) throw new Error("a run has no campaign");
  try {
    if (run.vainRuns > maximumVainRuns) throw new RunStopped("CAMPAIGN_RUN_INTERRUPTED");
    await knowInstitution(services, institutionId);
    const isDone = await work(services, run, campaign, { signal, together });
    // what was sent is reported on soon
    await knowInstitution(services, institutionId);
    if (isDone) await asSystem((db) => finish(services, db, run, { status: "DONE" }));
  } catch (error) {
    if (!(error instanceof RunStopped)) {
      if (signal.aborted) await asSystem((db) => uncountRun(db, { name: "marketing.campaign_run" }, run));
      throw error;
    }
    const { code, parameters } = error;
    await asSystem((db) => finish(services, db, run, { status: "FAILED", failure: { code, parameters } }));
  }
}

/** False when the run was taken away or cancelled. */
async function work(
  services: Services,
  run: ClaimedRun,
  campaign: CampaignRow,
  { signal, together }: { readonly signal: AbortSignal; readonly together: number },
): Promise<boolean> {
  if (!run.isEvaluated && !(await evaluate(await ownerOf(services, run, signal), run, campaign))) return false;
  for (;;) {
    signal.throwIfAborted();
    // with his rights of this moment: they are read anew every half minute
    const step = await dispatchChunk(await ownerOf(services, run, signal), run, campaign, together);
    if (step !== "MORE") return step === "DONE";
  }
}

/** The owner, with the lower of his rights when the run was asked for and of now. */
async function ownerOf(services: Services, run: ClaimedRun, signal: AbortSignal): Promise<OperationContext> {
  const { privacy } = services.ports;
  const caller = await privacy.callerOf(run.claims);
  if (!caller || !isPermitted(caller, "campaign:write") || !isPermitted(caller, "target:read")) {
    throw new RunStopped("CAMPAIGN_OWNER_NOT_PERMITTED");
  }
  const raisedLevels = await privacy.raisedLevels(caller.institutionId);
  const operation = { caller, raisedLevels, locale: "en", requestId: `campaign-run-${run.id}`, signal } as const;
  return new OperationContext(services, operation, "BATCH");
}

/**
 * Asks the targets, and keeps whom the run is for. Which targets there are is a matter of the clearance that the campaign
 * was made with; an owner who has a lower one today finds fewer contacts. False when the run is not ours any more.
 */
async function evaluate(owner: OperationContext, run: ClaimedRun, campaign: CampaignRow): Promise<boolean> {
  const { services, caller } = owner;
  const asMade = { ...systemSession(services, caller.institutionId), clearance: campaign.clearance };
  const audience = await inTransaction(services.pools.api, asMade, (db) => audienceOfCampaign(owner, campaign, db));
  if ("problems" in audience) {
    throw new RunStopped("CAMPAIGN_TARGET_NOT_ASKABLE", { reason: audience.problems[0]?.code ?? "" });
  }
  return owner.bulkTransaction(async (db) => {
    if (!(await lockCampaignRun(db, run))) return false;
    await insertRunMembers(db, run.id, campaign.id, audience);
    const counts = await countRunMembers(db, run.id);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    await setEvaluated(db, run, { total, counts });
    return true;
  });
}

/** Unless it was taken away or cancelled meanwhile. */
async function finish(
  services: Services,
  db: Sql,
  run: ClaimedRun,
  end: { readonly status: RunEnd["status"]; readonly failure?: RunEnd["failure"] },
): Promise<void> {
  const campaign = await lockCampaign(db, run.campaignId);
  if (campaign && (await lockCampaignRun(db, run))) await finishRun(services, db, { campaign, runId: run.id }, end);
}
