import type { TokenClaims } from "../../../platform/access/caller.js";
import type { Clearance } from "../../../platform/access/clearance.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { StoredFile } from "../../../platform/files/file-store.js";

export interface ExportRow {
  id: string;
  campaignId: string;
  status: "QUEUED" | "RUNNING" | "DONE" | "FAILED";
  clearance: Clearance;
  claims: TokenClaims;
  total: number | null;
  processed: number;
  /** Null before it is there, and when it has expired. */
  fileId: string | null;
  sizeBytes: number | null;
  sha256: string | null;
  failureCode: string | null;
  requestedAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

const columns = `e.id, e.campaign_id AS "campaignId", e.status, e.clearance, e.claims, e.total, e.processed,
  CASE WHEN e.expires_at > platform.now() THEN e.file_id END AS "fileId", e.size_bytes::float8 AS "sizeBytes", e.sha256,
  e.failure_code AS "failureCode", e.requested_at AS "requestedAt", e.finished_at AS "finishedAt",
  e.expires_at AS "expiresAt"`;

/** Somebody else's exports are not there for a caller, nor his own of when he saw more. */
const own = `e.requested_by = current_setting('app.actor') AND e.requested_by_kind = current_setting('app.actor_kind')
  AND e.clearance <= nullif(current_setting('app.clearance', true), '')::smallint`;

/** The claims of who asked for an export, whoever that is: for links, whose bearer is asked for nothing else. */
export async function selectClaimsOfExport(db: Sql, id: string): Promise<TokenClaims | null> {
  const { rows } = await db.query<{ claims: TokenClaims }>(
    `/* selectClaimsOfExport */
     SELECT e.claims FROM marketing.audience_export e
     WHERE e.institution_id = $1 AND e.id = $2 AND e.expires_at > platform.now()`,
    [db.institutionId, id],
  );
  return rows[0]?.claims ?? null;
}

export interface NewExport {
  readonly campaignId: string;
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
  readonly noticeVersion: number;
}

/** @returns its database id */
export async function insertExportJob(
  db: Sql,
  { campaignId, clearance, claims, noticeVersion }: NewExport,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertExportJob */
     INSERT INTO marketing.audience_export (institution_id, campaign_id, clearance, claims, notice_version)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [db.institutionId, campaignId, clearance, claims, noticeVersion],
  );
  return rows[0]!.id;
}

/** An export of the caller's own; null when there is none of this id. */
export async function selectExport(db: Sql, id: string): Promise<ExportRow | null> {
  const { rows } = await db.query<ExportRow>(
    `/* selectExport */
     SELECT ${columns} FROM marketing.audience_export e WHERE e.institution_id = $1 AND e.id = $2 AND ${own}`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** The newest of the caller's own exports first. */
export async function selectExportPage(
  db: Sql,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<ExportRow[]> {
  const { rows } = await db.query<ExportRow>(
    `/* selectExportPage */
     SELECT ${columns} FROM marketing.audience_export e
     WHERE e.institution_id = $1 AND ($2::bigint IS NULL OR e.id < $2) AND ${own}
     ORDER BY e.id DESC LIMIT $3`,
    [db.institutionId, before, limit],
  );
  return rows;
}

/** An export that a run has taken. */
export interface ClaimedExport {
  readonly id: string;
  readonly campaignId: string;
  readonly claims: TokenClaims;
  readonly noticeVersion: number;
  readonly fence: number;
  readonly vainRuns: number;
}

/**
 * Takes the export for a run, and it from every earlier run; null when it has ended. Erasures under way are waited for, so
 * that the run reads without whom they erase; later ones tell the run.
 */
export async function claimExport(db: Sql, id: string): Promise<ClaimedExport | null> {
  await waitForErasures(db);
  const { rows } = await db.query<ClaimedExport>(
    `/* claimExport */
     UPDATE marketing.audience_export SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1, processed = 0,
       is_outdated = false, started_at = coalesce(started_at, platform.now())
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, campaign_id AS "campaignId", claims, notice_version AS "noticeVersion", fence, vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Each holds this lock, shared, from before it looks for exports until its end: see `expireExports`. */
async function waitForErasures(db: Sql): Promise<void> {
  await db.query("/* waitForErasures */ SELECT pg_advisory_xact_lock(hashtext('marketing.audience_export'), $1::int)", [
    db.institutionId,
  ]);
}

type Held = Pick<ClaimedExport, "id" | "fence">;

/** The run that makes the file sees no more than this: the rights of who asked for it may have become less since. */
export async function lowerClearance(db: Sql, { id, fence }: Held, clearance: Clearance): Promise<void> {
  await db.query(
    `/* lowerClearance */
     UPDATE marketing.audience_export SET clearance = least(clearance, $4::smallint)
     WHERE institution_id = $1 AND id = $2 AND fence = $3`,
    [db.institutionId, id, fence, clearance],
  );
}

/** False when another run has taken it. */
export async function showProgress(
  db: Sql,
  { id, fence }: Held,
  { processed, total }: { readonly processed: number; readonly total: number },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* showProgress */
     UPDATE marketing.audience_export SET processed = $4, total = $5
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, processed, total],
  );
  return rowCount === 1;
}

/**
 * Whether somebody was erased since the run began, or since this was last asked, who may be in its file. Locks the export,
 * so that whoever is erased from now on finds what is done with the answer; null when another run has taken it.
 */
export async function lockOutdated(db: Sql, { id, fence }: Held): Promise<boolean | null> {
  const { rows } = await db.query<{ wasOutdated: boolean }>(
    `/* lockOutdated */
     UPDATE marketing.audience_export SET is_outdated = false
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' RETURNING old.is_outdated AS "wasOutdated"`,
    [db.institutionId, id, fence],
  );
  return rows[0]?.wasOutdated ?? null;
}

/** Makes the file of a locked export available until an instant. */
export async function publishExport(
  db: Sql,
  { id, fence }: Held,
  { file, count, expiresAt }: { readonly file: StoredFile; readonly count: number; readonly expiresAt: Date },
): Promise<void> {
  await db.query(
    `/* publishExport */
     UPDATE marketing.audience_export SET status = 'DONE', finished_at = platform.now(), file_id = $4, size_bytes = $5,
       sha256 = $6, processed = $7, total = $7, expires_at = $8
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, file.id, file.sizeBytes, file.sha256, count, expiresAt],
  );
}

/** Ends the export with the reason why there is no file. */
export async function failExport(db: Sql, { id, fence }: Held, code: string): Promise<void> {
  await db.query(
    `/* failExport */
     UPDATE marketing.audience_export SET status = 'FAILED', finished_at = platform.now(), failure_code = $4
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, code],
  );
}
