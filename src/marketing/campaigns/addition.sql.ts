import type { VisibleContactIds } from "../../contacts/index.js";
import type { Sql } from "../../platform/database/sql.js";

/** How it stands with a contact who is to be added. */
export interface AddedContact {
  readonly isAnonymized: boolean;
  readonly isValid: boolean;
}

export async function selectAddable(db: Sql, visible: VisibleContactIds): Promise<AddedContact | null> {
  const { rows } = await db.query<AddedContact>(
    `/* selectAddable */
     SELECT v.anonymized_at IS NOT NULL AS "isAnonymized",
       coalesce(v.validity_end_date >= platform.today(), true) AS "isValid"
     FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, visible],
  );
  return rows[0] ?? null;
}

/** Adds a locked contact by hand, with an entry in his own audit. Once is enough. */
export async function insertAddition(db: Sql, visible: VisibleContactIds, campaignId: string): Promise<void> {
  await db.query(
    `/* insertAddition */
     WITH added AS (
       INSERT INTO marketing.campaign_addition (institution_id, campaign_id, contact_id)
       SELECT $1, $3, unnest($2::bigint[]) ON CONFLICT DO NOTHING RETURNING contact_id)
     INSERT INTO marketing.audit_campaign_addition (institution_id, contact_id, campaign_id, was_added, is_added)
     SELECT $1, contact_id, $3, false, true FROM added`,
    [db.institutionId, visible, campaignId],
  );
}

/** Takes a locked contact out again whom somebody had added by hand. */
export async function deleteAddition(db: Sql, visible: VisibleContactIds, campaignId: string): Promise<void> {
  await db.query(
    `/* deleteAddition */
     WITH gone AS (
       DELETE FROM marketing.campaign_addition a
       WHERE a.institution_id = $1 AND a.campaign_id = $3 AND a.contact_id = ANY($2::bigint[]) RETURNING a.contact_id)
     INSERT INTO marketing.audit_campaign_addition (institution_id, contact_id, campaign_id, was_added, is_added)
     SELECT $1, contact_id, $3, true, false FROM gone`,
    [db.institutionId, visible, campaignId],
  );
}

/** A page of the contacts who were added by hand and whom the caller sees, by their ids. */
export async function selectAdditions(
  db: Sql,
  campaignId: string,
  { after, limit }: { after: string; limit: number },
): Promise<{ contactId: string; addedAt: Date }[]> {
  const { rows } = await db.query<{ contactId: string; addedAt: Date }>(
    `/* selectAdditions */
     SELECT a.contact_id AS "contactId", a.added_at AS "addedAt"
     FROM marketing.campaign_addition a
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = a.contact_id AND v.anonymized_at IS NULL
     WHERE a.institution_id = $1 AND a.campaign_id = $2 AND a.contact_id > $3
     ORDER BY a.contact_id LIMIT $4`,
    [db.institutionId, campaignId, after, limit],
  );
  return rows;
}

/** Whether there is anybody whom the caller sees. */
export async function selectHasAdditions(db: Sql, campaignId: string): Promise<boolean> {
  const { rows } = await db.query<{ hasAdditions: boolean }>(
    `/* selectHasAdditions */
     SELECT EXISTS (
       SELECT FROM marketing.campaign_addition a
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = a.contact_id
       WHERE a.institution_id = $1 AND a.campaign_id = $2) AS "hasAdditions"`,
    [db.institutionId, campaignId],
  );
  return rows[0]!.hasAdditions;
}
