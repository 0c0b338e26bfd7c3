import type { Sql } from "../../platform/database/sql.js";

/**
 * Of these contacts, whether each is a prospect: he never had a part in a sale as purchase or cultural contact,
 * whatever became of it, and never paid (D-06). Invisible and anonymized contacts are left out.
 */
export async function selectProspects(
  db: Sql,
  contactIds: readonly string[],
): Promise<{ contactId: string; isProspect: boolean }[]> {
  const { rows } = await db.query<{ contactId: string; isProspect: boolean }>(
    `/* selectProspects */
     SELECT v.id AS "contactId", NOT EXISTS (SELECT FROM history.visible_customer k
       WHERE k.institution_id = $1 AND k.contact_id = v.id) AS "isProspect"
     FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL`,
    [db.institutionId, contactIds],
  );
  return rows;
}
