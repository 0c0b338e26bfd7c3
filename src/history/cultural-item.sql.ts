import type { Sql } from "../platform/database/sql.js";
import {
  type ContactCount,
  type Listed,
  type PageRequest,
  pageParameters,
  productJson,
  type Window,
  windowParameters,
} from "./history.sql.js";
import type { TicketRow } from "./order.sql.js";

export interface CulturalItemRow extends TicketRow, Listed {
  /** Day that it is listed under; null for an undated product. */
  readonly date: string | null;
  readonly culturalContactId: string;
}

/**
 * The tickets of cultural contact `v` with product `p`. An undated product belongs to every period: its ticket never
 * expires. The day of its order is no substitute: it would tell when an invisible purchaser bought.
 */
const attended = (states: string) => `
  history.ticket t
  JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
  CROSS JOIN LATERAL (SELECT coalesce(p.validity_end, (p.starts_at AT TIME ZONE $5)::date) AS day) held
  WHERE t.institution_id = $1 AND t.cultural_contact_id = v.id AND t.ticket_state = ANY(${states}::text[])
    AND (held.day IS NULL OR held.day BETWEEN $3::date AND $4::date)`;

/** Stands for the day of an undated product when sorting. */
export const undated = "0001-01-01";

/**
 * A page of what each of these contacts attends, by product date, the latest first. Contacts that are invisible or
 * anonymized attend nothing.
 */
export async function selectCulturalItemPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
  states: readonly string[],
): Promise<CulturalItemRow[]> {
  const { rows } = await db.query<CulturalItemRow>(
    `/* selectCulturalItemPages */
     SELECT v.id AS "contactId", v.id AS "culturalContactId", t.*
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT t.id, t.order_id AS "orderId", t.ticket_state AS state, t.price, t.seat, held.day AS date,
         ${productJson("p")} AS product
       FROM ${attended("$9")}
         AND (coalesce(held.day, '${undated}'), t.id) < ($6::date, $7::bigint)
       ORDER BY coalesce(held.day, '${undated}') DESC, t.id DESC LIMIT $8) t
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL
     ORDER BY v.id, coalesce(t.date, '${undated}') DESC, t.id DESC`,
    [...pageParameters(db, contactIds, request, "infinity"), states],
  );
  return rows;
}

/** How many products each of these contacts attends in the window. Contacts without any are left out. */
export async function countCulturalItems(
  db: Sql,
  contactIds: readonly string[],
  window: Window,
  states: readonly string[],
): Promise<ContactCount[]> {
  const { rows } = await db.query<ContactCount>(
    `/* countCulturalItems */
     SELECT v.id AS "contactId", found.count
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM ${attended("$6")}) found
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL`,
    [...windowParameters(db, contactIds, window), states],
  );
  return rows;
}
