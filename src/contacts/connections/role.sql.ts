import type { Sql } from "../../platform/database/sql.js";
import type { ContactRole } from "../contact.enums.js";

/** Gives the contact exactly these roles, with the audit of each that came or went. False when nothing differs. */
export async function replaceRoles(db: Sql, contactId: string, roles: readonly ContactRole[]): Promise<boolean> {
  const { rows } = await db.query<{ changes: number }>(
    `/* replaceRoles */
     WITH removed AS (
       DELETE FROM contacts.contact_role
       WHERE institution_id = $1 AND contact_id = $2 AND role <> ALL($3::text[]) RETURNING role),
     added AS (
       INSERT INTO contacts.contact_role (institution_id, contact_id, role)
       SELECT $1, $2, wanted.role FROM unnest($3::text[]) AS wanted (role)
       ON CONFLICT DO NOTHING RETURNING role),
     audited AS (
       INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
       SELECT $1, $2, 'Role', 'roles', v.was, v.became
       FROM (SELECT role AS was, NULL::text AS became FROM removed UNION ALL SELECT NULL, role FROM added) v
       RETURNING 1)
     SELECT count(*)::int AS changes FROM audited`,
    [db.institutionId, contactId, roles],
  );
  return rows[0]!.changes > 0;
}
