import type { Sql } from "../platform/database/sql.js";
import type { ConnectionType, ContactRole } from "./contact.enums.js";
import { visibleTo } from "./visibility.js";

/** Roles in alphabetical order; only of contacts that exist for the caller. */
export async function selectRoles(
  db: Sql,
  contactIds: readonly string[],
): Promise<{ contactId: string; role: ContactRole }[]> {
  const { rows } = await db.query<{ contactId: string; role: ContactRole }>(
    `/* selectRoles */
     SELECT r.contact_id AS "contactId", r.role FROM contacts.contact_role r
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = r.contact_id AND ${visibleTo("c")}
     WHERE r.institution_id = $1 AND r.contact_id = ANY($2::bigint[])
     ORDER BY r.contact_id, r.role`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** Gives a role, with its audit. Nothing happens when the contact has it. */
export async function insertRole(db: Sql, contactId: string, role: ContactRole): Promise<void> {
  await db.query(
    `/* insertRole */
     WITH changed AS (
       INSERT INTO contacts.contact_role (institution_id, contact_id, role) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING contact_id, role)
     INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, new_value)
     SELECT $1, contact_id, 'Role', 'roles', role FROM changed`,
    [db.institutionId, contactId, role],
  );
}

export interface ConnectionRow {
  id: string;
  /** The contact that was asked for: one of the two ends. */
  contactId: string;
  type: ConnectionType;
  fromId: string;
  toId: string;
}

/**
 * The connections of each contact after one, oldest first, at whichever end it stands. Both ends exist for the caller.
 * @param limit per contact
 */
export async function selectConnections(
  db: Sql,
  contactIds: readonly string[],
  { after, limit }: { after: string; limit: number },
): Promise<ConnectionRow[]> {
  const { rows } = await db.query<ConnectionRow>(
    `/* selectConnections */
     SELECT page.id, asked.id AS "contactId", page.connection_type AS "type",
       page.from_contact_id AS "fromId", page.to_contact_id AS "toId"
     FROM unnest($2::bigint[]) AS asked (id)
     CROSS JOIN LATERAL (
       SELECT link.* FROM (
         SELECT * FROM contacts.contact_connection f WHERE f.institution_id = $1 AND f.from_contact_id = asked.id
         UNION ALL
         SELECT * FROM contacts.contact_connection t WHERE t.institution_id = $1 AND t.to_contact_id = asked.id) link
       JOIN contacts.contact a ON a.institution_id = $1 AND a.id = link.from_contact_id AND ${visibleTo("a")}
       JOIN contacts.contact b ON b.institution_id = $1 AND b.id = link.to_contact_id AND ${visibleTo("b")}
       WHERE link.id > $3::bigint
       ORDER BY link.id LIMIT $4) page
     ORDER BY asked.id, page.id`,
    [db.institutionId, contactIds, after, limit],
  );
  return rows;
}
