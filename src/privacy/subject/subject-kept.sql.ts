import type { TokenClaims } from "../../platform/access/caller.js";
import type { Sql } from "../../platform/database/sql.js";
import { enqueue } from "../../platform/jobs/index.js";

/** Statements of the system about files of exports, with full clearance. */

/** Nobody fetches what was exported of contacts who are erased, and what is being made comes to nothing. */
export async function expireSubjectExports(db: Sql, contactIds: readonly string[]): Promise<Record<string, number>> {
  const { rowCount } = await db.query(
    `/* expireSubjectExports */
     UPDATE privacy.subject_export x SET notify_email = NULL, fence = x.fence + 1,
       expires_at = least(x.expires_at, platform.now()), finished_at = coalesce(x.finished_at, platform.now()),
       failure_code = CASE WHEN x.status IN ('QUEUED', 'RUNNING') THEN 'CONTACT_ANONYMIZED' ELSE x.failure_code END,
       status = CASE WHEN x.status IN ('QUEUED', 'RUNNING') THEN 'FAILED' ELSE x.status END
     WHERE x.institution_id = $1 AND x.contact_id = ANY($2::bigint[])
       AND (x.file_id IS NOT NULL OR x.status IN ('QUEUED', 'RUNNING'))`,
    [db.institutionId, contactIds],
  );
  if (rowCount > 0) await enqueue(db, "privacy.subject-export-purge", { institutionId: db.institutionId, id: "all" });
  return { "privacy.subject_export": rowCount };
}

/** Of these files, those that somebody may still fetch. */
export async function selectSubjectFiles(db: Sql, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectSubjectFiles */
     SELECT x.file_id AS id FROM privacy.subject_export x
     WHERE x.institution_id = $1 AND x.file_id = ANY($2::text[]) AND x.expires_at > platform.now()`,
    [db.institutionId, fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Files of exports that have expired. */
export async function selectExpiredSubjectFiles(db: Sql, limit: number): Promise<{ id: string; fileId: string }[]> {
  const { rows } = await db.query<{ id: string; fileId: string }>(
    `/* selectExpiredSubjectFiles */
     SELECT x.id, x.file_id AS "fileId" FROM privacy.subject_export x
     WHERE x.institution_id = $1 AND x.file_id IS NOT NULL AND x.expires_at <= platform.now() ORDER BY x.id LIMIT $2`,
    [db.institutionId, limit],
  );
  return rows;
}

/** Forgets files that are gone, and who was told of them. */
export async function forgetSubjectFiles(db: Sql, ids: readonly string[]): Promise<void> {
  await db.query(
    `/* forgetSubjectFiles */
     UPDATE privacy.subject_export x SET file_id = NULL, notify_email = NULL
     WHERE x.institution_id = $1 AND x.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
}

/** What a mail about an export says; null when it cannot be fetched any more. */
export interface SubjectMailRow {
  readonly email: string;
  readonly claims: TokenClaims;
  readonly expiresAt: Date;
  readonly institution: string;
  readonly timeZone: string;
}

export async function selectSubjectMail(db: Sql, id: string): Promise<SubjectMailRow | null> {
  const { rows } = await db.query<SubjectMailRow>(
    `/* selectSubjectMail */
     SELECT x.notify_email AS email, x.claims, x.expires_at AS "expiresAt", i.name AS institution,
       i.time_zone AS "timeZone"
     FROM privacy.subject_export x JOIN platform.institution i ON i.id = $1
     WHERE x.institution_id = $1 AND x.id = $2 AND x.status = 'READY' AND x.expires_at > platform.now()
       AND x.notify_email IS NOT NULL AND x.file_id IS NOT NULL`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}
