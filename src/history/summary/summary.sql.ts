import type { Sql } from "../../platform/database/sql.js";

/** The latest day of what any module knows to have kept a contact active. */
export interface LastActivityRow {
  readonly contactId: string;
  /** YYYY-MM-DD, also in the future. */
  readonly day: string;
}

/**
 * Of these contacts, the latest day of activity (A1 to A8 of domain 4.1), whatever its source. Those without any, the
 * invisible and the anonymized are left out. One statement for any number of contacts.
 */
export async function selectLastActivityDays(db: Sql, contactIds: readonly string[]): Promise<LastActivityRow[]> {
  const { rows } = await db.query<LastActivityRow>(
    `/* selectLastActivityDays */
     SELECT v.id AS "contactId", max(activity.day) AS day
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT h.day FROM history.visible_activity h WHERE h.institution_id = $1 AND h.contact_id = v.id
       UNION ALL
       SELECT c.latest_day FROM contacts.visible_activity c WHERE c.institution_id = $1 AND c.contact_id = v.id
       UNION ALL
       SELECT m.latest_day FROM marketing.visible_activity m WHERE m.institution_id = $1 AND m.contact_id = v.id) activity
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL
     GROUP BY v.id`,
    [db.institutionId, contactIds],
  );
  return rows;
}
