import type { Sql } from "../platform/database/sql.js";
import {
  type ContactCount,
  type ContactSum,
  instant,
  type Listed,
  type PageRequest,
  type Scope,
  withinWindow,
} from "./history.sql.js";
import { countsOf, type ListSource, pagesOf, sumsOf } from "./list.sql.js";
import { type ProductRow, productJson } from "./product.sql.js";
import { type LineTicketRow, ticketsJson } from "./ticket.sql.js";

export interface OrderLineRow {
  readonly lineNumber: number;
  readonly quantity: number;
  readonly amount: string;
  readonly tariffCode: string | null;
  readonly isChildrenTariff: boolean;
  readonly product: ProductRow;
  readonly tickets: LineTicketRow[];
}

export interface OrderRow {
  readonly id: string;
  readonly organization: string;
  readonly orderNumber: string;
  readonly operationKind: string;
  readonly state: string;
  /** RFC 3339 with microseconds. */
  readonly orderedAt: string;
  readonly total: string;
  readonly amountDue: string;
  readonly currency: string;
  readonly ipAddress: string | null;
  readonly remark: string | null;
  readonly remarkVersion: number;
  /** Null when nobody was named, or someone invisible; so is the payer. */
  readonly purchaserId: string | null;
  readonly payerId: string | null;
  /** Null: not read with it. */
  readonly lines: OrderLineRow[] | null;
}

/** What is to be paid for an order: nothing for options and what has expired or was cancelled. */
const amountDue = (alias: string) =>
  `CASE WHEN ${alias}.operation_kind = 'OPTION' OR ${alias}.order_state IN ('EXPIRED', 'CANCELLED') THEN 0.00
    ELSE ${alias}.total END`;

/** Of order `o`, with its `purchaser` and `payer` as far as the caller sees them. What an operator wrote stands. */
const orderColumns = `o.id, o.organization, o.order_number AS "orderNumber", o.operation_kind AS "operationKind",
  o.order_state AS state, ${instant("o.ordered_at")} AS "orderedAt", o.total, ${amountDue("o")} AS "amountDue", o.currency,
  host(o.ip_address) AS "ipAddress", CASE o.remark_version WHEN 0 THEN o.remark ELSE o.own_remark END AS remark,
  o.remark_version AS "remarkVersion", purchaser.id AS "purchaserId", payer.id AS "payerId"`;

const payerOf = "LEFT JOIN contacts.visible_contact payer ON payer.institution_id = $1 AND payer.id = o.payer_id";

/** The lines of order `o` with their products and tickets, as one JSON array. */
const linesJson = `
  SELECT coalesce(json_agg(json_build_object('lineNumber', l.line_number, 'quantity', l.quantity,
      'amount', l.amount::text, 'tariffCode', l.tariff_code, 'isChildrenTariff', l.is_children_tariff,
      'product', ${productJson("p")}, 'tickets', held.tickets) ORDER BY l.line_number), '[]') AS lines
  FROM history.order_line l
  JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
  CROSS JOIN LATERAL (${ticketsJson}) held
  WHERE l.institution_id = $1 AND l.order_id = o.id`;

/** Those that the owner made. */
const orders: ListSource = {
  ...{ table: "history.sales_order", alias: "o", columns: `${orderColumns}, NULL AS lines` },
  sortedBy: ["o.ordered_at", "timestamptz"],
  belongs: `o.institution_id = $1 AND o.purchaser_id = owner.id AND ${withinWindow("o.ordered_at")}`,
  joins: `CROSS JOIN LATERAL (SELECT o.purchaser_id AS id) purchaser ${payerOf}`,
};

const withContents: ListSource = {
  ...orders,
  columns: `${orderColumns}, contents.lines`,
  joins: `${orders.joins} CROSS JOIN LATERAL (${linesJson}) contents`,
};

/**
 * A page of orders made by each of these contacts, the newest first; of a structure, also by its relays when the request
 * says so. Contacts that are invisible or anonymized have none.
 * @param withLines also the lines, products and tickets, in the same statement
 */
export async function selectOrderPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
  withLines: boolean,
): Promise<(OrderRow & Listed)[]> {
  const { text, values } = pagesOf(db, withLines ? withContents : orders, contactIds, request);
  const { rows } = await db.query<OrderRow & Listed>(`/* selectOrderPages */ ${text}`, values);
  return rows;
}

/** How many orders each of these contacts made in the window. Contacts without any are left out. */
export async function countOrders(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, orders, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countOrders */ ${text}`, values);
  return rows;
}

/** What is due for the orders that each of these contacts made in the window, by currency. */
export async function sumOrders(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactSum[]> {
  const { text, values } = sumsOf(db, { ...orders, amount: amountDue("o"), currency: "o.currency" }, contactIds, scope);
  const { rows } = await db.query<ContactSum>(`/* sumOrders */ ${text}`, values);
  return rows;
}

/** Orders by id, any order; those of which the caller sees nobody are left out. */
export async function selectOrders(db: Sql, orderIds: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await db.query<OrderRow>(
    `/* selectOrders */
     SELECT ${orderColumns}, NULL AS lines
     FROM history.sales_order o
     JOIN history.visible_order seen ON seen.institution_id = $1 AND seen.id = o.id
     LEFT JOIN contacts.visible_contact purchaser ON purchaser.institution_id = $1 AND purchaser.id = o.purchaser_id
     ${payerOf}
     WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}

/** The lines of orders by order id, with products and tickets; orders of which the caller sees nobody are left out. */
export async function selectOrderLines(
  db: Sql,
  orderIds: readonly string[],
): Promise<{ id: string; lines: OrderLineRow[] }[]> {
  const { rows } = await db.query<{ id: string; lines: OrderLineRow[] }>(
    `/* selectOrderLines */
     SELECT o.id, contents.lines
     FROM history.visible_order o
     CROSS JOIN LATERAL (${linesJson}) contents
     WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}

/** What was paid for these orders, each in its currency, by payers whom the caller sees. Orders without are left out. */
export async function selectPaidAmounts(
  db: Sql,
  orderIds: readonly string[],
): Promise<{ id: string; amount: string }[]> {
  const { rows } = await db.query<{ id: string; amount: string }>(
    `/* selectPaidAmounts */
     SELECT o.id, sum(p.amount) AS amount
     FROM history.sales_order o
     JOIN history.payment p ON p.institution_id = $1 AND p.order_id = o.id AND p.currency = o.currency
     JOIN contacts.visible_contact payer ON payer.institution_id = $1 AND payer.id = p.payer_id
     WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[]) GROUP BY o.id`,
    [db.institutionId, orderIds],
  );
  return rows;
}
