import type { MigrationInterface, QueryRunner } from "typeorm";

const dayOf = (instant: string) => `(${instant} AT TIME ZONE i.time_zone)::date`;
const institution = (alias: string) => `JOIN platform.institution i ON i.id = ${alias}.institution_id`;
const product = (alias: string) =>
  `JOIN history.product product ON product.institution_id = ${alias}.institution_id AND product.id = ${alias}.product_id`;
const day = `coalesce(product.validity_end, ${dayOf("product.starts_at")}, ${dayOf("o.ordered_at")})`;
const operation = `CASE WHEN o.operation_kind <> 'OPTION' THEN o.operation_kind
  WHEN o.order_state = 'CONFIRMED' THEN 'OPTION_CONFIRMED' ELSE 'OPTION_ACQUIRED' END`;

/**
 * The same activities, asked for the contacts that are seen once, not once for each kind of them: for ten thousand
 * contacts half the work.
 */
export class ActivitiesOfMany1763740846001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW history.visible_activity WITH (security_invoker = true) AS
        SELECT a.institution_id, a.contact_id, a.kind, a.organization, a.record_id, a.day
        FROM (
          SELECT o.institution_id, o.purchaser_id AS contact_id, ${operation} AS kind, o.organization,
            o.id AS record_id, ${day} AS day
          FROM history.sales_order o ${institution("o")}
          LEFT JOIN history.order_line line ON line.institution_id = o.institution_id AND line.order_id = o.id
          LEFT ${product("line")}
          UNION ALL
          SELECT o.institution_id, o.purchaser_id, ${operation}, o.organization, o.id, ${day}
          FROM history.sales_order o ${institution("o")}
          JOIN history.ticket t ON t.institution_id = o.institution_id AND t.order_id = o.id ${product("t")}
          UNION ALL
          SELECT t.institution_id, t.cultural_contact_id, ${operation}, o.organization, o.id, ${day}
          FROM history.ticket t ${institution("t")}
          JOIN history.sales_order o ON o.institution_id = t.institution_id AND o.id = t.order_id ${product("t")}
          UNION ALL
          SELECT w.institution_id, w.contact_id, 'WAITING_LIST', w.organization, w.id, ${dayOf("w.requested_at")}
          FROM history.waiting_list_entry w ${institution("w")}) a
        JOIN contacts.visible_contact c ON c.institution_id = a.institution_id AND c.id = a.contact_id;
    `);
  }

  async down(): Promise<void> {
    // the same rows as before
  }
}
