import type { Sql } from "../../platform/database/sql.js";

/** When a contact followed a link. */
export interface Click {
  readonly contactId: string;
  readonly occurredAt: Date;
}

/** Counts clicks as activity (A6): once for a day, which is that of the click in the time zone. */
export async function insertClickActivities(db: Sql, clicks: readonly Click[], timeZone: string): Promise<void> {
  if (clicks.length === 0) return;
  await db.query(
    `/* insertClickActivities */
     INSERT INTO marketing.activity (institution_id, contact_id, day, kind)
     SELECT DISTINCT $1::int, v.id, (c.occurred_at AT TIME ZONE $4)::date, 'CLICK'
     FROM unnest($2::bigint[], $3::timestamptz[]) AS c (contact_id, occurred_at)
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = c.contact_id
     ON CONFLICT DO NOTHING`,
    [
      db.institutionId,
      clicks.map(({ contactId }) => contactId),
      clicks.map(({ occurredAt }) => occurredAt.toISOString()),
      timeZone,
    ],
  );
}
