import type { Sql } from "../platform/database/sql.js";

/** What a list of a contact is limited to. Days, both included, in `timeZone`; `-infinity` and `infinity` are open. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** One page of a list: at most `limit` rows behind the row with these sort values (null: from the start). */
export interface PageRequest extends Window {
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** A row of a list, and whose list it is in. */
export interface Listed {
  readonly contactId: string;
}

export interface ContactCount extends Listed {
  readonly count: number;
}

/** An instant with all its digits: cut to milliseconds, two rows would share a cursor and one would be lost. */
export const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Instants of a window whose parameters are $3 (from), $4 (to) and $5 (time zone), as a condition. */
export const withinWindow = (column: string) =>
  `${column} >= ($3::date)::timestamp AT TIME ZONE $5 AND ${column} < ($4::date + 1)::timestamp AT TIME ZONE $5`;

/** A product as JSON, so that it travels inside the row of its ticket or line. */
export const productJson = (alias: string) =>
  `json_build_object('id', ${alias}.id::text, 'code', ${alias}.code, 'name', ${alias}.name, 'kind', ${alias}.product_kind,
    'startsAt', ${instant(`${alias}.starts_at`)}, 'validityEnd', ${alias}.validity_end,
    'organization', ${alias}.organization)`;

/** $1 institution, $2 contacts, $3 to $5 window. */
export function windowParameters(db: Sql, contactIds: readonly string[], window: Window): unknown[] {
  return [db.institutionId, contactIds, window.from, window.to, window.timeZone];
}

/** $1 to $5 as above, $6 and $7 the sort values of the row before the page, $8 how many rows. */
export function pageParameters(db: Sql, contactIds: readonly string[], request: PageRequest, first: string): unknown[] {
  const [value, id] = request.after ?? [first, largestId];
  return [...windowParameters(db, contactIds, request), value, id, request.limit];
}

const largestId = "9223372036854775807";

/** Of these contacts, those that the caller may see. */
export async function selectVisibleContacts(db: Sql, contactIds: readonly string[]): Promise<{ id: string }[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectVisibleContacts */
     SELECT v.id FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
