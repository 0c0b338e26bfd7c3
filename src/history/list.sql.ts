import type { Sql } from "../platform/database/sql.js";
import {
  chosen,
  listedContacts,
  ownersOf,
  type PageRequest,
  pageParameters,
  type Scope,
  windowParameters,
} from "./history.sql.js";

/** The rows of a list, as SQL. */
export interface ListSource {
  readonly table: string;
  readonly alias: string;
  /** Which rows `owner` has in the window ($3 to $5). */
  readonly belongs: string;
  /** What they are sorted by, the last first, and its type. Of two that are alike the one with the higher id comes first. */
  readonly sortedBy: readonly [value: string, type: "timestamptz" | "date"];
  readonly columns: string;
  /** What the columns need besides. */
  readonly joins?: string;
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * A page of the list of each of these contacts; of a structure, also of what is its relays' when the request says so.
 * Invisible and anonymized contacts have none. Of each owner no more rows are read than the page can hold.
 */
export function pagesOf(db: Sql, source: ListSource, contactIds: readonly string[], request: PageRequest): Statement {
  const { table, alias, belongs, columns, joins = "" } = source;
  const [value, type] = source.sortedBy;
  const { conditions, values } = chosen(pageParameters(db, contactIds, request, "infinity"), request.choices);
  const order = `${value} DESC, ${alias}.id DESC`;
  const text = `
    SELECT v.id AS "contactId", ${columns}
    FROM contacts.visible_contact v
    CROSS JOIN LATERAL (
      SELECT ${alias}.* FROM ${ownersOf(request)}
      CROSS JOIN LATERAL (
        SELECT * FROM ${table} ${alias}
        WHERE ${belongs}${conditions} AND (${value}, ${alias}.id) < ($6::${type}, $7::bigint)
        ORDER BY ${order} LIMIT $8) ${alias}
      ORDER BY ${order} LIMIT $8) ${alias}
    ${joins}
    WHERE ${listedContacts}
    ORDER BY v.id, ${order}`;
  return { text, values };
}

/** How many rows the list of each of these contacts has. Contacts without any are left out. */
export function countsOf(db: Sql, source: ListSource, contactIds: readonly string[], scope: Scope): Statement {
  const { from, values } = allOf(db, source, contactIds, scope);
  return { text: `SELECT v.id AS "contactId", count(*)::int AS count ${from} GROUP BY v.id`, values };
}

/** What `amount` comes to in the list of each of these contacts, in each `currency`: columns of its rows. */
export function sumsOf(
  db: Sql,
  source: ListSource & { readonly amount: string; readonly currency: string },
  contactIds: readonly string[],
  scope: Scope,
): Statement {
  const { from, values } = allOf(db, source, contactIds, scope);
  const { amount, currency } = source;
  const text = `
    SELECT v.id AS "contactId", ${currency} AS currency, sum(${amount}) AS amount ${from}
    GROUP BY v.id, ${currency} ORDER BY v.id, ${currency}`;
  return { text, values };
}

function allOf(
  db: Sql,
  { table, alias, belongs }: ListSource,
  contactIds: readonly string[],
  scope: Scope,
): { from: string; values: readonly unknown[] } {
  const { conditions, values } = chosen(windowParameters(db, contactIds, scope), scope.choices);
  const from = `
    FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
    JOIN ${table} ${alias} ON ${belongs}${conditions}
    WHERE ${listedContacts}`;
  return { from, values };
}
