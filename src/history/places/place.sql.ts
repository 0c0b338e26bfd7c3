import type { BulkSql, Sql } from "../../platform/database/sql.js";
import { type Window, withinWindow } from "../history.sql.js";

export interface PlaceRow {
  readonly country: string | null;
  readonly postcode: string | null;
  readonly town: string | null;
  readonly contactCount: number;
  readonly anonymizedCount: number;
}

/** The sort values of a place; texts that are not there are empty. */
export type PlacePosition = readonly [contactCount: number, country: string, postcode: string, town: string];

export interface PlaceRequest {
  /** Null: every contact. */
  readonly window: Window | null;
  readonly after: PlacePosition | null;
  readonly limit: number;
}

/** Who made an order in the window ($2 to $4), or attends what is dated there. */
const active = `
  SELECT o.purchaser_id AS id FROM history.sales_order o
  WHERE o.institution_id = $1 AND ${withinWindow("o.ordered_at", 2)}
  UNION
  SELECT t.cultural_contact_id FROM history.ticket t
  JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
  WHERE t.institution_id = $1 AND t.ticket_state = 'VALID'
    AND coalesce(p.validity_end, (p.starts_at AT TIME ZONE $4)::date) BETWEEN $2::date AND $3::date`;

/** Each place with how many contacts come from it. Texts that are not there are empty. */
const placesOf = (window: Window | null) => `
  SELECT coalesce(v.country, '') AS country, coalesce(v.postcode, '') AS postcode, coalesce(v.town, '') AS town,
    count(*)::int AS contacts, count(v.anonymized_at)::int AS anonymized
  FROM contacts.visible_place v
  ${window ? `JOIN (${active}) active ON active.id = v.contact_id` : ""}
  WHERE v.institution_id = $1
  GROUP BY 1, 2, 3`;

const parametersOf = (db: Sql, window: Window | null): unknown[] =>
  window ? [db.institutionId, window.from, window.to, window.timeZone] : [db.institutionId];

/** A page of the places that visible contacts come from, where most come from first. */
export async function selectPlaces(db: Sql, { window, after, limit }: PlaceRequest): Promise<PlaceRow[]> {
  const values = [...parametersOf(db, window), limit];
  const [count, country, postcode, town] = [1, 2, 3, 4].map((index) => `$${values.length + index}`);
  const behind = `WHERE (-contacts, country, postcode, town) > (-(${count}::int), ${country}, ${postcode}, ${town})`;
  const { rows } = await db.query<PlaceRow>(
    `/* selectPlaces */
     SELECT nullif(country, '') AS country, nullif(postcode, '') AS postcode, nullif(town, '') AS town,
       contacts AS "contactCount", anonymized AS "anonymizedCount"
     FROM (${placesOf(window)}) place ${after ? behind : ""}
     ORDER BY -contacts, place.country, place.postcode, place.town LIMIT $${values.length}`,
    [...values, ...(after ?? [])],
    "BY_VALUES",
  );
  return rows;
}

/** A place in the order of the file: texts that are not there are empty. */
export type PlaceValues = [country: string, postcode: string, town: string, contacts: number, anonymized: number];

/** All places that visible contacts come from, in the order of {@link selectPlaces}, in batches. */
export function readPlaces(db: BulkSql, window: Window | null): AsyncIterable<PlaceValues[]> {
  return db.stream<PlaceValues>(
    `/* readPlaces */
     SELECT country, postcode, town, contacts, anonymized FROM (${placesOf(window)}) place
     ORDER BY -contacts, country, postcode, town`,
    parametersOf(db, window),
  );
}

/** How many places visible contacts come from, and how many contacts these are. */
export async function countPlaces(
  db: Sql,
  window: Window | null,
): Promise<{ totalCount: number; contactCount: number }> {
  const { rows } = await db.query<{ totalCount: number; contactCount: number }>(
    `/* countPlaces */
     SELECT count(*)::int AS "totalCount", coalesce(sum(contacts), 0)::int AS "contactCount"
     FROM (${placesOf(window)}) place`,
    parametersOf(db, window),
    "BY_VALUES",
  );
  return rows[0]!;
}
