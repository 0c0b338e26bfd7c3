import type { BulkSql, Sql } from "../../../platform/database/sql.js";

export interface ClaimedPass {
  readonly certificateIds: readonly string[];
  readonly proofKey: Buffer;
}

/** The certificates that wait for a pass, as far as one key serves them; the oldest first. Null when none waits. */
export async function claimPass(db: Sql): Promise<ClaimedPass | null> {
  const { rows } = await db.query<{ id: string; proofKey: Buffer }>(
    `/* claimPass */
     UPDATE privacy.erasure_certificate c SET status = 'PROVING'
     FROM (SELECT proof_key FROM privacy.erasure_certificate
           WHERE institution_id = $1 AND status IN ('PENDING', 'PROVING') ORDER BY id LIMIT 1) chosen
     WHERE c.institution_id = $1 AND c.status IN ('PENDING', 'PROVING') AND c.proof_key = chosen.proof_key
     RETURNING c.id, c.proof_key AS "proofKey"`,
    [db.institutionId],
  );
  return rows[0] ? { certificateIds: rows.map(({ id }) => id), proofKey: rows[0].proofKey } : null;
}

/** One pass after the other in an institution. */
export async function waitForPasses(db: Sql): Promise<void> {
  await db.query(`/* waitForPasses */ SELECT pg_advisory_xact_lock(hashtext('privacy.erasure-proof'), $1::int)`, [
    db.institutionId,
  ]);
}

/** The small hashes of what is looked for. */
export async function selectFilters(db: Sql, certificateIds: readonly string[]): Promise<number[]> {
  const { rows } = await db.query<{ filters: number[] | null }>(
    `/* selectFilters */ SELECT array_agg(DISTINCT filter) AS filters FROM privacy.erasure_digest
     WHERE institution_id = $1 AND certificate_id = ANY($2::bigint[])`,
    [db.institutionId, certificateIds],
  );
  return rows[0]!.filters ?? [];
}

/** Whose these digests are. */
export interface DigestOwner {
  readonly certificateId: string;
  readonly contactId: string;
  readonly kind: string;
  /** In hexadecimal. */
  readonly digest: string;
}

export async function selectOwners(
  db: Sql,
  certificateIds: readonly string[],
  digests: readonly Buffer[],
): Promise<DigestOwner[]> {
  const { rows } = await db.query<DigestOwner>(
    `/* selectOwners */
     SELECT certificate_id AS "certificateId", contact_id AS "contactId", kind, encode(digest, 'hex') AS digest
     FROM privacy.erasure_digest
     WHERE institution_id = $1 AND certificate_id = ANY($2::bigint[]) AND digest = ANY($3::bytea[])`,
    [db.institutionId, certificateIds, digests],
  );
  return rows;
}

/** A table as the pass reads it. */
export interface TextTable {
  readonly name: string;
  /** Of text, or JSON. */
  readonly columns: string[];
  /** Without the institution. */
  readonly key: string[];
}

/** Every table with rows of institutions and texts in them; from the database itself, so that none is forgotten. */
export async function selectTextTables(db: Sql): Promise<TextTable[]> {
  const { rows } = await db.query<TextTable>(
    `/* selectTextTables */
     SELECT n.nspname || '.' || c.relname AS name,
       array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE t.typcategory = 'S' OR t.typname IN ('json', 'jsonb', '_text', 'xml')) AS columns,
       coalesce(array_agg(a.attname::text ORDER BY a.attnum)
         FILTER (WHERE a.attnum = ANY(k.conkey) AND a.attname <> 'institution_id'), '{}') AS key
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
     WHERE n.nspname = ANY($1) AND c.relkind = 'r' AND EXISTS (
       SELECT FROM pg_attribute i WHERE i.attrelid = c.oid AND i.attname = 'institution_id' AND NOT i.attisdropped)
     GROUP BY 1
     HAVING count(*) FILTER (WHERE t.typcategory = 'S' OR t.typname IN ('json', 'jsonb', '_text', 'xml')) > 0
     ORDER BY 1`,
    [["platform", "contacts", "marketing", "history", "privacy"]],
  );
  return rows;
}

/**
 * Reads the texts of a table once: first whose the row is (ids, parted by commas), then its key, then the columns.
 * COPY takes no parameters, so the institution is written into the text; the policies compare it as well.
 */
export async function copyTexts(
  db: BulkSql,
  { name, columns }: Pick<TextTable, "name" | "columns">,
  { persons, key }: { readonly persons: readonly string[]; readonly key: readonly string[] },
  take: (piece: Buffer) => void,
): Promise<void> {
  const list = (parts: readonly string[], separator: string) =>
    parts.length > 0 ? `concat_ws('${separator}', ${parts.map((part) => `t.${part}`).join(", ")})` : "''";
  await db.copyOut(
    `/* copyTexts */ SELECT ${list(persons, ",")}, ${list(key, "/")}, ${columns.map((column) => `t.${column}::text`).join(", ")}
     FROM ${name} t WHERE t.institution_id = ${Number(db.institutionId)}`,
    take,
  );
}

/** What the queue keeps of this institution's jobs. */
export async function copyJobs(db: BulkSql, take: (piece: Buffer) => void): Promise<void> {
  await db.copyOut(
    `/* copyJobs */ SELECT '', t.id, t.data::text, t.output::text, t.singleton_key FROM pgboss.job t
     WHERE t.data ->> 'institutionId' = '${Number(db.institutionId)}'`,
    take,
  );
}

export interface FindingRow {
  readonly certificateId: string;
  readonly kind: string;
  readonly place: string;
  readonly rowKey: string;
  readonly contactId: string;
}

export async function insertFindings(db: Sql, findings: readonly FindingRow[]): Promise<void> {
  if (findings.length === 0) return;
  await db.query(
    `/* insertFindings */
     INSERT INTO privacy.erasure_finding (institution_id, certificate_id, kind, place, row_key, contact_id)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[])`,
    [
      db.institutionId,
      findings.map(({ certificateId }) => certificateId),
      findings.map(({ kind }) => kind),
      findings.map(({ place }) => place),
      findings.map(({ rowKey }) => rowKey),
      findings.map(({ contactId }) => contactId),
    ],
  );
}

/** Ends the pass of these certificates: what it compared with is gone, and its key. */
export async function endPass(db: Sql, certificateIds: readonly string[], report: object): Promise<void> {
  await db.query(
    `/* endPass */
     WITH forgotten AS (
       DELETE FROM privacy.erasure_digest WHERE institution_id = $1 AND certificate_id = ANY($2::bigint[]))
     UPDATE privacy.erasure_certificate c
     SET status = 'DONE', proof_key = NULL, proved_at = platform.now(), pass = $3::jsonb || jsonb_build_object('findings', (
       SELECT count(*) FROM privacy.erasure_finding f WHERE f.institution_id = $1 AND f.certificate_id = c.id))
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[])`,
    [db.institutionId, certificateIds, JSON.stringify(report)],
  );
}
