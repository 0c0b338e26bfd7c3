import type { Sql } from "../../platform/database/sql.js";
import type { ConnectionType } from "../contact.enums.js";
import { visibleTo } from "../visibility.js";

/** Which connections to follow, and from which end: `from` leads to the structure or parent, `to` to those below. */
export interface Direction {
  readonly type: ConnectionType;
  readonly at: "from" | "to";
}

export interface LinkedRow {
  contactId: string;
  linkId: string;
  otherId: string;
}

const columns = {
  from: { near: "from_contact_id", far: "to_contact_id" },
  to: { near: "to_contact_id", far: "from_contact_id" },
} as const;

const bothVisible = `
  JOIN contacts.contact a ON a.institution_id = $1 AND a.id = l.from_contact_id AND ${visibleTo("a")}
  JOIN contacts.contact b ON b.institution_id = $1 AND b.id = l.to_contact_id AND ${visibleTo("b")}`;

/**
 * The contacts that each of these is connected with in this way, after a connection, oldest first.
 * @param limit per contact
 */
export async function selectLinked(
  db: Sql,
  contactIds: readonly string[],
  { type, at, after, limit }: Direction & { after: string; limit: number },
): Promise<LinkedRow[]> {
  const { near, far } = columns[at];
  const { rows } = await db.query<LinkedRow>(
    `/* selectLinked */
     SELECT asked.id AS "contactId", page.id AS "linkId", page.other AS "otherId"
     FROM unnest($2::bigint[]) AS asked (id)
     CROSS JOIN LATERAL (
       SELECT l.id, l.${far} AS other FROM contacts.contact_connection l ${bothVisible}
       WHERE l.institution_id = $1 AND l.${near} = asked.id AND l.connection_type = $3 AND l.id > $4::bigint
       ORDER BY l.id LIMIT $5) page
     ORDER BY asked.id, page.id`,
    [db.institutionId, contactIds, type, after, limit],
  );
  return rows;
}

/** How many contacts each of these is connected with in this way; those with none are left out. */
export async function countLinked(
  db: Sql,
  contactIds: readonly string[],
  { type, at }: Direction,
): Promise<{ contactId: string; count: number }[]> {
  const { near } = columns[at];
  const { rows } = await db.query<{ contactId: string; count: number }>(
    `/* countLinked */
     SELECT l.${near} AS "contactId", count(*)::int AS count FROM contacts.contact_connection l ${bothVisible}
     WHERE l.institution_id = $1 AND l.${near} = ANY($2::bigint[]) AND l.connection_type = $3
     GROUP BY l.${near}`,
    [db.institutionId, contactIds, type],
  );
  return rows;
}
