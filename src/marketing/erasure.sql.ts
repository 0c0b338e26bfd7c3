import type { Sql } from "../platform/database/sql.js";

/** Has files expire now in which one of these contacts may stand; who needs one exports it again. */
export async function expireExports(db: Sql, contactIds: readonly string[]): Promise<Record<string, number>> {
  const { rowCount } = await db.query(
    `/* expireExports */
     UPDATE marketing.audience_export x SET expires_at = platform.now()
     WHERE x.institution_id = $1 AND x.expires_at > platform.now() AND x.campaign_id IN (
       SELECT r.campaign_id FROM marketing.campaign_manifest_row m
       JOIN marketing.campaign_run r ON r.institution_id = $1 AND r.id = m.run_id
       WHERE m.institution_id = $1 AND (m.contact_id = ANY($2::bigint[]) OR m.recipient_id = ANY($2::bigint[])))`,
    [db.institutionId, contactIds],
  );
  return { "marketing.audience_export": rowCount };
}
