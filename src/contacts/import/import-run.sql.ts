import type { Sql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import type { ClaimedFileJob, FileJobTable } from "../../platform/jobs/index.js";
import type { ImportWarning } from "./import-strategy.js";
import type { ChunkCounts } from "./import-verdict.sql.js";

/** Statements of the worker. All but the two of a chunk run with full clearance: bookkeeping is complete (design 3). */

export interface ClaimedJob extends ClaimedFileJob {
  readonly type: "CONTACTS" | "CRITERIA" | "AUTHORIZATIONS";
  readonly mode: "CHECK" | "UPDATE";
  readonly onMatch: "SKIP" | "UPDATE";
  readonly organization: string | null;
  readonly planJobId: string | null;
  readonly total: number | null;
  /** The last line that earlier runs have dealt with. */
  readonly cursor: number;
  /** Of who started it. */
  readonly locale: Locale;
  /** Somebody is to be told when it has ended. */
  readonly isMailed: boolean;
}

export const importJobs: FileJobTable<ClaimedJob> = {
  name: "contacts.import_job",
  columns: {
    type: "import_type",
    mode: "mode",
    onMatch: "on_match",
    organization: "organization",
    planJobId: "plan_job_id",
    total: "total",
    cursor: "cursor_line",
    locale: "locale",
    isMailed: "notify_email IS NOT NULL",
  },
  faults: "errors + conflicts",
};

/** Remembers that the file was read through, and what is worth knowing of it. */
export async function setTotal(
  db: Sql,
  { id, fence }: ClaimedJob,
  { total, warnings }: { readonly total: number; readonly warnings: readonly ImportWarning[] },
): Promise<void> {
  await db.query(
    `/* setTotal */ UPDATE contacts.import_job SET total = $4, warnings = nullif($5::jsonb, '[]'), vain_runs = 1
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, total, JSON.stringify(warnings)],
  );
}

/**
 * Null when another run has the job, or it was cancelled: nothing more is to be written. Foreign keys to the job, which
 * the next chunk may be writing, do not have to wait for it, nor it for them.
 */
export async function lockCursor(db: Sql, { id, fence }: ClaimedJob): Promise<Place | null> {
  const { rows } = await db.query<Place>(
    `/* lockCursor */
     SELECT cursor_line AS cursor, is_outdated AS "isOutdated" FROM contacts.import_job
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' FOR NO KEY UPDATE`,
    [db.institutionId, id, fence],
  );
  return rows[0] ?? null;
}

/** How far a job is. */
export interface Place {
  /** The last line that was dealt with. */
  readonly cursor: number;
  /** Somebody was erased since the job was asked for. */
  readonly isOutdated: boolean;
}

/** In the transaction that wrote the rows up to the cursor. */
export async function advanceJob(db: Sql, id: string, cursor: number, counts: ChunkCounts): Promise<void> {
  const { created, updated, unchanged, skipped, conflicts, errors, activities } = counts;
  await db.query(
    `/* advanceJob */
     UPDATE contacts.import_job SET cursor_line = $3, vain_runs = 0, created = created + $4, updated = updated + $5,
       unchanged = unchanged + $6, skipped = skipped + $7, conflicts = conflicts + $8, errors = errors + $9,
       activities = activities + $10
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, cursor, created, updated, unchanged, skipped, conflicts, errors, activities],
  );
}

/**
 * Gives a check that has dealt with all rows the hash of its plan: over its chunks, and over what it was a check of.
 * Nothing of the job itself is in it, so the same check of the same contacts has the same hash.
 */
export async function setPlanHash(db: Sql, { id, fence }: ClaimedJob): Promise<void> {
  await db.query(
    `/* setPlanHash */
     UPDATE contacts.import_job j SET plan_hash = encode(sha256(convert_to(
       jsonb_build_array(j.import_type, j.on_match, j.organization, j.file_digest)::text || coalesce((
         SELECT string_agg(encode(c.digest, 'hex'), ' ' ORDER BY c.last_line) FROM contacts.import_plan_chunk c
         WHERE c.institution_id = $1 AND c.job_id = $2), ''), 'UTF8')), 'hex')
     WHERE j.institution_id = $1 AND j.id = $2 AND j.fence = $3 AND j.status = 'RUNNING'`,
    [db.institutionId, id, fence],
  );
}

/** One importer after the other in an institution: two files with the same new address make one contact. */
export async function waitForImports(db: Sql): Promise<void> {
  await db.query(`/* waitForImports */ SELECT pg_advisory_xact_lock(hashtext('contacts.import'), $1::int)`, [
    db.institutionId,
  ]);
}

/** What new contacts get where a row says nothing. */
export async function selectDefaults(db: Sql): Promise<{ country: string; language: string }> {
  const { rows } = await db.query<{ country: string; language: string }>(
    `/* selectDefaults */ SELECT country, locale AS language FROM platform.institution WHERE id = $1`,
    [db.institutionId],
  );
  return rows[0]!;
}
