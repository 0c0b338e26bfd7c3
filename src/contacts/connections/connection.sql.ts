import type { Sql } from "../../platform/database/sql.js";
import type { ConnectionType } from "../contact.enums.js";
import { visibleTo } from "../visibility.js";

/** A connection whose two ends exist for the caller. */
export interface Link {
  id: string;
  type: ConnectionType;
  fromId: string;
  toId: string;
}

const bothVisible = `
  JOIN contacts.contact a ON a.institution_id = $1 AND a.id = l.from_contact_id AND ${visibleTo("a")}
  JOIN contacts.contact b ON b.institution_id = $1 AND b.id = l.to_contact_id AND ${visibleTo("b")}`;
const linkColumns = `l.id, l.connection_type AS "type", l.from_contact_id AS "fromId", l.to_contact_id AS "toId"`;

/** Any order; unknown ones and those with an invisible end are left out. */
export async function selectLinks(db: Sql, ids: readonly string[]): Promise<Link[]> {
  const { rows } = await db.query<Link>(
    `/* selectLinks */
     SELECT ${linkColumns} FROM contacts.contact_connection l ${bothVisible}
     WHERE l.institution_id = $1 AND l.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** The connections of these types that start at the contact, as far as the caller sees both ends. Oldest first. */
export async function selectLinksFrom(db: Sql, contactId: string, types: readonly ConnectionType[]): Promise<Link[]> {
  const { rows } = await db.query<Link>(
    `/* selectLinksFrom */
     SELECT ${linkColumns} FROM contacts.contact_connection l ${bothVisible}
     WHERE l.institution_id = $1 AND l.from_contact_id = $2 AND l.connection_type = ANY($3::text[])
     ORDER BY l.id`,
    [db.institutionId, contactId, types],
  );
  return rows;
}

/** Audited on both files, as it shows on both; each entry names the other contact. */
const insertBothAudits = (oldValue: string, newValue: string) => `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, old_value, new_value)
  SELECT $1, v.contact_id, 'Connection', v.other::text, 'connections', ${oldValue}, ${newValue}
  FROM changed CROSS JOIN LATERAL (VALUES (from_contact_id, to_contact_id), (to_contact_id, from_contact_id))
    AS v (contact_id, other)`;

/** Connects two contacts, with the audit. Both are locked and visible, and not yet connected like this. */
export async function insertLink(db: Sql, { type, fromId, toId }: Omit<Link, "id">): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertLink */
     WITH changed AS (
       INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
       VALUES ($1, $2, $3, $4)
       RETURNING id, connection_type, from_contact_id, to_contact_id),
     audited AS (${insertBothAudits("NULL", "connection_type")})
     SELECT id FROM changed`,
    [db.institutionId, type, fromId, toId],
  );
  return rows[0]!.id;
}

/** Removes a connection whose ends are locked and visible, with the audit. */
export async function deleteLink(db: Sql, id: string): Promise<void> {
  await db.query(
    `/* deleteLink */
     WITH changed AS (
       DELETE FROM contacts.contact_connection WHERE institution_id = $1 AND id = $2
       RETURNING connection_type, from_contact_id, to_contact_id)
     ${insertBothAudits("connection_type", "NULL")}`,
    [db.institutionId, id],
  );
}

/**
 * Removes all connections of this type that start at the contact, with the audit: a role ends for everybody, so also
 * those whose other end the caller does not see.
 */
export async function deleteLinksFrom(db: Sql, contactId: string, type: ConnectionType): Promise<void> {
  await db.query(
    `/* deleteLinksFrom */
     WITH changed AS (
       DELETE FROM contacts.contact_connection
       WHERE institution_id = $1 AND from_contact_id = $2 AND connection_type = $3
       RETURNING connection_type, from_contact_id, to_contact_id)
     ${insertBothAudits("connection_type", "NULL")}`,
    [db.institutionId, contactId, type],
  );
}

/** A contact on the way up from a subsidiary. */
export interface ChainLink {
  id: string;
  /** True when it has the role of a subsidiary, and the caller sees no parent. */
  hasHiddenParent: boolean;
}

/** The contact and those above it, parent by parent, as far as the caller sees them. Ends also where it goes round. */
export async function selectChainAbove(db: Sql, contactId: string): Promise<ChainLink[]> {
  const { rows } = await db.query<ChainLink>(
    `/* selectChainAbove */
     WITH RECURSIVE step AS (
       SELECT l.from_contact_id AS id, l.to_contact_id AS parent FROM contacts.contact_connection l ${bothVisible}
       WHERE l.institution_id = $1 AND l.from_contact_id = $2 AND l.connection_type = 'SUBSIDIARY_OF'
       UNION
       SELECT l.from_contact_id, l.to_contact_id FROM step
       JOIN contacts.contact_connection l ON l.institution_id = $1 AND l.from_contact_id = step.parent ${bothVisible}
       WHERE l.connection_type = 'SUBSIDIARY_OF'),
     chain AS (SELECT $2::bigint AS id UNION SELECT parent FROM step)
     SELECT chain.id, r.role IS NOT NULL AND NOT EXISTS (SELECT FROM step WHERE step.id = chain.id) AS "hasHiddenParent"
     FROM chain
     LEFT JOIN contacts.contact_role r ON r.institution_id = $1 AND r.contact_id = chain.id AND r.role = 'SUBSIDIARY'`,
    [db.institutionId, contactId],
  );
  return rows;
}

/** True when the contact has made an order, in whatever organization. */
export async function selectHasOrders(db: Sql, contactId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* selectHasOrders */
     SELECT FROM history.contact_with_orders o WHERE o.institution_id = $1 AND o.contact_id = $2 LIMIT 1`,
    [db.institutionId, contactId],
  );
  return rowCount > 0;
}
