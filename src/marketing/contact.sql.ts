import type { VisibleContactIds } from "../contacts/index.js";
import type { Sql } from "../platform/database/sql.js";
import { AuthorizationCode, authorizationCodes, type StoredAuthorization } from "./authorizations/authorization.js";

const columns: Readonly<Record<AuthorizationCode, string>> = {
  INSTITUTION_EMAIL: "institution_email",
  THIRD_PARTY_TRANSFER: "third_party_transfer",
  PARTNER_COMMUNICATION: "partner_communication",
  EMAIL: "email",
  SMS: "sms",
  PHONE: "phone",
  LETTER: "letter",
};

/** The seven columns of a row, in the order of the codes. */
const valuesOf = (alias: string) =>
  `ARRAY[${authorizationCodes.map((code) => `${alias}.${columns[code]}`).join(", ")}]`;

/** Marketing's part of a contact that the caller sees. */
export interface ContactRow {
  id: string;
  isStructure: boolean;
  isAnonymized: boolean;
  /** In the order of the codes. */
  authorizations: StoredAuthorization[];
  bounceStatus: number;
}

/** Any order; unknown and invisible ids are left out. One query for all ids. */
export async function selectMarketing(db: Sql, ids: readonly string[]): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    `/* selectMarketing */
     SELECT v.id, v.contact_type = 'STRUCTURE' AS "isStructure", v.anonymized_at IS NOT NULL AS "isAnonymized",
       ${valuesOf("m")} AS authorizations, m.bounce_status AS "bounceStatus"
     FROM contacts.visible_contact v
     JOIN marketing.contact_marketing m ON m.institution_id = $1 AND m.contact_id = v.id
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** What decides whether a contact's authorizations may change. */
export interface ContactState {
  isStructure: boolean;
  isAnonymized: boolean;
  isValid: boolean;
}

/** Of a contact that the running transaction has locked. */
export async function selectState(db: Sql, [id]: VisibleContactIds): Promise<ContactState> {
  const { rows } = await db.query<ContactState>(
    `/* selectState */
     SELECT contact_type = 'STRUCTURE' AS "isStructure", anonymized_at IS NOT NULL AS "isAnonymized",
       validity_end_date IS NULL OR validity_end_date >= platform.today() AS "isValid"
     FROM contacts.visible_contact WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id],
  );
  return rows[0]!;
}

/** A value that is another than before, and stands in the audit. */
export interface ChangedAuthorization {
  contactId: string;
  code: AuthorizationCode;
  value: StoredAuthorization;
}

/** What a code is to become: its value when it is given, else by the rule of 5.4, else what it was. */
function becomes(code: AuthorizationCode): string {
  const column = `m.${columns[code]}`;
  const [isGiven, value] = parameters(code);
  const [isLegalGiven, legal] = parameters(AuthorizationCode.INSTITUTION_EMAIL);
  const follows = `WHEN ${isLegalGiven} AND ${legal} AND ${column} IS NULL
    AND (m.validity_end_date IS NULL OR m.validity_end_date >= platform.today()) THEN true`;
  return `CASE WHEN ${isGiven} THEN ${value} ${code === AuthorizationCode.EMAIL ? follows : ""} ELSE ${column} END`;
}

/** Where a code's "is given" and its value stand in the parameters of {@link updateAuthorizations}. */
function parameters(code: AuthorizationCode): [string, string] {
  const index = authorizationCodes.indexOf(code) + 1;
  return [`($3::boolean[])[${index}]`, `($4::boolean[])[${index}]`];
}

/**
 * Sets the same authorizations of these contacts, with the audit of what differs, in one statement; contacts where
 * nothing differs are not written. When INSTITUTION_EMAIL is set TRUE and EMAIL is EMPTY and not given, EMAIL becomes
 * TRUE (5.4), except for an invalid contact, who receives nothing. The caller has locked the contacts.
 */
export async function updateAuthorizations(
  db: Sql,
  contactIds: VisibleContactIds,
  values: ReadonlyMap<AuthorizationCode, StoredAuthorization>,
): Promise<ChangedAuthorization[]> {
  const { rows } = await db.query<ChangedAuthorization>(
    `/* updateAuthorizations */
     WITH changed AS (
       UPDATE marketing.contact_marketing m
       SET ${authorizationCodes.map((code) => `${columns[code]} = ${becomes(code)}`).join(", ")}
       WHERE m.institution_id = $1 AND m.contact_id = ANY($2::bigint[])
         AND (${authorizationCodes.map((code) => `m.${columns[code]} IS DISTINCT FROM ${becomes(code)}`).join(" OR ")})
       RETURNING m.contact_id, ${valuesOf("old")} AS was, ${valuesOf("new")} AS became)
     INSERT INTO marketing.audit_authorization (institution_id, contact_id, code, old_value, new_value)
     SELECT $1, changed.contact_id, each.code, each.was, each.became
     FROM changed CROSS JOIN LATERAL unnest($5::text[], changed.was, changed.became) AS each (code, was, became)
     WHERE each.was IS DISTINCT FROM each.became
     ORDER BY changed.contact_id, array_position($5, each.code)
     RETURNING contact_id AS "contactId", code, new_value AS value`,
    [
      db.institutionId,
      contactIds,
      authorizationCodes.map((code) => values.has(code)),
      authorizationCodes.map((code) => values.get(code) ?? null),
      authorizationCodes,
    ],
  );
  return rows;
}

/** What marketing keeps of a contact, by its column, and where it is read: `v` is who he is, `r` how he is reached. */
const copied = {
  contact_type: "v",
  confidentiality_level: "v",
  validity_end_date: "v",
  anonymized_at: "v",
  has_email: "r",
  has_mobile: "r",
  has_phone: "r",
  has_postal_address: "r",
} as const;

const copies = (alias: string) =>
  Object.keys(copied)
    .map((column) => `${alias}.${column}`)
    .join(", ");

/**
 * Copies what targeting needs of these contacts into marketing's rows, and makes the rows of new ones, in the
 * transaction that changed them. Rows that are right already are not written.
 */
export async function copyContacts(db: Sql, contactIds: readonly string[]): Promise<void> {
  await db.query(
    `/* copyContacts */
     INSERT INTO marketing.contact_marketing AS m (institution_id, contact_id, ${Object.keys(copied).join(", ")})
     SELECT $1, v.id, ${Object.entries(copied)
       .map(([column, alias]) => `${alias}.${column}`)
       .join(", ")}
     FROM contacts.visible_contact v
     JOIN contacts.visible_reach r ON r.institution_id = $1 AND r.contact_id = v.id
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])
     ORDER BY v.id
     ON CONFLICT (institution_id, contact_id) DO UPDATE
     SET (${Object.keys(copied).join(", ")}) = ROW (${copies("excluded")})
     WHERE m.institution_id = $1 AND (${copies("m")}) IS DISTINCT FROM (${copies("excluded")})`,
    [db.institutionId, contactIds],
  );
}
