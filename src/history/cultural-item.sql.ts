import type { Sql } from "../platform/database/sql.js";
import {
  type ContactCount,
  chosen,
  type Listed,
  listedContacts,
  ownersOf,
  type PageRequest,
  pageParameters,
  type Scope,
  windowParameters,
} from "./history.sql.js";
import { productJson } from "./product.sql.js";
import { type TicketRow, ticketColumns } from "./ticket.sql.js";

export interface CulturalItemRow extends TicketRow, Listed {
  /** Day that it is listed under; null for an undated product. */
  readonly date: string | null;
  readonly culturalContactId: string;
}

/**
 * The tickets of cultural contact `owner` with product `p`. An undated product belongs to every period: its ticket never
 * expires. The day of its order is no substitute: it would tell when an invisible purchaser bought.
 */
const attended = (conditions: string) => `
  history.ticket t
  JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
  CROSS JOIN LATERAL (SELECT coalesce(p.validity_end, (p.starts_at AT TIME ZONE $5)::date) AS day) held
  WHERE t.institution_id = $1 AND t.cultural_contact_id = owner.id${conditions}
    AND (held.day IS NULL OR held.day BETWEEN $3::date AND $4::date)`;

/** Stands for the day of an undated product when sorting. */
export const undated = "0001-01-01";

/**
 * A page of what each of these contacts attends, by product date, the latest first; of a structure, also its relays when
 * the request says so. Contacts that are invisible or anonymized attend nothing.
 */
export async function selectCulturalItemPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<CulturalItemRow[]> {
  const { conditions, values } = chosen(pageParameters(db, contactIds, request, "infinity"), request.choices);
  const { rows } = await db.query<CulturalItemRow>(
    `/* selectCulturalItemPages */
     SELECT v.id AS "contactId", t.*
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT t.* FROM ${ownersOf(request)}
       CROSS JOIN LATERAL (
         SELECT ${ticketColumns}, owner.id AS "culturalContactId", held.day AS date, ${productJson("p")} AS product
         FROM ${attended(conditions)}
           AND (coalesce(held.day, '${undated}'), t.id) < ($6::date, $7::bigint)
         ORDER BY coalesce(held.day, '${undated}') DESC, t.id DESC LIMIT $8) t
       ORDER BY coalesce(t.date, '${undated}') DESC, t.id DESC LIMIT $8) t
     WHERE ${listedContacts}
     ORDER BY v.id, coalesce(t.date, '${undated}') DESC, t.id DESC`,
    values,
  );
  return rows;
}

/** How many products each of these contacts attends in the window. Contacts without any are left out. */
export async function countCulturalItems(
  db: Sql,
  contactIds: readonly string[],
  scope: Scope,
): Promise<ContactCount[]> {
  const { conditions, values } = chosen(windowParameters(db, contactIds, scope), scope.choices);
  const { rows } = await db.query<ContactCount>(
    `/* countCulturalItems */
     SELECT v.id AS "contactId", sum(found.count)::int AS count
     FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
     CROSS JOIN LATERAL (SELECT count(*) AS count FROM ${attended(conditions)}) found
     WHERE ${listedContacts} GROUP BY v.id`,
    values,
  );
  return rows;
}
