import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is owed for an order: nothing for seats that are only held, or were given up. */
const due = `CASE WHEN o.operation_kind = 'OPTION' OR o.order_state IN ('EXPIRED', 'CANCELLED') THEN 0 ELSE o.total END`;

const sees = (alias: string, person: string) =>
  `JOIN contacts.visible_contact ${alias} ON ${alias}.institution_id = o.institution_id AND ${alias}.id = ${person}`;

/** A payer whom the caller does not see is nobody: the order is then the purchaser's own affair. */
const withoutPayer = `NOT EXISTS (SELECT FROM contacts.visible_contact payer
  WHERE payer.institution_id = o.institution_id AND payer.id = o.payer_id)`;

const paidFor = `history.payment p
  JOIN contacts.visible_contact who ON who.institution_id = p.institution_id AND who.id = p.payer_id
  JOIN history.sales_order o ON o.institution_id = p.institution_id AND o.id = p.order_id`;

/** One column for each person, so that a list of contacts finds its rows by their indexes. */
const balances = `
  CREATE VIEW history.visible_balance WITH (security_invoker = true) AS
    SELECT institution_id, contact_id, organization, currency, sum(amount) AS amount
    FROM (
      SELECT o.institution_id, o.payer_id AS contact_id, o.organization, o.currency, ${due} AS amount
      FROM history.sales_order o ${sees("c", "o.payer_id")}
      UNION ALL
      SELECT o.institution_id, o.purchaser_id, o.organization, o.currency, ${due}
      FROM history.sales_order o ${sees("c", "o.purchaser_id")} WHERE ${withoutPayer}
      UNION ALL
      SELECT p.institution_id, o.payer_id, p.organization, p.currency, -p.amount
      FROM ${paidFor} ${sees("c", "o.payer_id")}
      UNION ALL
      SELECT p.institution_id, o.purchaser_id, p.organization, p.currency, -p.amount
      FROM ${paidFor} ${sees("c", "o.purchaser_id")} WHERE ${withoutPayer}
      UNION ALL
      SELECT p.institution_id, p.payer_id, p.organization, p.currency, -p.amount
      FROM history.payment p
      JOIN contacts.visible_contact c ON c.institution_id = p.institution_id AND c.id = p.payer_id
      WHERE p.order_id IS NULL) entry
    GROUP BY institution_id, contact_id, organization, currency
    HAVING sum(amount) <> 0;
`;

const dayOf = (instant: string) => `(${instant} AT TIME ZONE i.time_zone)::date`;
const institution = (alias: string) => `JOIN platform.institution i ON i.id = ${alias}.institution_id`;
const productDay = `coalesce(product.validity_end, ${dayOf("product.starts_at")})`;
const product = (alias: string) =>
  `JOIN history.product product ON product.institution_id = ${alias}.institution_id AND product.id = ${alias}.product_id`;

const operation = `CASE WHEN o.operation_kind <> 'OPTION' THEN o.operation_kind
  WHEN o.order_state = 'CONFIRMED' THEN 'OPTION_CONFIRMED' ELSE 'OPTION_ACQUIRED' END`;

const orderOf = (alias: string) =>
  `JOIN history.sales_order o ON o.institution_id = ${alias}.institution_id AND o.id = ${alias}.order_id`;

/** A1 to A5, whatever became of them (D-04). A product counts with the last day of its validity (D-02), a list with its day (D-03). */
const activities = `
  CREATE VIEW history.visible_activity WITH (security_invoker = true) AS
    SELECT o.institution_id, o.purchaser_id AS contact_id, ${operation} AS kind, o.organization, o.id AS record_id,
      coalesce(${productDay}, ${dayOf("o.ordered_at")}) AS day
    FROM history.sales_order o ${institution("o")} ${sees("c", "o.purchaser_id")}
    LEFT JOIN history.order_line line ON line.institution_id = o.institution_id AND line.order_id = o.id
    LEFT ${product("line")}
    UNION ALL
    SELECT o.institution_id, o.purchaser_id, ${operation}, o.organization, o.id,
      coalesce(${productDay}, ${dayOf("o.ordered_at")})
    FROM history.sales_order o ${institution("o")} ${sees("c", "o.purchaser_id")}
    JOIN history.ticket t ON t.institution_id = o.institution_id AND t.order_id = o.id ${product("t")}
    UNION ALL
    SELECT t.institution_id, t.cultural_contact_id, ${operation}, o.organization, o.id,
      coalesce(${productDay}, ${dayOf("o.ordered_at")})
    FROM history.ticket t ${institution("t")} ${orderOf("t")} ${sees("c", "t.cultural_contact_id")} ${product("t")}
    UNION ALL
    SELECT w.institution_id, w.contact_id, 'WAITING_LIST', w.organization, w.id, ${dayOf("w.requested_at")}
    FROM history.waiting_list_entry w ${institution("w")}
    JOIN contacts.visible_contact c ON c.institution_id = w.institution_id AND c.id = w.contact_id;
`;

/** A row for each reason why somebody is no prospect (D-06): a sale, whatever became of it, or a payment. */
const customers = `
  CREATE VIEW history.visible_customer WITH (security_invoker = true) AS
    SELECT o.institution_id, o.purchaser_id AS contact_id
    FROM history.sales_order o ${sees("c", "o.purchaser_id")} WHERE o.operation_kind = 'SALE'
    UNION ALL
    SELECT t.institution_id, t.cultural_contact_id
    FROM history.ticket t ${orderOf("t")} ${sees("c", "t.cultural_contact_id")} WHERE o.operation_kind = 'SALE'
    UNION ALL
    SELECT p.institution_id, p.payer_id
    FROM history.payment p
    JOIN contacts.visible_contact c ON c.institution_id = p.institution_id AND c.id = p.payer_id;
`;

const season = `LEFT JOIN history.season season ON season.institution_id = product.institution_id AND season.id = product.season_id`;
const productColumns = `product.id AS product_id, product.code AS product_code, product.product_kind,
  ${productDay} AS product_day, season.code AS season_code`;

const sales = `
  CREATE VIEW history.visible_purchase WITH (security_invoker = true) AS
    SELECT o.institution_id, o.purchaser_id AS contact_id, o.id AS order_id, o.organization, o.operation_kind,
      o.order_state, o.ordered_at, ${dayOf("o.ordered_at")} AS ordered_on, o.currency, o.total
    FROM history.sales_order o ${institution("o")} ${sees("c", "o.purchaser_id")};

  CREATE VIEW history.visible_purchase_line WITH (security_invoker = true) AS
    SELECT o.institution_id, o.purchaser_id AS contact_id, o.id AS order_id, line.line_number, o.organization,
      o.operation_kind, o.order_state, o.ordered_at, ${dayOf("o.ordered_at")} AS ordered_on, ${productColumns},
      line.quantity, line.amount, o.currency, line.tariff_code, line.is_children_tariff
    FROM history.order_line line ${institution("line")} ${orderOf("line")} ${sees("c", "o.purchaser_id")}
    ${product("line")} ${season};

  CREATE VIEW history.visible_attendance WITH (security_invoker = true) AS
    SELECT t.institution_id, t.cultural_contact_id AS contact_id, t.id AS ticket_id, t.ticket_state, o.id AS order_id,
      o.organization, o.operation_kind, o.order_state, o.ordered_at, ${dayOf("o.ordered_at")} AS ordered_on,
      ${productColumns}, t.price, o.currency
    FROM history.ticket t ${institution("t")} ${orderOf("t")} ${sees("c", "t.cultural_contact_id")} ${product("t")}
    ${season};

  CREATE VIEW history.visible_payment WITH (security_invoker = true) AS
    SELECT p.institution_id, p.payer_id AS contact_id, p.id AS payment_id, p.organization, p.paid_at,
      ${dayOf("p.paid_at")} AS paid_on, p.payment_method, p.amount, p.currency
    FROM history.payment p ${institution("p")}
    JOIN contacts.visible_contact c ON c.institution_id = p.institution_id AND c.id = p.payer_id;

  CREATE VIEW history.visible_membership WITH (security_invoker = true) AS
    SELECT m.institution_id, m.contact_id, m.id AS membership_id, m.organization, ${productColumns}, m.valid_from,
      -- without an end of its own, it lasts as long as the season of what was bought
      coalesce(m.valid_to, season.ends_on) AS valid_to, m.membership_state
    FROM history.membership m ${institution("m")} ${product("m")} ${season}
    JOIN contacts.visible_contact c ON c.institution_id = m.institution_id AND c.id = m.contact_id;

  CREATE VIEW history.visible_advantage WITH (security_invoker = true) AS
    SELECT a.institution_id, a.contact_id, a.id AS advantage_id, a.organization, a.code, a.valid_from, a.valid_to,
      a.advantage_state
    FROM history.advantage a
    JOIN contacts.visible_contact c ON c.institution_id = a.institution_id AND c.id = a.contact_id;
`;

const views = ["advantage", "membership", "payment", "attendance", "purchase_line", "purchase", "customer", "activity"];

/**
 * What history tells the others, as sets: rows about the contacts that the caller sees, each with the institution and
 * the contact. Ask for several contacts with `contact_id = ANY(…)`: that reaches the indexes of the tables.
 */
export class HistoryFacts1763740845000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- targets ask for the orders of a time, and for everybody who has to do with a product
      CREATE INDEX sales_order_time ON history.sales_order (institution_id, ordered_at) INCLUDE (purchaser_id);
      CREATE INDEX ticket_product ON history.ticket (institution_id, product_id);
      CREATE INDEX order_line_product ON history.order_line (institution_id, product_id);
    `);
    await runner.query(balances);
    await runner.query(activities);
    await runner.query(customers);
    await runner.query(sales);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of [...views, "balance"]) await runner.query(`DROP VIEW history.visible_${view}`);
    await runner.query(`
      DROP INDEX history.order_line_product, history.ticket_product, history.sales_order_time`);
  }
}
