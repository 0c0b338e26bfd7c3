import type { Sql } from "../platform/database/sql.js";
import type { ContactRow } from "./contact.type.js";
import { insertWords, updateWords, withPhoneKeys } from "./search/search-keys.sql.js";
import { visibleTo } from "./visibility.js";

/** GraphQL field to column, for what an operator may write. The order is that of the audit. */
export const writableColumns = {
  title: "title",
  firstName: "first_name",
  lastName: "last_name",
  structureName: "structure_name",
  email: "email",
  phone: "phone",
  mobile: "mobile",
  birthDate: "birth_date",
  language: "language",
  referenceCode: "reference_code",
  validityEndDate: "validity_end_date",
  disabilityType: "disability_type",
  remark: "remark",
} as const;

export type WritableField = keyof typeof writableColumns;
export type ContactValues = Partial<Record<WritableField, string | null>>;

const writable = Object.entries(writableColumns) as [WritableField, string][];
const dateFields: ReadonlySet<string> = new Set<WritableField>(["birthDate", "validityEndDate"]);

/** Columns of a contact as {@link ContactRow}. */
export const contactColumns = `c.id, c.contact_type AS "type", c.contact_number AS "contactNumber",
  c.confidentiality_level AS "confidentialityLevel",
  (c.validity_end_date IS NULL OR c.validity_end_date >= platform.today()) AS "isValid",
  c.blocked_since IS NOT NULL AS "isBlocked", c.blocked_since AS "blockedSince", c.blocked_reason AS "blockedReason",
  c.anonymized_at AS "anonymizedAt", c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt",
  ${writable.map(([field, column]) => `c.${column} AS "${field}"`).join(", ")}`;

/** Any order; unknown and invisible ids are left out. */
export async function selectContacts(db: Sql, ids: readonly string[]): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    `/* selectContacts */ SELECT ${contactColumns} FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}`,
    [db.institutionId, ids],
  );
  return rows;
}

/** Any order. Numbers are exact: leading zeros count. */
export async function selectContactsByNumber(db: Sql, numbers: readonly string[]): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    `/* selectContactsByNumber */ SELECT ${contactColumns} FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.contact_number = ANY($2::text[]) AND ${visibleTo("c")}`,
    [db.institutionId, numbers],
  );
  return rows;
}

/** The contact as it is now, locked against other changes; null when it does not exist for the caller. */
export async function lockContact(db: Sql, id: string): Promise<ContactRow | null> {
  const { rows } = await db.query<ContactRow>(
    `/* lockContact */ SELECT ${contactColumns} FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.id = $2 AND ${visibleTo("c")} FOR UPDATE`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** A column's value out of the JSON parameter. */
function given(parameter: string, field: string): string {
  return `(${parameter}::jsonb ->> '${field}')${dateFields.has(field) ? "::date" : ""}`;
}

/** VALUES rows (field, old, new) for the audit of the writable columns. */
const auditedValues = (old: (column: string) => string): string =>
  writable.map(([field, column]) => `('${field}', ${old(column)}, new_${column}::text)`).join(", ");

const keyColumns = ["phone_key", "mobile_key"] as const;
const keyGiven = (column: string) => `($3::jsonb ->> '${column}')`;

/**
 * Makes a contact with its audit (one entry for each field that has a value) and what search knows of it. Returns its id.
 * @param id one that was taken for it before; a new one when left out
 */
export async function insertContact(
  db: Sql,
  type: ContactRow["type"],
  values: ContactValues,
  id: string | null = null,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertContact */
     WITH created AS (
       INSERT INTO contacts.contact (institution_id, id, contact_type, ${writable.map(([, column]) => column).join(", ")},
         ${keyColumns.join(", ")})
       VALUES ($1, coalesce($4::bigint, nextval('contacts.contact_id_seq')), $2,
         ${writable.map(([field]) => given("$3", field)).join(", ")}, ${keyColumns.map(keyGiven).join(", ")})
       RETURNING id, contact_number, contact_type, ${writable.map(([, column]) => `${column} AS new_${column}`).join(", ")}),
     audited AS (
       INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
       SELECT $1, created.id, 'Contact', v.field, v.old, v.new
       FROM created CROSS JOIN LATERAL (VALUES ('contactNumber', NULL::text, contact_number::text),
         ('type', NULL, contact_type), ${auditedValues(() => "NULL")}) AS v (field, old, new)
       WHERE v.new IS NOT NULL),
     ${insertWords("created", "new_")}
     SELECT id FROM created`,
    [db.institutionId, type, JSON.stringify(await withPhoneKeys(db, values)), id],
  );
  return rows[0]!.id;
}

/** Writes the given fields, the audit of those that differ, and what search knows of them. The contact is locked and visible. */
export async function updateContactValues(db: Sql, id: string, values: ContactValues): Promise<void> {
  const assignments = writable.map(
    ([field, column]) => `${column} = CASE WHEN $3::jsonb ? '${field}' THEN ${given("$3", field)} ELSE c.${column} END`,
  );
  const keys = keyColumns.map(
    (column) => `${column} = CASE WHEN $3::jsonb ? '${column}' THEN ${keyGiven(column)} ELSE c.${column} END`,
  );
  const returned = writable.map(([, column]) => `old.${column} AS old_${column}, new.${column} AS new_${column}`);
  await db.query(
    `/* updateContactValues */
     WITH changed AS (
       UPDATE contacts.contact c
       SET ${[...assignments, ...keys].join(", ")}, version = c.version + 1, updated_at = platform.now()
       WHERE c.institution_id = $1 AND c.id = $2
       RETURNING c.id, ${returned.join(", ")}),
     ${updateWords("changed")}
     INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
     SELECT $1, changed.id, 'Contact', v.field, v.old, v.new
     FROM changed CROSS JOIN LATERAL (VALUES ${auditedValues((column) => `old_${column}::text`)}) AS v (field, old, new)
     WHERE v.old IS DISTINCT FROM v.new`,
    [db.institutionId, id, JSON.stringify(await withPhoneKeys(db, values))],
  );
}

/** Writes the level and its audit. The caller's clearance was checked; the policies check it again. */
export async function updateConfidentialityLevel(db: Sql, id: string, level: number): Promise<void> {
  await db.query(
    `/* updateConfidentialityLevel */
     WITH changed AS (
       UPDATE contacts.contact c
       SET confidentiality_level = $3, version = c.version + 1, updated_at = platform.now()
       WHERE c.institution_id = $1 AND c.id = $2
       RETURNING c.id, old.confidentiality_level AS was, new.confidentiality_level AS became)
     INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
     SELECT $1, id, 'Contact', 'confidentialityLevel',
       (ARRAY['FREE', 'RESTRICTED', 'CONFIDENTIAL'])[was + 1], (ARRAY['FREE', 'RESTRICTED', 'CONFIDENTIAL'])[became + 1]
     FROM changed`,
    [db.institutionId, id, level],
  );
}

/**
 * Counts the version up after a change of what hangs on the contact, such as an address. Not for links to others: who
 * does not see the other end would see that something changed.
 */
export async function touchContact(db: Sql, id: string): Promise<void> {
  await db.query(
    `/* touchContact */ UPDATE contacts.contact SET version = version + 1, updated_at = platform.now()
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id],
  );
}
