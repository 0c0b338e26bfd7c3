import type { Sql } from "../platform/database/sql.js";
import { enqueue } from "../platform/jobs/index.js";

/**
 * Has all files expire now, because one of these contacts may stand in any of them: nobody kept who is in which. Who needs
 * one exports it again. They are removed once the transaction has committed. A run that is making one is told to look
 * whether it has them.
 * @returns how many: neither files that have expired already, nor runs that were told by another erasure
 */
export async function expireExports(db: Sql, contactIds: readonly string[]): Promise<Record<string, number>> {
  await holdExports(db);
  const { rows } = await db.query<{ hasFile: boolean; isCounted: boolean }>(
    `/* expireExports */
     UPDATE marketing.audience_export x
     SET is_outdated = x.status = 'RUNNING', expires_at = CASE WHEN x.status = 'DONE' THEN least(x.expires_at, platform.now()) END
     WHERE x.institution_id = $1 AND (x.file_id IS NOT NULL OR x.status = 'RUNNING')
       AND cardinality($2::bigint[]) > 0
     RETURNING new.file_id IS NOT NULL AS "hasFile",
       CASE WHEN old.status = 'RUNNING' THEN NOT old.is_outdated ELSE old.expires_at > platform.now() END AS "isCounted"`,
    [db.institutionId, contactIds],
  );
  if (rows.some(({ hasFile }) => hasFile)) {
    await enqueue(db, "marketing.audience-export-purge", { institutionId: db.institutionId, id: "all" });
  }
  return { "marketing.audience_export": rows.filter(({ isCounted }) => isCounted).length };
}

/** None begins until this erasure has ended, which it would not be told of. Erasures do not wait for each other. */
async function holdExports(db: Sql): Promise<void> {
  await db.query(
    "/* holdExports */ SELECT pg_advisory_xact_lock_shared(hashtext('marketing.audience_export'), $1::int)",
    [db.institutionId],
  );
}
