import type { Sql } from "../platform/database/sql.js";

/**
 * Has all files expire now, because one of these contacts may stand in any of them: nobody kept who is in which. Who needs
 * one exports it again. A run that is making one is told to look whether it has them.
 */
export async function expireExports(db: Sql, contactIds: readonly string[]): Promise<Record<string, number>> {
  await holdExports(db);
  const { rowCount } = await db.query(
    `/* expireExports */
     UPDATE marketing.audience_export x
     SET is_outdated = x.status = 'RUNNING', expires_at = CASE WHEN x.status = 'DONE' THEN platform.now() END
     WHERE x.institution_id = $1 AND (x.expires_at > platform.now() OR x.status = 'RUNNING')
       AND cardinality($2::bigint[]) > 0`,
    [db.institutionId, contactIds],
  );
  return { "marketing.audience_export": rowCount };
}

/** None begins until this erasure has ended, which it would not be told of. Erasures do not wait for each other. */
async function holdExports(db: Sql): Promise<void> {
  await db.query(
    "/* holdExports */ SELECT pg_advisory_xact_lock_shared(hashtext('marketing.audience_export'), $1::int)",
    [db.institutionId],
  );
}
