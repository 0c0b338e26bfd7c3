import type { Sql } from "../platform/database/sql.js";

/**
 * Has all files expire now, because one of these contacts may stand in any of them: nobody kept who is in which. Who needs
 * one exports it again.
 */
export async function expireExports(db: Sql, contactIds: readonly string[]): Promise<Record<string, number>> {
  const { rowCount } = await db.query(
    `/* expireExports */
     UPDATE marketing.audience_export x SET expires_at = platform.now()
     WHERE x.institution_id = $1 AND x.expires_at > platform.now() AND cardinality($2::bigint[]) > 0`,
    [db.institutionId, contactIds],
  );
  return { "marketing.audience_export": rowCount };
}
