import type { Sql } from "../platform/database/sql.js";
import {
  type ContactCount,
  instant,
  type Listed,
  type PageRequest,
  pageParameters,
  productJson,
  type Window,
  windowParameters,
  withinWindow,
} from "./history.sql.js";

export interface ProductRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  /** RFC 3339. */
  readonly startsAt: string | null;
  readonly validityEnd: string | null;
  readonly organization: string;
}

export interface TicketRow {
  readonly id: string;
  readonly orderId: string;
  readonly state: string;
  readonly price: string;
  readonly seat: string | null;
  /** Null when nobody was named, or someone invisible. */
  readonly culturalContactId: string | null;
  readonly product: ProductRow;
}

/** A ticket inside its order; its product only where it is another than the line's. */
export interface LineTicketRow extends Omit<TicketRow, "orderId" | "product"> {
  readonly product: ProductRow | null;
}

export interface OrderLineRow {
  readonly lineNumber: number;
  readonly quantity: number;
  readonly amount: string;
  readonly product: ProductRow;
  readonly tickets: LineTicketRow[];
}

export interface OrderRow {
  readonly id: string;
  readonly organization: string;
  readonly orderNumber: string;
  readonly operationKind: string;
  /** RFC 3339 with microseconds. */
  readonly orderedAt: string;
  readonly total: string;
  readonly currency: string;
  readonly ipAddress: string | null;
  readonly remark: string | null;
  readonly purchaserId: string;
  /** Null: not read with it. */
  readonly lines: OrderLineRow[] | null;
}

const orderColumns = `o.id, o.organization, o.order_number AS "orderNumber", o.operation_kind AS "operationKind",
  ${instant("o.ordered_at")} AS "orderedAt", o.total, o.currency, host(o.ip_address) AS "ipAddress", o.remark,
  o.purchaser_id AS "purchaserId"`;

/** The tickets of line `l` as a JSON array. A cultural contact whom the caller may not see is left out of his ticket. */
const ticketsJson = `
  SELECT coalesce(json_agg(json_build_object('id', t.id::text, 'state', t.ticket_state, 'price', t.price::text,
      'seat', t.seat, 'culturalContactId', cultural.id::text,
      'product', CASE WHEN tp.id IS NOT NULL THEN ${productJson("tp")} END) ORDER BY t.id), '[]') AS tickets
  FROM history.ticket t
  LEFT JOIN history.product tp
    ON tp.institution_id = $1 AND tp.id = t.product_id AND t.product_id <> l.product_id
  LEFT JOIN contacts.visible_contact cultural
    ON cultural.institution_id = $1 AND cultural.id = t.cultural_contact_id
  WHERE t.institution_id = $1 AND t.order_id = l.order_id AND t.line_number = l.line_number`;

/** The lines of order `o` with their products and tickets, as one JSON array. */
const linesJson = `
  SELECT coalesce(json_agg(json_build_object('lineNumber', l.line_number, 'quantity', l.quantity,
      'amount', l.amount::text, 'product', ${productJson("p")}, 'tickets', held.tickets) ORDER BY l.line_number), '[]') AS lines
  FROM history.order_line l
  JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
  CROSS JOIN LATERAL (${ticketsJson}) held
  WHERE l.institution_id = $1 AND l.order_id = o.id`;

/**
 * A page of orders made by each of these contacts, the newest first. Contacts that are invisible or anonymized have none.
 * @param withLines also the lines, products and tickets, in the same statement
 */
export async function selectOrderPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
  withLines: boolean,
): Promise<(OrderRow & Listed)[]> {
  const { rows } = await db.query<OrderRow & Listed>(
    `/* selectOrderPages */
     SELECT purchaser.id AS "contactId", ${orderColumns}, ${withLines ? "contents.lines" : "NULL AS lines"}
     FROM contacts.visible_contact purchaser
     CROSS JOIN LATERAL (
       SELECT * FROM history.sales_order o
       WHERE o.institution_id = $1 AND o.purchaser_id = purchaser.id AND ${withinWindow("o.ordered_at")}
         AND (o.ordered_at, o.id) < ($6::timestamptz, $7::bigint)
       ORDER BY o.ordered_at DESC, o.id DESC LIMIT $8) o
     ${withLines ? `CROSS JOIN LATERAL (${linesJson}) contents` : ""}
     WHERE purchaser.institution_id = $1 AND purchaser.id = ANY($2::bigint[]) AND purchaser.anonymized_at IS NULL
     ORDER BY purchaser.id, o.ordered_at DESC, o.id DESC`,
    pageParameters(db, contactIds, request, "infinity"),
  );
  return rows;
}

/** How many orders each of these contacts made in the window. Contacts without any are left out. */
export async function countOrders(db: Sql, contactIds: readonly string[], window: Window): Promise<ContactCount[]> {
  const { rows } = await db.query<ContactCount>(
    `/* countOrders */
     SELECT purchaser.id AS "contactId", count(*)::int AS count
     FROM contacts.visible_contact purchaser
     JOIN history.sales_order o
       ON o.institution_id = $1 AND o.purchaser_id = purchaser.id AND ${withinWindow("o.ordered_at")}
     WHERE purchaser.institution_id = $1 AND purchaser.id = ANY($2::bigint[]) AND purchaser.anonymized_at IS NULL
     GROUP BY purchaser.id`,
    windowParameters(db, contactIds, window),
  );
  return rows;
}

/** Orders by id, any order; those whose purchaser the caller may not see are left out. */
export async function selectOrders(db: Sql, orderIds: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await db.query<OrderRow>(
    `/* selectOrders */
     SELECT ${orderColumns}, NULL AS lines
     FROM history.sales_order o
     JOIN contacts.visible_contact purchaser ON purchaser.institution_id = $1 AND purchaser.id = o.purchaser_id
     WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}

/** The lines of orders by order id, with products and tickets; orders of an invisible purchaser are left out. */
export async function selectOrderLines(
  db: Sql,
  orderIds: readonly string[],
): Promise<{ id: string; lines: OrderLineRow[] }[]> {
  const { rows } = await db.query<{ id: string; lines: OrderLineRow[] }>(
    `/* selectOrderLines */
     SELECT o.id, contents.lines
     FROM history.sales_order o
     JOIN contacts.visible_contact purchaser ON purchaser.institution_id = $1 AND purchaser.id = o.purchaser_id
     CROSS JOIN LATERAL (${linesJson}) contents
     WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}
