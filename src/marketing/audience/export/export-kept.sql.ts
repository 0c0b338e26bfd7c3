import type { Sql } from "../../../platform/database/sql.js";

/** Statements of the system about files of exports, with full clearance. */

/** Of these files, those that somebody may still fetch. */
export async function audienceFiles(db: Sql, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* audienceFiles */
     SELECT e.file_id AS id FROM marketing.audience_export e
     WHERE e.institution_id = $1 AND e.file_id = ANY($2::text[]) AND e.expires_at > platform.now()`,
    [db.institutionId, fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Files of exports that have expired. */
export async function selectExpiredExports(db: Sql, limit: number): Promise<{ id: string; fileId: string }[]> {
  const { rows } = await db.query<{ id: string; fileId: string }>(
    `/* selectExpiredExports */
     SELECT e.id, e.file_id AS "fileId" FROM marketing.audience_export e
     WHERE e.institution_id = $1 AND e.file_id IS NOT NULL AND e.expires_at <= platform.now() ORDER BY e.id LIMIT $2`,
    [db.institutionId, limit],
  );
  return rows;
}

/** Forgets files that are gone. */
export async function forgetExportFiles(db: Sql, ids: readonly string[]): Promise<void> {
  await db.query(
    `/* forgetExportFiles */
     UPDATE marketing.audience_export e SET file_id = NULL WHERE e.institution_id = $1 AND e.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
}
