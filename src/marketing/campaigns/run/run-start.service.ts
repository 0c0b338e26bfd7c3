import type { TokenClaims } from "../../../platform/access/caller.js";
import { claimsOf } from "../../../platform/access/claims.js";
import type { Sql } from "../../../platform/database/sql.js";
import { enqueue } from "../../../platform/jobs/index.js";
import type { Ports } from "../../../platform/ports.js";
import { CampaignState } from "../campaign.enums.js";
import type { CampaignRow } from "../campaign.sql.js";
import { setCampaignState } from "../campaign-state.sql.js";
import { insertCampaignRun } from "./run.sql.js";

/** What the owner's rights are now, as a token would say them. Whether they are enough, the run finds. */
export async function ownerClaimsOf(
  { privacy }: Pick<Ports, "privacy">,
  { ownerClaims }: Pick<CampaignRow, "ownerClaims">,
): Promise<TokenClaims> {
  const owner = await privacy.callerOf(ownerClaims);
  return owner ? claimsOf(owner) : ownerClaims;
}

/** Starts a run of a locked campaign. @param claims of its owner, as {@link ownerClaimsOf} gives them */
export async function startRun(
  db: Sql,
  campaign: CampaignRow,
  { claims, startedBy }: { readonly claims: TokenClaims; readonly startedBy: string },
): Promise<void> {
  const run = await insertCampaignRun(db, campaign.id, claims, startedBy);
  await setCampaignState(db, campaign.id, { state: CampaignState.RUNNING });
  await enqueue(db, "marketing.campaign", { institutionId: db.institutionId, id: run });
}
