import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { message } from "../../platform/i18n/messages.js";
import { AudienceOutcome } from "../audience/audience.enums.js";
import type { AudienceCount } from "../audience/audience.type.js";
import { sendsMessages } from "../gates/gates.js";
import { membershipOf } from "../targets/target.membership.js";
import { findTarget } from "../targets/target.reading.js";
import { decidedBy } from "./campaign.fields.js";
import type { CampaignRow, OutcomeCounts } from "./campaign.sql.js";
import { type CampaignCounts, type CampaignRun, CampaignRunStatus } from "./campaign-run.type.js";
import { type RunRow, selectLatestRuns } from "./run/run.sql.js";

/**
 * Whether the caller may know how many there are of each outcome: he sees what the gates decide by, and could ask each
 * target himself.
 */
export async function mayCount(context: OperationContext, campaign: CampaignRow): Promise<boolean> {
  const seesGates = decidedBy.every((field) => context.fields.may("Contact", field));
  if (sendsMessages(campaign.channel) && !seesGates) return false;
  for (const id of campaign.targetIds) {
    const target = await findTarget(context, encodeId("Target", id));
    if (!target || "problems" in (await membershipOf(context, target))) return false;
  }
  return true;
}

/** In the order of the gates; those of which there are none are left out. */
function outcomeCounts(counts: OutcomeCounts): AudienceCount[] {
  return Object.values(AudienceOutcome).flatMap((outcome) => {
    const count = counts[outcome] ?? 0;
    return count === 0 ? [] : [{ outcome, count }];
  });
}

/** What was found of everybody. */
function countsAt(at: Date, counts: OutcomeCounts): CampaignCounts {
  const outcomes = outcomeCounts(counts);
  return { at, total: outcomes.reduce((sum, { count }) => sum + count, 0), outcomes };
}

/** What the latest preview has found; null before one, and for whom it tells too much. */
export async function previewOf(context: OperationContext, campaign: CampaignRow): Promise<CampaignCounts | null> {
  const { previewAt, previewCounts } = campaign;
  return previewAt && previewCounts && (await mayCount(context, campaign)) ? countsAt(previewAt, previewCounts) : null;
}

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, RunRow | null>(async (ids) => {
    const byCampaign = new Map((await selectLatestRuns(db, ids)).map((row) => [row.campaignId, row]));
    return ids.map((id) => byCampaign.get(id) ?? null);
  });
}

/** The latest run of a campaign; null when there was none. */
function latestRunOf(context: OperationContext, campaignId: string): Promise<RunRow | null> {
  return context.once(createLoader).load(campaignId);
}

/** The latest run of a campaign, as its answers show it. */
export async function runOf(context: OperationContext, campaign: CampaignRow): Promise<CampaignRun | null> {
  const row = await latestRunOf(context, campaign.id);
  if (!row) return null;
  const isShown = await mayCount(context, campaign);
  const { startedBy, requestedAt, startedAt, finishedAt, evaluatedAt, expectedCounts } = row;
  return {
    ...{ id: encodeId("CampaignRun", row.id), status: CampaignRunStatus[row.status] },
    ...{ startedBy, requestedAt, startedAt, finishedAt },
    progress: row.status === "DONE" ? 1 : row.total ? row.processed / row.total : 0,
    expected: isShown && evaluatedAt && expectedCounts ? countsAt(evaluatedAt, expectedCounts) : null,
    outcomes: isShown ? outcomeCounts(row.counts) : null,
    changed: isShown ? row.changed : null,
    failure: row.failureCode === null ? null : failureOf(context, row.failureCode, row.failureParameters ?? {}),
  };
}

function failureOf({ locale }: OperationContext, code: string, parameters: Readonly<Record<string, string | number>>) {
  return { code, message: message(code, locale, parameters) };
}
