import type { Sql } from "../../platform/database/sql.js";
import { contactColumns } from "../contact.sql.js";
import type { ContactRow } from "../contact.type.js";
import { visibleTo } from "../visibility.js";

export interface SealedNumberRow {
  contactId: string;
  keyId: string;
  sealed: Buffer;
}

/** The sealed numbers of these contacts, as far as they exist for the caller. One query for all. */
export async function selectIdentityDocuments(db: Sql, contactIds: readonly string[]): Promise<SealedNumberRow[]> {
  const { rows } = await db.query<SealedNumberRow>(
    `/* selectIdentityDocuments */
     SELECT d.contact_id AS "contactId", d.key_id AS "keyId", d.sealed_number AS sealed
     FROM contacts.identity_document d
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = d.contact_id AND ${visibleTo("c")}
     WHERE d.institution_id = $1 AND d.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}

const isNamed = `
  c.institution_id = $1 AND ${visibleTo("c")} AND c.id IN (
    SELECT d.contact_id FROM contacts.identity_document d WHERE d.institution_id = $1 AND d.number_digest = $2)`;

/** Contacts with this number that exist for the caller, the oldest file first. */
export async function selectContactsByIdentity(
  db: Sql,
  digest: Buffer,
  { after, limit }: { after: string; limit: number },
): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    `/* selectContactsByIdentity */ SELECT ${contactColumns} FROM contacts.contact c
     WHERE c.institution_id = $1 AND ${isNamed} AND c.id > $3 ORDER BY c.id LIMIT $4`,
    [db.institutionId, digest, after, limit],
  );
  return rows;
}

export async function countContactsByIdentity(db: Sql, digest: Buffer): Promise<number> {
  const { rows } = await db.query<{ total: number }>(
    `/* countContactsByIdentity */ SELECT count(*)::int AS total FROM contacts.contact c
     WHERE c.institution_id = $1 AND ${isNamed}`,
    [db.institutionId, digest],
  );
  return rows[0]!.total;
}

/** The audit says that the number changed, never what it was or is. */
const audited = `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field)
  SELECT $1, contact_id, 'Contact', 'identityDocumentNumber' FROM changed`;

/** Writes the contact's number, with its audit. The contact is locked and visible. */
export async function upsertIdentityDocument(db: Sql, row: SealedNumberRow, digest: Buffer): Promise<void> {
  await db.query(
    `/* upsertIdentityDocument */
     WITH changed AS (
       INSERT INTO contacts.identity_document (institution_id, contact_id, key_id, sealed_number, number_digest)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (institution_id, contact_id) DO UPDATE
       SET key_id = excluded.key_id, sealed_number = excluded.sealed_number, number_digest = excluded.number_digest
       RETURNING contact_id)
     ${audited}`,
    [db.institutionId, row.contactId, row.keyId, row.sealed, digest],
  );
}

/** Removes the contact's number, with its audit. The contact is locked and visible. */
export async function deleteIdentityDocument(db: Sql, contactId: string): Promise<void> {
  await db.query(
    `/* deleteIdentityDocument */
     WITH changed AS (
       DELETE FROM contacts.identity_document WHERE institution_id = $1 AND contact_id = $2 RETURNING contact_id)
     ${audited}`,
    [db.institutionId, contactId],
  );
}

/** Some numbers that another key than this one sealed, locked. */
export async function lockOtherKeys(db: Sql, keyId: string, limit: number): Promise<SealedNumberRow[]> {
  const { rows } = await db.query<SealedNumberRow>(
    `/* lockOtherKeys */
     SELECT contact_id AS "contactId", key_id AS "keyId", sealed_number AS sealed
     FROM contacts.identity_document
     WHERE institution_id = $1 AND key_id <> $2
     ORDER BY contact_id LIMIT $3 FOR UPDATE`,
    [db.institutionId, keyId, limit],
  );
  return rows;
}

/** Replaces how these numbers are sealed. The numbers stay, so there is nothing for the audit. */
export async function updateSealed(db: Sql, keyId: string, rows: readonly SealedNumberRow[]): Promise<void> {
  await db.query(
    `/* updateSealed */
     UPDATE contacts.identity_document d SET key_id = $2, sealed_number = fresh.sealed
     FROM unnest($3::bigint[], $4::bytea[]) AS fresh (contact_id, sealed)
     WHERE d.institution_id = $1 AND d.contact_id = fresh.contact_id`,
    [db.institutionId, keyId, rows.map(({ contactId }) => contactId), rows.map(({ sealed }) => sealed)],
  );
}
