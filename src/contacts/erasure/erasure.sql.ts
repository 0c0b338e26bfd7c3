import type { Sql } from "../../platform/database/sql.js";
import { enqueue } from "../../platform/jobs/index.js";
import type { ErasedIdentifier, ErasureEntry } from "../../platform/personal-data/index.js";
import { instantText } from "../audit-text.js";

/** Statements of erasing: they are complete, whoever the contacts are (design 3). */

/** What leads to these contacts, and led to them before: former addresses and numbers stand in the audit. */
export async function selectIdentifiers(db: Sql, ids: readonly string[]): Promise<ErasedIdentifier[]> {
  const { rows } = await db.query<ErasedIdentifier>(
    `/* selectIdentifiers */
     SELECT DISTINCT c.id AS "contactId", v.kind, v.text
     FROM contacts.contact c
     LEFT JOIN contacts.internet_account a ON a.institution_id = $1 AND a.contact_id = c.id
     CROSS JOIN LATERAL (VALUES ('EMAIL', c.email), ('PHONE', '+' || reverse(c.phone_key)),
       ('PHONE', '+' || reverse(c.mobile_key)), ('LOGIN', a.login),
       ('REFERENCE', c.reference_code), ('NAME', c.first_name || E'\\n' || c.last_name)) AS v (kind, text)
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND v.text IS NOT NULL
     UNION
     SELECT p.contact_id, 'ALIAS', p.alias FROM contacts.payment_alias p
     WHERE p.institution_id = $1 AND p.contact_id = ANY($2::bigint[])
     UNION
     SELECT e.contact_id, CASE e.field WHEN 'email' THEN 'EMAIL' WHEN 'login' THEN 'LOGIN'
         WHEN 'referenceCode' THEN 'REFERENCE' ELSE 'PHONE' END, v.text
     FROM contacts.audit_contact e CROSS JOIN LATERAL (VALUES (e.old_value), (e.new_value)) AS v (text)
     WHERE e.institution_id = $1 AND e.contact_id = ANY($2::bigint[]) AND v.text IS NOT NULL
       AND e.entity IN ('Contact', 'InternetAccount')
       AND e.field IN ('email', 'login', 'referenceCode', 'phone', 'mobile')`,
    [db.institutionId, ids],
  );
  return rows;
}

export interface DoomedAlias {
  readonly provider: string | null;
  readonly alias: string;
}

export async function selectDoomedAliases(db: Sql, ids: readonly string[]): Promise<DoomedAlias[]> {
  const { rows } = await db.query<DoomedAlias>(
    `/* selectDoomedAliases */ SELECT provider, alias FROM contacts.payment_alias
     WHERE institution_id = $1 AND contact_id = ANY($2::bigint[]) ORDER BY id`,
    [db.institutionId, ids],
  );
  return rows;
}

/** Keeps, sealed, what the providers are to delete. */
export async function insertAliasRemovals(
  db: Sql,
  removals: readonly { readonly keyId: string; readonly sealed: Buffer }[],
): Promise<void> {
  await db.query(
    `/* insertAliasRemovals */
     INSERT INTO contacts.alias_removal (institution_id, key_id, sealed_alias)
     SELECT $1, * FROM unnest($2::text[], $3::bytea[])`,
    [db.institutionId, removals.map(({ keyId }) => keyId), removals.map(({ sealed }) => sealed)],
  );
}

/** Numbers of documents as they are kept. */
export async function selectSealedNumbers(
  db: Sql,
  ids: readonly string[],
): Promise<{ contactId: string; keyId: string; sealed: Buffer }[]> {
  const { rows } = await db.query<{ contactId: string; keyId: string; sealed: Buffer }>(
    `/* selectSealedNumbers */
     SELECT contact_id AS "contactId", key_id AS "keyId", sealed_number AS sealed FROM contacts.identity_document
     WHERE institution_id = $1 AND contact_id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

export interface Tombstone {
  readonly kind: "EMAIL" | "REFERENCE";
  /** Keyed: who reads the table learns no address. */
  readonly digest: Buffer;
}

/** What no file may bring back. */
export async function insertTombstones(db: Sql, tombstones: readonly Tombstone[]): Promise<void> {
  await db.query(
    `/* insertTombstones */
     INSERT INTO contacts.erased_identifier (institution_id, kind, digest)
     SELECT $1, * FROM unnest($2::text[], $3::bytea[]) ON CONFLICT DO NOTHING`,
    [db.institutionId, tombstones.map(({ kind }) => kind), tombstones.map(({ digest }) => digest)],
  );
}

/** Those of these digests that somebody left who was erased. */
export async function selectErasedDigests(db: Sql, tombstones: readonly Tombstone[]): Promise<Buffer[]> {
  const { rows } = await db.query<{ digest: Buffer }>(
    `/* selectErasedDigests */ SELECT e.digest FROM contacts.erased_identifier e
     WHERE e.institution_id = $1 AND (e.kind, e.digest) IN (SELECT * FROM unnest($2::text[], $3::bytea[]))`,
    [db.institutionId, tombstones.map(({ kind }) => kind), tombstones.map(({ digest }) => digest)],
  );
  return rows.map(({ digest }) => digest);
}

/** One entry for each erased contact: by whom it is, and of which run. Of a removed one it is all that stays. */
export async function insertErasureEntries(db: Sql, { ids, outcome, runId }: ErasureEntry): Promise<void> {
  await db.query(
    `/* insertErasureEntries */
     INSERT INTO contacts.audit_contact (institution_id, contact_id, job_id, entity, key, field, new_value)
     SELECT $1, c.id, $3, 'Contact', $4, CASE $4 WHEN 'DELETED' THEN 'contactNumber' ELSE 'anonymizedAt' END,
       CASE $4 WHEN 'DELETED' THEN c.contact_number ELSE ${instantText("c.anonymized_at")} END
     FROM contacts.contact c WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) ORDER BY c.id`,
    [db.institutionId, ids, runId, outcome],
  );
}

/**
 * No file of before is fetched any more, made of targets or of uploads: somebody who may stand in it was erased. What is
 * being made is told.
 */
export async function expireFiles(db: Sql): Promise<void> {
  await holdFiles(db);
  const { rows } = await db.query<{ hasExpired: boolean }>(
    `/* expireFiles */
     WITH jobs AS (
       UPDATE contacts.import_job j
       SET is_outdated = j.status IN ('QUEUED', 'RUNNING'), report_expires_at = least(j.report_expires_at, platform.now())
       WHERE j.institution_id = $1 AND (j.status IN ('QUEUED', 'RUNNING')
         OR (j.report_file_id IS NOT NULL AND j.report_expires_at > platform.now()))
       RETURNING new.report_file_id IS NOT NULL AS has_expired),
     templates AS (
       UPDATE contacts.import_template t
       SET is_outdated = t.status IN ('QUEUED', 'RUNNING'), expires_at = least(t.expires_at, platform.now())
       WHERE t.institution_id = $1 AND (t.status IN ('QUEUED', 'RUNNING')
         OR (t.file_id IS NOT NULL AND t.expires_at > platform.now()))
       RETURNING new.file_id IS NOT NULL AS has_expired)
     SELECT coalesce(bool_or(has_expired), false) AS "hasExpired"
     FROM (SELECT * FROM jobs UNION ALL SELECT * FROM templates) each`,
    [db.institutionId],
  );
  if (rows[0]!.hasExpired) {
    await enqueue(db, "contacts.import-template-purge", { institutionId: db.institutionId, id: "all" });
  }
}

/** No run begins until this erasure has ended, which it would not be told of. Erasures do not wait for each other. */
async function holdFiles(db: Sql): Promise<void> {
  await db.query("/* holdFiles */ SELECT pg_advisory_xact_lock_shared(hashtext('contacts.files'), $1::int)", [
    db.institutionId,
  ]);
}

/** For a run that reads what erasures take away: it reads without whom those under way erase, and later ones tell it. */
export async function awaitErasures(db: Sql): Promise<void> {
  await db.query("/* awaitErasures */ SELECT pg_advisory_xact_lock(hashtext('contacts.files'), $1::int)", [
    db.institutionId,
  ]);
}
