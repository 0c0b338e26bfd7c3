import type { Sql } from "../../platform/database/sql.js";
import type { CampaignState } from "./campaign.enums.js";
import type { OutcomeCounts } from "./campaign.sql.js";

/** Puts a locked campaign into a state, with its audit row. */
export async function setCampaignState(
  db: Sql,
  id: string,
  { state, scheduledAt = null }: { readonly state: CampaignState; readonly scheduledAt?: Date | null },
): Promise<void> {
  await db.query(
    `/* setCampaignState */
     WITH changed AS (
       UPDATE marketing.campaign c SET state = $3, scheduled_at = coalesce($4, scheduled_at), updated_at = platform.now()
       WHERE c.institution_id = $1 AND c.id = $2
       RETURNING old AS was, new AS became)
     INSERT INTO marketing.audit_campaign (institution_id, campaign_id, field, old_value, new_value)
     SELECT $1, $2, f.field, f.was, f.became
     FROM changed CROSS JOIN LATERAL (VALUES ('state', (was).state, (became).state),
       ('scheduledAt', (was).scheduled_at::text, (became).scheduled_at::text)) f (field, was, became)
     WHERE f.was IS DISTINCT FROM f.became`,
    [db.institutionId, id, state, scheduledAt],
  );
}

/** Keeps what a preview has found of a locked campaign. From the first one on its type stays (F41). */
export async function keepPreview(db: Sql, id: string, counts: OutcomeCounts): Promise<void> {
  await db.query(
    `/* keepPreview */
     WITH changed AS (
       UPDATE marketing.campaign c SET preview_counts = $3, preview_at = platform.now(),
         previewed_at = coalesce(previewed_at, platform.now()),
         state = CASE state WHEN 'DRAFT' THEN 'PREVIEWED' ELSE state END
       WHERE c.institution_id = $1 AND c.id = $2
       RETURNING old AS was, new AS became)
     INSERT INTO marketing.audit_campaign (institution_id, campaign_id, field, old_value, new_value)
     SELECT $1, $2, f.field, f.was, f.became
     FROM changed CROSS JOIN LATERAL (VALUES ('state', (was).state, (became).state),
       ('typeFixedBy', NULL, CASE WHEN (was).previewed_at IS NULL THEN (became).campaign_type END)) f (field, was, became)
     WHERE f.was IS DISTINCT FROM f.became`,
    [db.institutionId, id, counts],
  );
}

/** Campaigns whose time has come, the oldest first. For the schedule, which sees all of them. */
export async function selectDueCampaigns(db: Sql, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectDueCampaigns */
     SELECT c.id FROM marketing.campaign c
     WHERE c.institution_id = $1 AND c.state = 'SCHEDULED' AND c.scheduled_at <= platform.now()
     ORDER BY c.scheduled_at, c.id LIMIT $2`,
    [db.institutionId, limit],
  );
  return rows.map(({ id }) => id);
}
