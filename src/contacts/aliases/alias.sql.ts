import type { Sql } from "../../platform/database/sql.js";
import { visibleTo } from "../visibility.js";

export interface AliasValues {
  alias: string;
  provider: string | null;
  maskedNumber: string | null;
  expiryMonth: number | null;
  expiryYear: number | null;
}

export interface AliasRow extends AliasValues {
  id: string;
  contactId: string;
  isExpired: boolean;
  consentAt: Date;
  consentConfirmedBy: string;
}

/** The oldest first; only of contacts that exist for the caller. One query for all contacts. */
export async function selectAliases(db: Sql, contactIds: readonly string[]): Promise<AliasRow[]> {
  const { rows } = await db.query<AliasRow>(
    `/* selectAliases */
     SELECT a.id, a.contact_id AS "contactId", a.alias, a.provider, a.masked_number AS "maskedNumber",
       a.expiry_month AS "expiryMonth", a.expiry_year AS "expiryYear",
       coalesce(make_date(a.expiry_year, a.expiry_month, 1) + interval '1 month' <= platform.today(), false) AS "isExpired",
       a.consent_at AS "consentAt", a.consent_confirmed_by AS "consentConfirmedBy"
     FROM contacts.payment_alias a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.contact_id = ANY($2::bigint[])
     ORDER BY a.contact_id, a.id`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** The contact of an alias, when it exists for the caller. */
export async function selectAliasOwner(db: Sql, id: string): Promise<string | null> {
  const { rows } = await db.query<{ contactId: string }>(
    `/* selectAliasOwner */
     SELECT a.contact_id AS "contactId" FROM contacts.payment_alias a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.id = $2`,
    [db.institutionId, id],
  );
  return rows[0]?.contactId ?? null;
}

/** True when a contact that the caller sees has this alias. */
export async function selectIsAliasKept(db: Sql, alias: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* selectIsAliasKept */
     SELECT FROM contacts.payment_alias a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.alias = $2 LIMIT 1`,
    [db.institutionId, alias],
  );
  return rowCount > 0;
}

/** Lets one transaction after another ask who has an alias and keep it. */
export async function lockAlias(db: Sql, alias: string): Promise<void> {
  await db.query(
    `/* lockAlias */ SELECT pg_advisory_xact_lock(hashtextextended('alias ' || $1::int || ' ' || $2, 0))`,
    [db.institutionId, alias],
  );
}

/** Rows (field, old, new) of an alias. The token itself never stands in the audit. */
const audited = (isRemoved: boolean): string => {
  const value = (expression: string) => (isRemoved ? `${expression}, NULL` : `NULL, ${expression}`);
  return `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, old_value, new_value)
  SELECT $1, contact_id, 'PaymentAlias', id::text, v.field, v.old, v.new
  FROM changed CROSS JOIN LATERAL (VALUES ('alias', NULL::text, NULL::text), ('provider', ${value("provider")}),
    ('maskedNumber', ${value("masked_number")}),
    ('expiry', ${value("expiry_year || '-' || lpad(expiry_month::text, 2, '0')")}),
    ('buyerConsentConfirmed', ${value("'true'")})) AS v (field, old, new)
  WHERE v.field = 'alias' OR v.old IS DISTINCT FROM v.new`;
};

const columns = "id, contact_id, provider, masked_number, expiry_year, expiry_month";

/** Keeps an alias, with its audit. The contact is locked and visible. Returns the alias's id. */
export async function insertAlias(
  db: Sql,
  contactId: string,
  { alias, provider, maskedNumber, expiryMonth, expiryYear }: AliasValues,
  noticeVersion: number,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertAlias */
     WITH changed AS (
       INSERT INTO contacts.payment_alias (institution_id, contact_id, alias, provider, masked_number, expiry_month,
         expiry_year, consent_notice_version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       RETURNING ${columns}),
     audited AS (${audited(false)})
     SELECT id FROM changed`,
    [db.institutionId, contactId, alias, provider, maskedNumber, expiryMonth, expiryYear, noticeVersion],
  );
  return rows[0]!.id;
}

/** Removes an alias, with its audit. Its contact is locked and visible. False when it is gone. */
export async function deleteAlias(db: Sql, id: string): Promise<boolean> {
  const { rows } = await db.query<{ removed: number }>(
    `/* deleteAlias */
     WITH changed AS (
       DELETE FROM contacts.payment_alias WHERE institution_id = $1 AND id = $2 RETURNING ${columns}),
     audited AS (${audited(true)})
     SELECT count(*)::int AS removed FROM changed`,
    [db.institutionId, id],
  );
  return rows[0]!.removed > 0;
}
