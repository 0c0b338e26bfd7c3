import type { Sql } from "../../../platform/database/sql.js";
import { enqueue } from "../../../platform/jobs/index.js";
import type { ErasureSteps } from "../../../platform/personal-data/index.js";
import type { ErasedDigest } from "../proof/digest.js";

export interface CertificateWish {
  /** Under which rule, such as `MANUAL` or `INACTIVITY:36`. Stands there for good. */
  readonly rule: string;
  /** Database id of the batch; null: by hand, and the certificate is closed at once. */
  readonly runId: string | null;
  /** What its digests are made with. */
  readonly proofKey: Buffer;
}

export interface OpenCertificate {
  readonly id: string;
  readonly proofKey: Buffer;
}

/** The certificate of this erasure: a batch has one, whichever chunk comes first. */
export async function openCertificate(db: Sql, { rule, runId, proofKey }: CertificateWish): Promise<OpenCertificate> {
  const { rows } = await db.query<OpenCertificate>(
    `/* openCertificate */
     INSERT INTO privacy.erasure_certificate AS c (institution_id, rule, run_id, proof_key, status, closed_at)
     VALUES ($1, $2, $3, coalesce((
       -- contacts who are erased by hand share a pass, and so a key
       SELECT p.proof_key FROM privacy.erasure_certificate p
       WHERE p.institution_id = $1 AND p.run_id IS NULL AND p.status = 'PENDING' AND $3::bigint IS NULL
       ORDER BY p.id DESC LIMIT 1), $4), CASE WHEN $3::bigint IS NULL THEN 'PENDING' ELSE 'OPEN' END,
       CASE WHEN $3::bigint IS NULL THEN platform.now() END)
     ON CONFLICT (institution_id, run_id) DO UPDATE SET rule = excluded.rule WHERE c.institution_id = $1
     RETURNING id, proof_key AS "proofKey"`,
    [db.institutionId, rule, runId, proofKey],
  );
  return rows[0]!;
}

export interface ErasedCounts {
  readonly anonymized: number;
  readonly removed: number;
  readonly steps: ErasureSteps;
}

/** Adds what a chunk erased. */
export async function addToCertificate(
  db: Sql,
  id: string,
  { anonymized, removed, steps }: ErasedCounts,
): Promise<void> {
  await db.query(
    `/* addToCertificate */
     UPDATE privacy.erasure_certificate c
     SET anonymized = c.anonymized + $3, removed = c.removed + $4, erased = (
       SELECT coalesce(jsonb_object_agg(step.name, step.rows), '{}') FROM (
         SELECT each.key AS name, sum(each.value::bigint) AS rows
         FROM (SELECT * FROM jsonb_each_text(c.erased) UNION ALL SELECT * FROM jsonb_each_text($5::jsonb)) each
         GROUP BY each.key) step)
     WHERE c.institution_id = $1 AND c.id = $2`,
    [db.institutionId, id, anonymized, removed, JSON.stringify(steps)],
  );
}

/**
 * A batch erases no more, however it has ended: what is left to do is the pass, which begins when this transaction has
 * committed. Of a batch that erased nothing there is none.
 */
export async function closeCertificate(db: Sql, runId: string): Promise<void> {
  const { rowCount } = await db.query(
    `/* closeCertificate */ UPDATE privacy.erasure_certificate SET status = 'PENDING', closed_at = platform.now()
     WHERE institution_id = $1 AND run_id = $2 AND status = 'OPEN'`,
    [db.institutionId, runId],
  );
  if (rowCount > 0) await enqueue(db, "privacy.erasure-proof", { institutionId: db.institutionId, id: runId });
}

export async function insertDigests(db: Sql, certificateId: string, digests: readonly ErasedDigest[]): Promise<void> {
  if (digests.length === 0) return;
  await db.query(
    `/* insertDigests */
     INSERT INTO privacy.erasure_digest (institution_id, certificate_id, contact_id, kind, filter, digest)
     SELECT $1, $2, * FROM unnest($3::bigint[], $4::text[], $5::int[], $6::bytea[])`,
    [
      db.institutionId,
      certificateId,
      digests.map(({ contactId }) => contactId),
      digests.map(({ kind }) => kind),
      digests.map(({ filter }) => filter),
      digests.map(({ digest }) => digest),
    ],
  );
}

/** Keeps the seals of certificates whose pass is done. */
export async function updateSeals(
  db: Sql,
  seals: readonly { readonly id: string; readonly seal: Buffer }[],
): Promise<void> {
  await db.query(
    `/* updateSeals */
     UPDATE privacy.erasure_certificate c SET seal = sealed.seal
     FROM unnest($2::bigint[], $3::bytea[]) AS sealed (id, seal)
     WHERE c.institution_id = $1 AND c.id = sealed.id AND c.status = 'DONE'`,
    [db.institutionId, seals.map(({ id }) => id), seals.map(({ seal }) => seal)],
  );
}
