import type { TokenClaims } from "../../../platform/access/caller.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { OutcomeCounts } from "../campaign.sql.js";

export type RunStatus = "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";

/** Asks for a run of a campaign that has none under way. @param startedBy login */
export async function insertCampaignRun(
  db: Sql,
  campaignId: string,
  claims: TokenClaims,
  startedBy: string,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertCampaignRun */
     INSERT INTO marketing.campaign_run (institution_id, campaign_id, claims, started_by)
     VALUES ($1, $2, $3, $4) RETURNING id`,
    [db.institutionId, campaignId, claims, startedBy],
  );
  return rows[0]!.id;
}

export interface ClaimedRun {
  readonly id: string;
  readonly campaignId: string;
  readonly claims: TokenClaims;
  readonly fence: number;
  readonly vainRuns: number;
  readonly isEvaluated: boolean;
}

/** Takes the run, and it from every earlier process; null when it has ended. */
export async function claimCampaignRun(db: Sql, id: string): Promise<ClaimedRun | null> {
  const { rows } = await db.query<ClaimedRun>(
    `/* claimCampaignRun */
     UPDATE marketing.campaign_run SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1,
       started_at = coalesce(started_at, platform.now())
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, campaign_id AS "campaignId", claims, fence, vain_runs AS "vainRuns",
       evaluated_at IS NOT NULL AS "isEvaluated"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

export type HeldRun = Pick<ClaimedRun, "id" | "fence">;

export interface RunPlace {
  readonly processed: number;
  readonly chunks: number;
  readonly counts: OutcomeCounts;
}

/** How far the run has come; null when another process has it, or it was cancelled. */
export async function lockCampaignRun(db: Sql, { id, fence }: HeldRun): Promise<RunPlace | null> {
  const { rows } = await db.query<RunPlace>(
    `/* lockCampaignRun */
     SELECT processed, chunks, counts FROM marketing.campaign_run
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' FOR UPDATE`,
    [db.institutionId, id, fence],
  );
  return rows[0] ?? null;
}

/** In the transaction that wrote whom the run is for. */
export async function setEvaluated(
  db: Sql,
  { id }: HeldRun,
  { total, counts }: { readonly total: number; readonly counts: OutcomeCounts },
): Promise<void> {
  await db.query(
    `/* setEvaluated */
     UPDATE marketing.campaign_run SET evaluated_at = platform.now(), evaluated_counts = $3, total = $4, vain_runs = 0
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, counts, total],
  );
}

/** In the transaction that dealt with the members up to a position. */
export async function advanceCampaignRun(
  db: Sql,
  { id }: HeldRun,
  step: RunPlace & { readonly changed: number },
): Promise<void> {
  await db.query(
    `/* advanceCampaignRun */
     UPDATE marketing.campaign_run SET processed = $3, chunks = $4, counts = $5, changed = changed + $6, vain_runs = 0
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, step.processed, step.chunks, step.counts, step.changed],
  );
}

export interface RunEnd {
  readonly status: Extract<RunStatus, "DONE" | "FAILED" | "CANCELLED">;
  readonly failure: { readonly code: string; readonly parameters: Readonly<Record<string, string | number>> } | null;
  readonly rootHash: Buffer;
  readonly seal: Buffer;
}

/** Ends a locked run: nobody is left to be dealt with, and the manifest is sealed. */
export async function endCampaignRun(db: Sql, id: string, { status, failure, rootHash, seal }: RunEnd): Promise<void> {
  await db.query(
    `/* endCampaignRun */
     WITH dealt AS (
       DELETE FROM marketing.campaign_member m WHERE m.institution_id = $1 AND m.run_id = $2)
     UPDATE marketing.campaign_run SET status = $3, finished_at = platform.now(), failure_code = $4,
       failure_parameters = $5, root_hash = $6, seal = $7
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, status, failure?.code ?? null, failure?.parameters ?? null, rootHash, seal],
  );
}

/** The run of a campaign that has not ended, locked; null when there is none. */
export async function lockOpenRun(db: Sql, campaignId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `/* lockOpenRun */
     SELECT id FROM marketing.campaign_run
     WHERE institution_id = $1 AND campaign_id = $2 AND status IN ('QUEUED', 'RUNNING') FOR UPDATE`,
    [db.institutionId, campaignId],
  );
  return rows[0]?.id ?? null;
}

export interface RunRow {
  readonly id: string;
  readonly campaignId: string;
  readonly status: RunStatus;
  readonly startedBy: string;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly evaluatedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly expectedCounts: OutcomeCounts | null;
  readonly counts: OutcomeCounts;
  readonly changed: number;
  readonly total: number | null;
  readonly processed: number;
  readonly failureCode: string | null;
  readonly failureParameters: Readonly<Record<string, string | number>> | null;
  readonly rootHash: Buffer | null;
  readonly seal: Buffer | null;
}

/** The latest run of each of these campaigns, if they exist for the caller, in any order. */
export async function selectLatestRuns(db: Sql, campaignIds: readonly string[]): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `/* selectLatestRuns */
     SELECT DISTINCT ON (r.campaign_id) r.id, r.campaign_id AS "campaignId", r.status, r.started_by AS "startedBy",
       r.requested_at AS "requestedAt", r.started_at AS "startedAt", r.evaluated_at AS "evaluatedAt",
       r.finished_at AS "finishedAt", r.evaluated_counts AS "expectedCounts", r.counts, r.changed, r.total, r.processed,
       r.failure_code AS "failureCode", r.failure_parameters AS "failureParameters", r.root_hash AS "rootHash", r.seal
     FROM marketing.campaign_run r
     JOIN marketing.visible_campaign c ON c.institution_id = $1 AND c.id = r.campaign_id
     WHERE r.institution_id = $1 AND r.campaign_id = ANY($2::bigint[])
     ORDER BY r.campaign_id, r.id DESC`,
    [db.institutionId, campaignIds],
  );
  return rows;
}

/** Every run that a campaign has had. */
export async function selectRunIds(db: Sql, campaignId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectRunIds */
     SELECT id FROM marketing.campaign_run WHERE institution_id = $1 AND campaign_id = $2 ORDER BY id`,
    [db.institutionId, campaignId],
  );
  return rows.map(({ id }) => id);
}

/** A run that has asked the targets: whom it is for is fixed, and its manifest grows or is sealed. */
export interface EvaluatedRun {
  readonly id: string;
  readonly evaluatedAt: Date;
  readonly isUnderWay: boolean;
}

/** Those of a campaign's runs, if it exists for the caller, the latest first. */
export async function selectEvaluatedRuns(db: Sql, campaignId: string): Promise<EvaluatedRun[]> {
  const { rows } = await db.query<EvaluatedRun>(
    `/* selectEvaluatedRuns */
     SELECT r.id, r.evaluated_at AS "evaluatedAt", r.status = 'RUNNING' AS "isUnderWay"
     FROM marketing.campaign_run r
     JOIN marketing.visible_campaign c ON c.institution_id = $1 AND c.id = r.campaign_id
     WHERE r.institution_id = $1 AND r.campaign_id = $2 AND r.evaluated_at IS NOT NULL
     ORDER BY r.id DESC`,
    [db.institutionId, campaignId],
  );
  return rows;
}
