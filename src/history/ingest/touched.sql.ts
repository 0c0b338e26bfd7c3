import type { Sql } from "../../platform/database/sql.js";

/** Notes whose indicators are to follow, in one row for all: the chunks of a file name the same contacts again and again. */
export async function insertTouched(db: Sql, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await db.query(
    `/* insertTouched */
     INSERT INTO history.ingest_touched_list (institution_id, contact_ids) VALUES ($1, $2::bigint[])`,
    [db.institutionId, contactIds],
  );
}

/**
 * Makes a row for each contact of some of the lists, once for all of them; who is gone meanwhile is left out. Whoever
 * else does this at the same moment gets other lists.
 * @returns false when no list waits
 */
export async function spreadTouched(db: Sql, limit: number): Promise<boolean> {
  const { rows } = await db.query<{ count: number }>(
    `/* spreadTouched */
     WITH gone AS (
       DELETE FROM history.ingest_touched_list l
       USING (
         SELECT w.id FROM history.ingest_touched_list w
         WHERE w.institution_id = $1 ORDER BY w.id LIMIT $2 FOR UPDATE SKIP LOCKED) waiting
       WHERE l.institution_id = $1 AND l.id = waiting.id
       RETURNING l.contact_ids),
     added AS (
       INSERT INTO history.ingest_touched (institution_id, contact_id)
       SELECT $1, v.id FROM contacts.visible_contact v
       WHERE v.institution_id = $1 AND v.id IN (SELECT unnest(gone.contact_ids) FROM gone)
       ORDER BY v.id ON CONFLICT DO NOTHING)
     SELECT count(*)::int AS count FROM gone`,
    [db.institutionId, limit],
  );
  return rows[0]!.count > 0;
}

/** Takes some of those who wait, in ascending order; whoever else takes at the same moment gets others. */
export async function takeTouched(db: Sql, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* takeTouched */
     -- looked up: of a list that comes and goes, statistics say nothing
     DELETE FROM history.ingest_touched t
     WHERE t.institution_id = $1 AND t.contact_id = ANY (ARRAY(
       SELECT w.contact_id FROM history.ingest_touched w
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = w.contact_id
       WHERE w.institution_id = $1 ORDER BY w.contact_id LIMIT $2 FOR UPDATE OF w SKIP LOCKED))
     RETURNING t.contact_id AS id`,
    [db.institutionId, limit],
  );
  return rows.map(({ id }) => id);
}
