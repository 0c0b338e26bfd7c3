import type { Sql } from "../../../platform/database/sql.js";
import type { Sealed } from "../../../platform/key-ring.js";

export interface RemovalRow extends Sealed {
  readonly id: string;
  readonly createdAt: Date;
}

const columns = `r.id, r.created_at AS "createdAt", r.key_id AS "keyId", r.sealed_alias AS sealed`;

/** What providers are still to delete, the oldest first. */
export async function selectRemovals(
  db: Sql,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<RemovalRow[]> {
  const { rows } = await db.query<RemovalRow>(
    `/* selectRemovals */
     SELECT ${columns} FROM contacts.alias_removal r
     WHERE r.institution_id = $1 AND r.sealed_alias IS NOT NULL AND ($2::bigint IS NULL OR r.id > $2)
     ORDER BY r.id LIMIT $3`,
    [db.institutionId, after, limit],
  );
  return rows;
}

/**
 * Blanks what providers have deleted, and keeps who said so and when. What was blanked before stays as it is.
 * @returns those of the ids that there are, blanked now or before
 */
export async function blankRemovals(db: Sql, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* blankRemovals */
     WITH wanted AS (
       SELECT r.id FROM contacts.alias_removal r WHERE r.institution_id = $1 AND r.id = ANY($2::bigint[])
       ORDER BY r.id FOR UPDATE),
     blanked AS (
       UPDATE contacts.alias_removal r SET sealed_alias = NULL, acknowledged_at = platform.now(),
         acknowledged_by = current_setting('app.actor')
       FROM wanted WHERE r.institution_id = $1 AND r.id = wanted.id AND r.sealed_alias IS NOT NULL)
     SELECT id FROM wanted`,
    [db.institutionId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

export interface WaitingRemovals {
  readonly count: number;
  /** Null when none waits. */
  readonly oldestAt: Date | null;
}

export async function countRemovals(db: Sql): Promise<WaitingRemovals> {
  const { rows } = await db.query<WaitingRemovals>(
    `/* countRemovals */
     SELECT count(*)::int AS count, min(r.created_at) AS "oldestAt" FROM contacts.alias_removal r
     WHERE r.institution_id = $1 AND r.sealed_alias IS NOT NULL`,
    [db.institutionId],
  );
  return rows[0]!;
}

/** Some that another key than this one sealed, locked. */
export async function lockOldRemovals(db: Sql, keyId: string, limit: number): Promise<RemovalRow[]> {
  const { rows } = await db.query<RemovalRow>(
    `/* lockOldRemovals */
     SELECT ${columns} FROM contacts.alias_removal r
     WHERE r.institution_id = $1 AND r.sealed_alias IS NOT NULL AND r.key_id <> $2 ORDER BY r.id LIMIT $3 FOR UPDATE`,
    [db.institutionId, keyId, limit],
  );
  return rows;
}

/** Replaces how these are sealed. */
export async function updateRemovals(
  db: Sql,
  keyId: string,
  rows: readonly { readonly id: string; readonly sealed: Buffer }[],
): Promise<void> {
  await db.query(
    `/* updateRemovals */
     UPDATE contacts.alias_removal r SET key_id = $2, sealed_alias = fresh.sealed
     FROM unnest($3::bigint[], $4::bytea[]) AS fresh (id, sealed)
     WHERE r.institution_id = $1 AND r.id = fresh.id`,
    [db.institutionId, keyId, rows.map(({ id }) => id), rows.map(({ sealed }) => sealed)],
  );
}
