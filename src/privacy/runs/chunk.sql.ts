import type { Sql } from "../../platform/database/sql.js";
import type { ItemChunk } from "./item.sql.js";

/** What a chunk of a plan says: whom, and what becomes of him. Who is active is no part of a plan. */
const digest = `sha256(convert_to(string_agg(i.contact_id || ' ' || array_to_string(i.outcomes, ','), E'\\n'
  ORDER BY i.contact_id), 'UTF8'))`;

const plannedItems = `privacy.anonymization_run_item i
  WHERE i.institution_id = $1 AND i.run_id = $2 AND i.outcomes <> '{KEPT_ACTIVE}'`;

/** Keeps the hash of a chunk of a plan, which was written in this transaction. A chunk without anything to do has none. */
export async function insertPlanDigest(
  db: Sql,
  { runId, chunk }: ItemChunk,
  contactIds: readonly string[],
): Promise<void> {
  await db.query(
    `/* insertPlanDigest */
     INSERT INTO privacy.anonymization_run_chunk (institution_id, run_id, chunk, digest)
     SELECT $1, $2, $3, ${digest} FROM ${plannedItems} AND i.contact_id = ANY($4::bigint[])
     HAVING count(*) > 0`,
    [db.institutionId, runId, chunk, contactIds],
  );
}

/** Hashes of a plan's chunks as they were kept, in their order. */
export async function selectDigests(db: Sql, runId: string): Promise<string[]> {
  const { rows } = await db.query<{ digest: string }>(
    `/* selectDigests */
     SELECT encode(digest, 'hex') AS digest FROM privacy.anonymization_run_chunk
     WHERE institution_id = $1 AND run_id = $2 AND digest IS NOT NULL ORDER BY chunk`,
    [db.institutionId, runId],
  );
  return rows.map(({ digest: each }) => each);
}

/** The same, worked out anew from what the plan says now. */
export async function selectDigestsOfItems(db: Sql, runId: string): Promise<string[]> {
  const { rows } = await db.query<{ digest: string }>(
    `/* selectDigestsOfItems */
     SELECT encode(${digest}, 'hex') AS digest FROM ${plannedItems} GROUP BY i.chunk ORDER BY i.chunk`,
    [db.institutionId, runId],
  );
  return rows.map(({ digest: each }) => each);
}

/** Keeps what a chunk of a RUN erased: rows by table. */
export async function insertErasedChunk(
  db: Sql,
  { runId, chunk }: ItemChunk,
  steps: Readonly<Record<string, number>>,
): Promise<void> {
  await db.query(
    `/* insertErasedChunk */
     INSERT INTO privacy.anonymization_run_chunk (institution_id, run_id, chunk, steps) VALUES ($1, $2, $3, $4)`,
    [db.institutionId, runId, chunk, JSON.stringify(steps)],
  );
}
