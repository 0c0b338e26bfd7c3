import type { Services } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import { CampaignState } from "../campaign.enums.js";
import type { CampaignRow } from "../campaign.sql.js";
import { setCampaignState } from "../campaign-state.sql.js";
import { endCampaignRun, type RunEnd } from "./run.sql.js";
import { sealOf } from "./seal.js";

const states = {
  DONE: CampaignState.SENT,
  FAILED: CampaignState.FAILED,
  CANCELLED: CampaignState.CANCELLED,
} as const;

/** Ends a run and its campaign, both of them locked: what it has done is sealed, whatever stopped it. */
export async function finishRun(
  { identityKeys }: Pick<Services, "identityKeys">,
  db: Sql,
  { campaign, runId }: { readonly campaign: CampaignRow; readonly runId: string },
  { status, failure = null }: { readonly status: RunEnd["status"]; readonly failure?: RunEnd["failure"] },
): Promise<void> {
  await endCampaignRun(db, runId, { status, failure, ...(await sealOf(identityKeys, db, runId, campaign)) });
  await setCampaignState(db, campaign.id, { state: states[status] });
}
