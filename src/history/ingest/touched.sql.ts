import type { Sql } from "../../platform/database/sql.js";

/** Notes whose indicators are to follow. Of those whom the session does not see, nothing is noted. */
export async function insertTouched(db: Sql, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await db.query(
    `/* insertTouched */
     INSERT INTO history.ingest_touched (institution_id, contact_id)
     SELECT $1, v.id FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])
     ORDER BY v.id ON CONFLICT DO NOTHING`,
    [db.institutionId, contactIds],
  );
}

/** Takes some of those who wait, in ascending order; whoever else takes at the same moment gets others. */
export async function takeTouched(db: Sql, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* takeTouched */
     DELETE FROM history.ingest_touched t
     USING (
       SELECT w.contact_id FROM history.ingest_touched w
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = w.contact_id
       WHERE w.institution_id = $1 ORDER BY w.contact_id LIMIT $2 FOR UPDATE OF w SKIP LOCKED) waiting
     WHERE t.institution_id = $1 AND t.contact_id = waiting.contact_id
     RETURNING t.contact_id AS id`,
    [db.institutionId, limit],
  );
  return rows.map(({ id }) => id);
}
