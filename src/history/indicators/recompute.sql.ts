import { plannedByKeys } from "../../platform/database/planning.js";
import type { Sql } from "../../platform/database/sql.js";
import { computedValues, listed, ranged } from "./indicator-values.sql.js";

const columns = [
  "assiduity",
  "has_children_product",
  "is_member",
  "is_season_ticket_holder",
  "revenue",
  "sml_level",
  "first_sale_on",
];
const list = (alias: string) => columns.map((column) => `${alias}.${column}`).join(", ");

/**
 * Makes the missing rows of these contacts and locks all of them, in ascending order. A statement of its own: what
 * computes the values afterwards sees everything that was written by whoever had the lock before.
 */
export async function lockIndicators(db: Sql, contactIds: readonly string[]): Promise<void> {
  await db.query(
    `/* lockIndicators */
     INSERT INTO history.contact_indicator (institution_id, contact_id)
     SELECT $1, v.id FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])
       AND NOT EXISTS (SELECT FROM history.contact_indicator n WHERE n.institution_id = $1 AND n.contact_id = v.id)
     ORDER BY v.id ON CONFLICT DO NOTHING`,
    [db.institutionId, contactIds],
  );
  await db.query(
    `/* lockIndicatorRows */
     SELECT FROM history.contact_indicator n
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = n.contact_id
     WHERE n.institution_id = $1 AND n.contact_id = ANY($2::bigint[])
     ORDER BY n.contact_id FOR UPDATE OF n`,
    [db.institutionId, contactIds],
  );
}

/**
 * Writes the values of these contacts as of the institution's day, where they differ. The caller has locked their rows
 * and sees every contact: a duty.
 * @returns how many contacts have other values than before
 */
export async function updateIndicators(db: Sql, contactIds: readonly string[]): Promise<number> {
  const { rowCount } = await db.query(
    `/* updateIndicators */
     WITH ${computedValues(listed)}
     UPDATE history.contact_indicator n
     SET (${columns.join(", ")}, computed_at) = ROW(${list("c")}, platform.now())
     FROM computed c
     WHERE n.institution_id = $1 AND n.contact_id = c.contact_id
       AND (${list("n")}) IS DISTINCT FROM (${list("c")})`,
    [db.institutionId, contactIds],
  );
  return rowCount;
}

/** Values of somebody without a history. */
const none = "ROW(0, false, false, false, 0::numeric, NULL::text, NULL::date)";

/**
 * Of the contacts behind one, up to another, those whose stored values are not those of the institution's day. Reads far
 * less for each contact than {@link updateIndicators}, and locks nothing: whoever it names is worked out again.
 */
export async function selectOutdated(db: Sql, after: string, upTo: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectOutdated */
     WITH ${computedValues(ranged)}
     SELECT c.contact_id AS id
     FROM computed c
     LEFT JOIN history.contact_indicator n ON n.institution_id = $1 AND n.contact_id = c.contact_id
     WHERE (${list("c")}) IS DISTINCT FROM
       CASE WHEN n.contact_id IS NULL THEN ${none} ELSE ROW(${list("n")}) END
     ORDER BY c.contact_id`,
    [db.institutionId, after, upTo],
  );
  return rows.map(({ id }) => id);
}

/** Everybody whose values one of these products may decide: who bought it or a pass of it, attends it, is a member by it. */
export async function selectContactsOfProducts(db: Sql, productIds: readonly string[]): Promise<string[]> {
  const statement = `/* selectContactsOfProducts */
     WITH concerned AS (
       SELECT unnest($2::bigint[]) AS id
       UNION
       SELECT part.product_id FROM history.product_part part
       WHERE part.institution_id = $1 AND part.part_id = ANY($2::bigint[]))
     SELECT v.id FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id IN (
       SELECT o.purchaser_id FROM concerned
       JOIN history.order_line line ON line.institution_id = $1 AND line.product_id = concerned.id
       JOIN history.sales_order o ON o.institution_id = $1 AND o.id = line.order_id
       UNION ALL
       SELECT t.cultural_contact_id FROM concerned
       JOIN history.ticket t ON t.institution_id = $1 AND t.product_id = concerned.id
       UNION ALL
       SELECT t.cultural_contact_id FROM concerned
       JOIN history.order_line line ON line.institution_id = $1 AND line.product_id = concerned.id
       JOIN history.ticket t
         ON t.institution_id = $1 AND t.order_id = line.order_id AND t.line_number = line.line_number
       UNION ALL
       SELECT m.contact_id FROM concerned
       JOIN history.membership m ON m.institution_id = $1 AND m.product_id = concerned.id)
     ORDER BY v.id`;
  // in a delivery, whose orders statistics do not know yet
  const { rows } = await plannedByKeys(db, () => db.query<{ id: string }>(statement, [db.institutionId, productIds]));
  return rows.map(({ id }) => id);
}
