import type { Sql } from "../../platform/database/sql.js";

/** Activities that came in by an import, or by taking one back: an institution may leave them out. */
const byImport = "('IMPORT', 'UNDO')";

/** Days on which something in a contact's own file counted, which other modules publish for each kind and source. */
const fileActivity = (schema: "contacts" | "marketing") => `
  SELECT f.contact_id, f.latest_day, f.kind, NULL::text, NULL::bigint
  FROM ${schema}.visible_activity f
  JOIN privacy.effective_setting s ON s.institution_id = $1
  WHERE f.institution_id = $1 AND f.contact_id = ANY($2::bigint[])
    AND (s.import_renews_recency OR f.source NOT IN ${byImport})`;

/**
 * Of these contacts, the activity that decides: the latest of A1 to A8, in all organizations and whatever became of it;
 * of two on one day the one with the higher id, and a record before a change in the file.
 */
const decidingActivities = `
  SELECT DISTINCT ON (a.contact_id) a.contact_id, a.day, a.kind, a.organization, a.record_id
  FROM (
    SELECT h.contact_id, h.day, h.kind, h.organization, h.record_id
    FROM history.visible_activity h
    WHERE h.institution_id = $1 AND h.contact_id = ANY($2::bigint[])
    UNION ALL ${fileActivity("contacts")}
    UNION ALL ${fileActivity("marketing")}) a
  ORDER BY a.contact_id, a.day DESC, a.record_id DESC NULLS LAST, a.kind`;

/**
 * Works the GDPR recency of these contacts out and keeps it (domain 4.1): the latest activity, or the day of creation of
 * who never did anything. Contacts that retention is not about are left out. One statement for some ten thousand, to be
 * planned by its values; the session sees everybody.
 * @returns of each contact his day (YYYY-MM-DD, also in the future), in any order
 */
export async function computeRecency(
  db: Sql,
  contactIds: readonly string[],
): Promise<{ contactId: string; day: string }[]> {
  const { rows } = await db.query<{ contactId: string; day: string }>(
    `/* computeRecency */
     WITH latest AS (${decidingActivities})
     INSERT INTO privacy.gdpr_recency (institution_id, contact_id, day, kind, organization, record_id)
     SELECT $1, r.contact_id, coalesce(l.day, (r.created_at AT TIME ZONE i.time_zone)::date),
       coalesce(l.kind, 'CREATION'), l.organization, l.record_id
     FROM contacts.retainable_contact r
     JOIN platform.institution i ON i.id = $1
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = r.contact_id
     LEFT JOIN latest l ON l.contact_id = r.contact_id
     WHERE r.institution_id = $1 AND r.contact_id = ANY($2::bigint[])
     ON CONFLICT (institution_id, contact_id) DO UPDATE SET day = excluded.day, kind = excluded.kind,
       organization = excluded.organization, record_id = excluded.record_id, computed_at = excluded.computed_at
     RETURNING contact_id AS "contactId", day`,
    [db.institutionId, contactIds],
  );
  return rows;
}

export interface RecencyRow {
  readonly contactId: string;
  /** YYYY-MM-DD, also in the future. */
  readonly day: string;
  readonly kind: string;
  /** Of an order, or an entry of a waiting list. */
  readonly organization: string | null;
  readonly recordId: string | null;
  readonly computedAt: Date;
}

/** What is kept of these contacts; nothing of those of whom nothing was worked out yet, the invisible and the anonymized. */
export async function selectRecency(db: Sql, contactIds: readonly string[]): Promise<RecencyRow[]> {
  const { rows } = await db.query<RecencyRow>(
    `/* selectRecency */
     SELECT r.contact_id AS "contactId", r.day, r.kind, r.organization, r.record_id AS "recordId",
       r.computed_at AS "computedAt"
     FROM privacy.gdpr_recency r
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = r.contact_id AND v.anonymized_at IS NULL
     WHERE r.institution_id = $1 AND r.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
