import type { Sql } from "../platform/database/sql.js";
import {
  type ContactCount,
  instant,
  type Listed,
  type PageRequest,
  pageParameters,
  type Window,
  windowParameters,
  withinWindow,
} from "./history.sql.js";

export interface PaymentRow extends Listed {
  readonly id: string;
  readonly organization: string;
  /** Whoever reads it asks again whether its purchaser is visible. */
  readonly orderId: string | null;
  /** RFC 3339 with microseconds. */
  readonly paidAt: string;
  readonly method: string;
  readonly amount: string;
  readonly currency: string;
  readonly payerId: string;
}

/** A page of payments made by each of these contacts, the newest first. Invisible and anonymized contacts have none. */
export async function selectPaymentPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<PaymentRow[]> {
  const { rows } = await db.query<PaymentRow>(
    `/* selectPaymentPages */
     SELECT payer.id AS "contactId", payer.id AS "payerId", p.id, p.organization, p.order_id AS "orderId",
       ${instant("p.paid_at")} AS "paidAt", p.payment_method AS method, p.amount, p.currency
     FROM contacts.visible_contact payer
     CROSS JOIN LATERAL (
       SELECT * FROM history.payment p
       WHERE p.institution_id = $1 AND p.payer_id = payer.id AND ${withinWindow("p.paid_at")}
         AND (p.paid_at, p.id) < ($6::timestamptz, $7::bigint)
       ORDER BY p.paid_at DESC, p.id DESC LIMIT $8) p
     WHERE payer.institution_id = $1 AND payer.id = ANY($2::bigint[]) AND payer.anonymized_at IS NULL
     ORDER BY payer.id, p.paid_at DESC, p.id DESC`,
    pageParameters(db, contactIds, request, "infinity"),
  );
  return rows;
}

/** How many payments each of these contacts made in the window. Contacts without any are left out. */
export async function countPayments(db: Sql, contactIds: readonly string[], window: Window): Promise<ContactCount[]> {
  const { rows } = await db.query<ContactCount>(
    `/* countPayments */
     SELECT payer.id AS "contactId", count(*)::int AS count
     FROM contacts.visible_contact payer
     JOIN history.payment p ON p.institution_id = $1 AND p.payer_id = payer.id AND ${withinWindow("p.paid_at")}
     WHERE payer.institution_id = $1 AND payer.id = ANY($2::bigint[]) AND payer.anonymized_at IS NULL
     GROUP BY payer.id`,
    windowParameters(db, contactIds, window),
  );
  return rows;
}
