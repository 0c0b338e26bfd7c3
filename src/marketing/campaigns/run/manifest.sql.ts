import type { Sql } from "../../../platform/database/sql.js";

/** What became of a member. */
export interface ManifestEntry {
  readonly position: number;
  readonly contactId: string;
  readonly recipientId: string | null;
  readonly outcome: string;
  readonly consentEventId: string | null;
  readonly shipmentId: string | null;
}

const text = (value: string) => `coalesce(${value}::text, '-')`;

/** Who is behind a row: a salt that an erasure removes, and ids. */
const identity = (row: string) => `sha256(${row}.salt || convert_to(concat_ws('|', ${text(`${row}.contact_id`)},
  ${text(`${row}.recipient_id`)}, ${text(`${row}.authorization_event_id`)}, ${text(`${row}.shipment_id`)}), 'UTF8'))`;

/** A row as its chunk counts it: what became of somebody is fixed, also when nobody can tell any more of whom. */
const leaf = (row: string) => `sha256(convert_to(concat_ws('|', ${row}.run_id, ${row}.position, ${row}.outcome,
  encode(${row}.hash, 'hex')), 'UTF8'))`;

/** NULL without rows. */
const chunkHash = (row: string) =>
  `sha256(string_agg(${leaf(row)}, ''::bytea ORDER BY ${row}.position) FILTER (WHERE ${row}.hash IS NOT NULL))`;

/** Writes what became of these members, each with a salt of its own. */
export async function insertManifestRows(db: Sql, runId: string, entries: readonly ManifestEntry[]): Promise<void> {
  const column = <Value>(of: (entry: ManifestEntry) => Value) => entries.map(of);
  await db.query(
    `/* insertManifestRows */
     INSERT INTO marketing.campaign_manifest_row (institution_id, run_id, position, contact_id, recipient_id, outcome,
       authorization_event_id, shipment_id, salt, hash)
     SELECT $1, $2, e.position, e.contact_id, e.recipient_id, e.outcome, e.authorization_event_id, e.shipment_id, e.salt,
       ${identity("e")}
     FROM (
       SELECT g.*, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) AS salt
       FROM unnest($3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[])
         AS g (position, contact_id, recipient_id, outcome, authorization_event_id, shipment_id)) e`,
    [
      db.institutionId,
      runId,
      column(({ position }) => position),
      column(({ contactId }) => contactId),
      column(({ recipientId }) => recipientId),
      column(({ outcome }) => outcome),
      column(({ consentEventId }) => consentEventId),
      column(({ shipmentId }) => shipmentId),
    ],
  );
}

/** Closes a chunk over its rows. */
export async function insertManifestChunk(
  db: Sql,
  runId: string,
  { chunk, first, last }: { readonly chunk: number; readonly first: number; readonly last: number },
): Promise<void> {
  await db.query(
    `/* insertManifestChunk */
     INSERT INTO marketing.campaign_manifest_chunk (institution_id, run_id, chunk, first_position, last_position, hash)
     SELECT $1, $2, $3, $4, $5, coalesce(${chunkHash("r")}, sha256(''))
     FROM marketing.campaign_manifest_row r
     WHERE r.institution_id = $1 AND r.run_id = $2 AND r.position BETWEEN $4 AND $5`,
    [db.institutionId, runId, chunk, first, last],
  );
}

/** The hashes of a run's chunks, in their order. */
export async function selectChunkHashes(db: Sql, runId: string): Promise<Buffer[]> {
  const { rows } = await db.query<{ hash: Buffer }>(
    `/* selectChunkHashes */
     SELECT hash FROM marketing.campaign_manifest_chunk WHERE institution_id = $1 AND run_id = $2 ORDER BY chunk`,
    [db.institutionId, runId],
  );
  return rows.map(({ hash }) => hash);
}

/** What a run's manifest says of itself. */
export interface ManifestCheck {
  readonly runId: string;
  readonly isUnderWay: boolean;
  readonly rows: number;
  /** Rows of persons who were erased. */
  readonly blanked: number;
  /** Rows that do not say what they said when they were written, or that no chunk has. */
  readonly broken: number;
  /** Chunks whose rows are not those that it was closed over. */
  readonly brokenChunks: number[];
  readonly rootHash: Buffer | null;
  readonly seal: Buffer | null;
}

/**
 * Compares every row of the manifests of a campaign, if it exists for the caller, with its hash, and every chunk with its
 * rows: one answer for each run, the latest first.
 */
export async function selectManifestChecks(db: Sql, campaignId: string): Promise<ManifestCheck[]> {
  const { rows } = await db.query<ManifestCheck>(
    `/* selectManifestChecks */
     WITH run AS (
       SELECT r.* FROM marketing.campaign_run r
       JOIN marketing.visible_campaign c ON c.institution_id = $1 AND c.id = r.campaign_id
       WHERE r.institution_id = $1 AND r.campaign_id = $2),
     checked AS (
       SELECT c.run_id, c.chunk, count(r.position)::int AS rows,
         count(*) FILTER (WHERE r.salt IS NULL AND r.hash IS NOT NULL)::int AS blanked,
         count(*) FILTER (WHERE r.salt IS NOT NULL AND r.hash <> ${identity("r")})::int AS broken,
         c.hash <> coalesce(${chunkHash("r")}, sha256('')) AS is_broken
       FROM marketing.campaign_manifest_chunk c
       LEFT JOIN marketing.campaign_manifest_row r ON r.institution_id = $1 AND r.run_id = c.run_id
         AND r.position BETWEEN c.first_position AND c.last_position
       WHERE c.institution_id = $1 AND c.run_id IN (SELECT run.id FROM run) GROUP BY c.run_id, c.chunk, c.hash),
     written AS (
       SELECT r.run_id, count(*)::int AS rows FROM marketing.campaign_manifest_row r
       WHERE r.institution_id = $1 AND r.run_id IN (SELECT run.id FROM run) GROUP BY r.run_id)
     SELECT run.id AS "runId", run.status IN ('QUEUED', 'RUNNING') AS "isUnderWay", run.root_hash AS "rootHash", run.seal,
       coalesce(w.rows, 0) AS rows, t.blanked, t.broken + abs(coalesce(w.rows, 0) - t.rows) AS broken, t."brokenChunks"
     FROM run LEFT JOIN written w ON w.run_id = run.id
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(k.rows), 0)::int AS rows, coalesce(sum(k.blanked), 0)::int AS blanked,
         coalesce(sum(k.broken), 0)::int AS broken,
         coalesce(array_agg(k.chunk ORDER BY k.chunk) FILTER (WHERE k.is_broken), '{}') AS "brokenChunks"
       FROM checked k WHERE k.run_id = run.id) t
     ORDER BY run.id DESC`,
    [db.institutionId, campaignId],
  );
  return rows;
}

export interface ManifestRow {
  readonly runId: string;
  readonly position: number;
  readonly contactId: string;
  /** Null also when the caller does not see him. */
  readonly recipientId: string | null;
  readonly outcome: string;
  readonly authorizationEventId: string | null;
  readonly shipmentId: string | null;
}

export interface ManifestPlace {
  readonly runId: string;
  readonly position: number;
}

/** A page of what became of the members of a campaign whom the caller sees. */
export async function selectManifestPage(
  db: Sql,
  campaignId: string,
  { after, limit, outcomes }: { after: ManifestPlace; limit: number; outcomes: readonly string[] },
): Promise<ManifestRow[]> {
  const { rows } = await db.query<ManifestRow>(
    `/* selectManifestPage */
     SELECT m.run_id AS "runId", m.position, v.id AS "contactId", w.id AS "recipientId", m.outcome,
       m.authorization_event_id AS "authorizationEventId", m.shipment_id AS "shipmentId"
     FROM marketing.campaign_manifest_row m
     JOIN marketing.campaign_run r ON r.institution_id = $1 AND r.id = m.run_id
     JOIN marketing.visible_campaign c ON c.institution_id = $1 AND c.id = r.campaign_id
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = m.contact_id
     LEFT JOIN contacts.visible_contact w ON w.institution_id = $1 AND w.id = m.recipient_id
     WHERE m.institution_id = $1 AND r.campaign_id = $2 AND (m.run_id, m.position) > ($3::bigint, $4::int)
       AND m.outcome = ANY($6::text[])
     ORDER BY m.run_id, m.position LIMIT $5`,
    [db.institutionId, campaignId, after.runId, after.position, limit, outcomes],
  );
  return rows;
}
