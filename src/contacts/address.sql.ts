import type { Sql } from "../platform/database/sql.js";
import type { Address } from "./address.type.js";
import { visibleTo } from "./visibility.js";

const lines = ["street1", "street2", "street3", "postcode", "town", "country"] as const;
export type AddressValues = Partial<Record<(typeof lines)[number], string | null>>;

export interface AddressRow extends Address {
  contactId: string;
}

const insertAddressAudit = `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, old_value, new_value)
  SELECT $1, contact_id, 'Address', $3, v.field, v.old, v.new
  FROM changed CROSS JOIN LATERAL (VALUES ${lines.map((line) => `('${line}', old_${line}::text, new_${line}::text)`).join(", ")})
    AS v (field, old, new)
  WHERE v.old IS DISTINCT FROM v.new`;

/** Main address first; only of contacts that exist for the caller. One query for all contacts. */
export async function selectAddresses(db: Sql, contactIds: readonly string[]): Promise<AddressRow[]> {
  const { rows } = await db.query<AddressRow>(
    `/* selectAddresses */
     SELECT a.contact_id AS "contactId", a.kind, ${lines.map((line) => `a.${line}`).join(", ")}
     FROM contacts.contact_address a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.contact_id = ANY($2::bigint[])
     ORDER BY a.contact_id, array_position(ARRAY['MAIN', 'DELIVERY', 'INVOICE'], a.kind)`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** Replaces the address of this kind as a whole, with the audit of the lines that differ. False when none does. */
export async function upsertAddress(db: Sql, contactId: string, kind: string, values: AddressValues): Promise<boolean> {
  const returned = lines.map((line) => `old.${line} AS old_${line}, new.${line} AS new_${line}`).join(", ");
  const { rows } = await db.query<{ lines: number }>(
    `/* upsertAddress */
     WITH changed AS (
       INSERT INTO contacts.contact_address (institution_id, contact_id, kind, ${lines.join(", ")})
       VALUES ($1, $2, $3, ${lines.map((line) => `$4::jsonb ->> '${line}'`).join(", ")})
       ON CONFLICT (institution_id, contact_id, kind) DO UPDATE
       SET ${lines.map((line) => `${line} = excluded.${line}`).join(", ")}
       RETURNING contact_id, ${returned}),
     audited AS (${insertAddressAudit} RETURNING 1)
     SELECT count(*)::int AS lines FROM audited`,
    [db.institutionId, contactId, kind, JSON.stringify(values)],
  );
  return rows[0]!.lines > 0;
}

/** Deletes the address of this kind, with its audit. False when there was none. */
export async function deleteAddress(db: Sql, contactId: string, kind: string): Promise<boolean> {
  const returned = lines.map((line) => `old.${line} AS old_${line}, NULL::text AS new_${line}`).join(", ");
  const { rows } = await db.query<{ removed: number }>(
    `/* deleteAddress */
     WITH changed AS (
       DELETE FROM contacts.contact_address
       WHERE institution_id = $1 AND contact_id = $2 AND kind = $3
       RETURNING contact_id, ${returned}),
     audited AS (${insertAddressAudit})
     SELECT count(*)::int AS removed FROM changed`,
    [db.institutionId, contactId, kind],
  );
  return rows[0]!.removed > 0;
}
