import type { Sql } from "../platform/database/sql.js";

declare const visible: unique symbol;

/** Database ids that the caller was seen to see, in ascending order. Only this module makes them. */
export type VisibleContactIds = readonly string[] & { readonly [visible]: true };

const setting = (name: string, type: string) => `nullif(current_setting('app.${name}', true), '')::${type}`;

function rule(alias: string, read: typeof setting): string {
  return `${alias}.confidentiality_level <= ${read("clearance", "smallint")}
    AND ${alias}.id <> CASE
      WHEN ${alias}.id = coalesce(${read("own_contact", "bigint")}, ${alias}.id) THEN 0
      WHEN ${alias}.confidentiality_level = 0
        AND ${alias}.id = ANY (coalesce(${read("community", "bigint[]")}, '{}')) THEN 0
      ELSE ${alias}.id END`;
}

/**
 * The rule of ring 3 for a row of `contacts.contact`: at most the caller's clearance and, for a CONTACT, only himself and
 * those of his community whose file is FREE. Repeated by the policies of the database, which no statement can forget.
 */
export function visibleTo(alias: string): string {
  return rule(alias, setting);
}

/** The same for statements on thousands of contacts: who asks is read once, not for each of them. */
export function visibleToEach(alias: string): string {
  return rule(alias, (name, type) => `(SELECT ${setting(name, type)})`);
}

/** Locks the contacts among `ids` that exist for the caller. The first lock of every transaction that changes them. */
export async function lockVisibleContacts(db: Sql, ids: readonly string[]): Promise<VisibleContactIds> {
  const { rows } = await db.query<{ id: string }>(
    `/* lockVisibleContacts */
     SELECT c.id FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}
     ORDER BY c.id FOR UPDATE`,
    [db.institutionId, ids],
  );
  return rows.map(({ id }) => id) as unknown as VisibleContactIds;
}
