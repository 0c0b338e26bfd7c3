import type { Sql } from "../../platform/database/sql.js";
import type { CampaignStatistics } from "./campaign-run.type.js";

/** By campaign, of its shipments to contacts whom the caller sees; campaigns without any are left out. */
export async function selectStatistics(
  db: Sql,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, CampaignStatistics>> {
  const { rows } = await db.query<CampaignStatistics & { campaignId: string }>(
    `/* selectStatistics */
     SELECT s.campaign_id AS "campaignId", count(*) FILTER (WHERE s.state NOT IN ('QUEUED', 'FAILED'))::int AS sent,
       count(*) FILTER (WHERE s.state = 'DELIVERED')::int AS delivered,
       count(*) FILTER (WHERE s.state IN ('BOUNCED', 'REFUSED'))::int AS bounced,
       count(*) FILTER (WHERE e.clicked OR s.code = 'FOLLOWED')::int AS clicked,
       count(*) FILTER (WHERE e.unsubscribed)::int AS unsubscribed
     FROM history.visible_shipment s
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = s.contact_id
     CROSS JOIN LATERAL (
       SELECT coalesce(bool_or(r.kind = 'CLICK'), false) AS clicked,
         coalesce(bool_or(r.kind = 'UNSUBSCRIBE'), false) AS unsubscribed
       FROM marketing.report_event r WHERE r.institution_id = $1 AND r.shipment_id = s.shipment_id) e
     WHERE s.institution_id = $1 AND s.campaign_id = ANY($2::bigint[]) GROUP BY s.campaign_id`,
    [db.institutionId, campaignIds],
  );
  return new Map(rows.map(({ campaignId, ...statistics }) => [campaignId, statistics]));
}
