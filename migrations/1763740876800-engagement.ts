import type { MigrationInterface, QueryRunner } from "typeorm";

const institution = (alias: string) => `JOIN platform.institution i ON i.id = ${alias}.institution_id`;
const product = (alias: string) =>
  `JOIN history.product product ON product.institution_id = ${alias}.institution_id AND product.id = ${alias}.product_id`;
const dayOf = (instant: string) => `(${instant} AT TIME ZONE i.time_zone)::date`;
const productDay = `coalesce(product.validity_end, ${dayOf("product.starts_at")})`;

/** Days are counted from here, so that they and the number of a record fit into one number: 22 bits, 40 and 1. */
const epoch = "DATE '1900-01-01'";
const keyOf = (day: string, record: string, isOrder: 0 | 1) =>
  `(least(${day}, DATE '9999-12-31') - ${epoch}) * 2199023255552 + ${record} * 2 + ${isOrder}`;

/** The number of a record, where its key says that it is an order (1) or an entry of a waiting list (0). */
const recordOf = (isOrder: 0 | 1) => `CASE e.key & 1 WHEN ${isOrder} THEN (e.key >> 1) & 1099511627775 END`;

const ofOrder = `${keyOf(`coalesce(${productDay}, ${dayOf("o.ordered_at")})`, "o.id", 1)} AS key,
  o.operation_kind = 'SALE' AS is_customer, ${productDay} AS product_day`;

/**
 * What retention asks of a contact's histories, in one row: his latest activity (of two on one day the record with the
 * higher number, of two records an order), the last day of the dated products that he bought or attends, and whether he is a
 * customer. The latest is the largest number: sorting a million activities takes three times as long.
 */
export class Engagement1763740876800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW history.visible_engagement WITH (security_invoker = true) AS
        SELECT e.institution_id, e.contact_id, ${epoch} + (e.key >> 41)::int AS day,
          CASE WHEN w.id IS NOT NULL THEN 'WAITING_LIST' WHEN o.operation_kind <> 'OPTION' THEN o.operation_kind
            WHEN o.order_state = 'CONFIRMED' THEN 'OPTION_CONFIRMED' WHEN o.id IS NOT NULL THEN 'OPTION_ACQUIRED' END AS kind,
          coalesce(o.organization, w.organization) AS organization, coalesce(o.id, w.id) AS record_id,
          e.last_product_day, e.is_customer
        FROM (
          SELECT a.institution_id, a.contact_id, max(a.key) AS key, max(a.product_day) AS last_product_day,
            bool_or(a.is_customer) AS is_customer
          FROM (
            SELECT o.institution_id, o.purchaser_id AS contact_id, ${ofOrder}
            FROM history.sales_order o ${institution("o")}
            LEFT JOIN history.order_line line ON line.institution_id = o.institution_id AND line.order_id = o.id
            LEFT ${product("line")}
            UNION ALL
            SELECT o.institution_id, o.purchaser_id, ${ofOrder}
            FROM history.sales_order o ${institution("o")}
            JOIN history.ticket t ON t.institution_id = o.institution_id AND t.order_id = o.id ${product("t")}
            UNION ALL
            SELECT t.institution_id, t.cultural_contact_id, ${ofOrder}
            FROM history.ticket t ${institution("t")}
            JOIN history.sales_order o ON o.institution_id = t.institution_id AND o.id = t.order_id ${product("t")}
            UNION ALL
            SELECT w.institution_id, w.contact_id, ${keyOf(dayOf("w.requested_at"), "w.id", 0)}, false, NULL
            FROM history.waiting_list_entry w ${institution("w")}
            UNION ALL
            SELECT p.institution_id, p.payer_id, NULL, true, NULL FROM history.payment p) a
          GROUP BY a.institution_id, a.contact_id) e
        JOIN contacts.visible_contact c ON c.institution_id = e.institution_id AND c.id = e.contact_id
        -- each by its number (OFFSET 0): for many contacts PostgreSQL would read all orders instead
        LEFT JOIN LATERAL (
          SELECT x.id, x.operation_kind, x.order_state, x.organization FROM history.sales_order x
          WHERE x.institution_id = e.institution_id AND x.id = ${recordOf(1)} OFFSET 0) o ON true
        LEFT JOIN LATERAL (
          SELECT x.id, x.organization FROM history.waiting_list_entry x
          WHERE x.institution_id = e.institution_id AND x.id = ${recordOf(0)} OFFSET 0) w ON true
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW history.visible_engagement`);
  }
}
