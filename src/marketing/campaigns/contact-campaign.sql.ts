import type { Sql } from "../../platform/database/sql.js";
import type { Outcome } from "../audience/audience.enums.js";

/** A campaign that a contact was in, or was added to by hand. */
export interface ContactCampaignRow {
  readonly contactId: string;
  readonly campaignId: string;
  /** Of its latest run that has dealt with him; null while none has. */
  readonly outcome: Outcome | null;
  readonly decidedAt: Date | null;
  readonly isAddedByHand: boolean;
}

/**
 * The campaigns of these contacts that exist for the caller, the newest first, a page for each; nothing of unknown,
 * invisible and anonymized contacts.
 * @param page `before` a campaign's id; `limit` for each contact
 */
export async function selectContactCampaigns(
  db: Sql,
  contactIds: readonly string[],
  page: { readonly before: string | null; readonly limit: number },
): Promise<ContactCampaignRow[]> {
  const { rows } = await db.query<ContactCampaignRow>(
    `/* selectContactCampaigns */
     SELECT v.id AS "contactId", c.*
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT found."campaignId", found.outcome, found."decidedAt", EXISTS (
           SELECT FROM marketing.campaign_addition a
           WHERE a.institution_id = $1 AND a.campaign_id = found."campaignId" AND a.contact_id = v.id) AS "isAddedByHand"
       FROM (
         SELECT DISTINCT ON (each.campaign_id) each.campaign_id AS "campaignId", each.outcome, each.at AS "decidedAt"
         FROM (
           SELECT r.campaign_id, r.id AS run_id, m.outcome, k.at
           FROM marketing.campaign_manifest_row m
           JOIN marketing.campaign_run r ON r.institution_id = $1 AND r.id = m.run_id
           JOIN marketing.campaign_manifest_chunk k ON k.institution_id = $1 AND k.run_id = m.run_id
             AND m.position BETWEEN k.first_position AND k.last_position
           WHERE m.institution_id = $1 AND m.contact_id = v.id
           UNION ALL
           SELECT a.campaign_id, 0, NULL, NULL FROM marketing.campaign_addition a
           WHERE a.institution_id = $1 AND a.contact_id = v.id) each
         JOIN marketing.visible_campaign seen ON seen.institution_id = $1 AND seen.id = each.campaign_id
         WHERE ($3::bigint IS NULL OR each.campaign_id < $3)
         ORDER BY each.campaign_id DESC, each.run_id DESC LIMIT $4) found) c
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL
     ORDER BY v.id, c."campaignId" DESC`,
    [db.institutionId, contactIds, page.before, page.limit],
  );
  return rows;
}
