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

export interface PaymentRow {
  readonly id: string;
  readonly organization: string;
  /** The caller sees it too: who paid is one of its people. */
  readonly orderId: string | null;
  /** RFC 3339 with microseconds. */
  readonly paidAt: string;
  readonly method: string;
  readonly amount: string;
  readonly currency: string;
  readonly payerId: string;
}

const paymentColumns = `p.id, p.organization, p.order_id AS "orderId", ${instant("p.paid_at")} AS "paidAt",
  p.payment_method AS method, p.amount, p.currency, p.payer_id AS "payerId"`;

/** Those that the owner made. */
const payments: ListSource = {
  ...{ table: "history.payment", alias: "p", columns: paymentColumns, sortedBy: ["p.paid_at", "timestamptz"] },
  belongs: `p.institution_id = $1 AND p.payer_id = owner.id AND ${withinWindow("p.paid_at")}`,
};

/**
 * A page of payments made by each of these contacts, the newest first; of a structure, also by its relays when the
 * request says so. Invisible and anonymized contacts have none.
 */
export async function selectPaymentPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(PaymentRow & Listed)[]> {
  const { text, values } = pagesOf(db, payments, contactIds, request);
  const { rows } = await db.query<PaymentRow & Listed>(`/* selectPaymentPages */ ${text}`, values);
  return rows;
}

/** How many payments each of these contacts made in the window. Contacts without any are left out. */
export async function countPayments(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, payments, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countPayments */ ${text}`, values);
  return rows;
}

/** What each of these contacts paid in the window, by currency, refunds taken off. */
export async function sumPayments(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactSum[]> {
  const { text, values } = sumsOf(db, { ...payments, amount: "p.amount", currency: "p.currency" }, contactIds, scope);
  const { rows } = await db.query<ContactSum>(`/* sumPayments */ ${text}`, values);
  return rows;
}

/** Payments by id, any order; those of payers who are invisible or anonymized are left out. */
export async function selectPayments(db: Sql, ids: readonly string[]): Promise<PaymentRow[]> {
  const { rows } = await db.query<PaymentRow>(
    `/* selectPayments */
     SELECT ${paymentColumns}
     FROM history.payment p
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = p.payer_id AND v.anonymized_at IS NULL
     WHERE p.institution_id = $1 AND p.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** Payments for an order that are shown with it. */
const mostOfOrder = 100;

/**
 * Payments for each of these orders by payers whom the caller sees, the newest first. Orders of which he sees nobody have
 * none.
 */
export async function selectOrderPayments(
  db: Sql,
  orderIds: readonly string[],
): Promise<(PaymentRow & { readonly orderId: string })[]> {
  const { rows } = await db.query<PaymentRow & { readonly orderId: string }>(
    `/* selectOrderPayments */
     SELECT ${paymentColumns}
     FROM history.visible_order o
     CROSS JOIN LATERAL (
       SELECT p.* FROM history.payment p
       JOIN contacts.visible_contact payer ON payer.institution_id = $1 AND payer.id = p.payer_id
       WHERE p.institution_id = $1 AND p.order_id = o.id
       ORDER BY p.paid_at DESC, p.id DESC LIMIT ${mostOfOrder}) p
     WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])
     ORDER BY o.id, p.paid_at DESC, p.id DESC`,
    [db.institutionId, orderIds],
  );
  return rows;
}
