import type { Sql } from "../platform/database/sql.js";

/** What a list of a contact is limited to. Days, both included, in `timeZone`; `-infinity` and `infinity` are open. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** One wish of a filter: the list holds the rows for which `condition` is true of a parameter with these values. */
export interface Choice {
  /** As the filter names it. */
  readonly name: string;
  /** Null and undefined: any. */
  readonly values: readonly string[] | null | undefined;
  /** The fields (`Type.field`) that choosing by it gives away. */
  readonly gives: readonly string[];
  /** @param parameter a `text[]` */
  readonly condition: (parameter: string) => string;
}

/** Which rows a list holds. */
export interface Scope extends Window {
  /** Of a structure: also those of its relays whom the caller sees. */
  readonly withRelays: boolean;
  readonly choices: readonly Choice[];
}

/** One page of a list: at most `limit` rows behind the row with these sort values (null: from the start). */
export interface PageRequest extends Scope {
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

/** What the rows of a list come to in one currency. */
export interface ContactSum extends Listed {
  readonly currency: string;
  readonly amount: string;
}

/** An instant with all its digits: cut to milliseconds, two rows would share a cursor and one would be lost. */
export const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Instants of a window whose three parameters (from, to, time zone) begin at `$first`, as a condition. */
export const withinWindow = (column: string, first = 3) =>
  `${column} >= ($${first}::date)::timestamp AT TIME ZONE $${first + 2}
    AND ${column} < ($${first + 1}::date + 1)::timestamp AT TIME ZONE $${first + 2}`;

/** Validity of days, both included, null open, that meets the window. Days need no time zone; $5 is named all the same. */
export const overlapsWindow = (from: string, to: string) =>
  `coalesce(${from}, '-infinity') <= $4::date AND coalesce(${to}, 'infinity') >= $3::date AND $5::text IS NOT NULL`;

/**
 * Those whose rows are in the list of contact `v`, in FROM as `owner`: itself and, of a structure, the relays whom the
 * caller sees (F32, F33). A row has one owner, so none is listed twice.
 */
export const ownersOf = ({ withRelays }: Pick<Scope, "withRelays">) =>
  withRelays
    ? `(SELECT v.id UNION ALL
        SELECT r.relay_id FROM contacts.visible_relay r
        WHERE r.institution_id = $1 AND r.structure_id = v.id AND v.contact_type = 'STRUCTURE') owner (id)`
    : "(SELECT v.id) owner (id)";

/** The contacts `v` whose lists are asked for. The invisible and the anonymized have none. */
export const listedContacts = "v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL";

/** $1 institution, $2 contacts, $3 to $5 window. */
export function windowParameters(db: Sql, contactIds: readonly string[], window: Window): unknown[] {
  return [db.institutionId, contactIds, window.from, window.to, window.timeZone];
}

/** $1 to $5 as above, $6 and $7 the sort values of the row before the page, $8 how many rows. */
export function pageParameters(db: Sql, contactIds: readonly string[], request: PageRequest, first: string): unknown[] {
  const [value, id] = request.after ?? [first, largestId];
  return [...windowParameters(db, contactIds, request), value, id, request.limit];
}

/** The conditions of a filter behind others, each with a parameter of its own. What nobody asks for is not in the text. */
export function chosen(parameters: readonly unknown[], choices: readonly Choice[]) {
  const given = choices.filter(({ values }) => values != null);
  const conditions = given.map(
    ({ condition }, index) => ` AND ${condition(`$${parameters.length + 1 + index}::text[]`)}`,
  );
  return { conditions: conditions.join(""), values: [...parameters, ...given.map(({ values }) => values)] };
}

export const largestId = "9223372036854775807";

/** Of these contacts, those that the caller may see. */
export async function selectVisibleContacts(db: Sql, contactIds: readonly string[]): Promise<{ id: string }[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectVisibleContacts */
     SELECT v.id FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
