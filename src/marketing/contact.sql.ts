import type { Sql } from "../platform/database/sql.js";
import type { StoredAuthorization } from "./authorizations/authorization.js";
import { authorizationsOf } from "./authorizations/columns.js";
import type { BounceReason } from "./bounces/bounce.type.js";

/** Marketing's part of a contact that the caller sees. */
export interface ContactRow {
  id: string;
  isStructure: boolean;
  isAnonymized: boolean;
  /** In the order of the codes. */
  authorizations: StoredAuthorization[];
  bounceStatus: number;
  /** Of the address of today; null, with all that follows, when it has not bounced. */
  bouncedAt: Date | null;
  reason: BounceReason | null;
  statusCode: string | null;
}

/** Any order; unknown and invisible ids are left out. One query for all ids. */
export async function selectMarketing(db: Sql, ids: readonly string[]): Promise<ContactRow[]> {
  const { rows } = await db.query<ContactRow>(
    `/* selectMarketing */
     SELECT v.id, v.contact_type = 'STRUCTURE' AS "isStructure", v.anonymized_at IS NOT NULL AS "isAnonymized",
       ${authorizationsOf("m")} AS authorizations, m.bounce_status AS "bounceStatus",
       b.bounced_at AS "bouncedAt", b.reason, b.status_code AS "statusCode"
     FROM contacts.visible_contact v
     JOIN marketing.contact_marketing m ON m.institution_id = $1 AND m.contact_id = v.id
     LEFT JOIN marketing.address_bounce b ON b.institution_id = $1 AND b.contact_id = v.id AND b.is_current
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
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
  email_hash: "r",
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
