import type { Sql } from "./database/sql.js";

/** How long a key is remembered. */
const lifetime = "interval '72 hours'";

/** What a key stands for: one caller's one mutation. */
export interface KeyScope {
  readonly caller: string;
  readonly mutation: string;
  readonly key: string;
}

/** Database ids of what a mutation made or changed, named as it likes. */
export type ResultIds = Readonly<Record<string, string>>;

export interface KeptKey {
  readonly inputDigest: Buffer;
  readonly resultIds: ResultIds;
}

/**
 * Takes the key for the running transaction; a key that has expired counts as new. Waits for a twin that holds it.
 * False when it is taken: then its row is there, locked, for {@link selectKey}.
 */
export async function claimKey(db: Sql, { caller, mutation, key }: KeyScope, inputDigest: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* claimKey */
     INSERT INTO platform.idempotency_key AS kept (institution_id, caller, mutation, key, input_digest)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (institution_id, caller, mutation, key)
       DO UPDATE SET input_digest = excluded.input_digest, result_ids = NULL, created_at = excluded.created_at
       WHERE kept.institution_id = $1 AND kept.created_at <= platform.now() - ${lifetime}`,
    [db.institutionId, caller, mutation, key, inputDigest],
  );
  return rowCount === 1;
}

export async function selectKey(db: Sql, { caller, mutation, key }: KeyScope): Promise<KeptKey | null> {
  const { rows } = await db.query<{ inputDigest: Buffer; resultIds: Record<string, string> }>(
    `/* selectKey */
     SELECT input_digest AS "inputDigest", result_ids AS "resultIds" FROM platform.idempotency_key
     WHERE institution_id = $1 AND caller = $2 AND mutation = $3 AND key = $4`,
    [db.institutionId, caller, mutation, key],
  );
  return rows[0] ?? null;
}

/** Writes what a repeat of the claimed key will read again. */
export async function keepResult(db: Sql, { caller, mutation, key }: KeyScope, ids: ResultIds): Promise<void> {
  await db.query(
    `/* keepResult */
     UPDATE platform.idempotency_key SET result_ids = $5
     WHERE institution_id = $1 AND caller = $2 AND mutation = $3 AND key = $4`,
    [db.institutionId, caller, mutation, key, ids],
  );
}

/**
 * Deletes keys of the session's institution that have expired, the oldest first.
 * @param limit how many at most, so that a transaction stays short
 * @returns how many went; fewer than the limit: none are left
 */
export async function purgeIdempotencyKeys(db: Sql, limit = 5_000): Promise<number> {
  const { rowCount } = await db.query(
    `/* purgeIdempotencyKeys */
     DELETE FROM platform.idempotency_key k
     USING (
       SELECT caller, mutation, key FROM platform.idempotency_key
       WHERE institution_id = $1 AND created_at <= platform.now() - ${lifetime}
       ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED) expired
     WHERE k.institution_id = $1 AND k.caller = expired.caller AND k.mutation = expired.mutation AND k.key = expired.key`,
    [db.institutionId, limit],
  );
  return rowCount;
}
