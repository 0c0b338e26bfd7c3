import type { Sql } from "../platform/database/sql.js";
import {
  type ContactCount,
  type ContactSum,
  chosen,
  instant,
  type Listed,
  listedContacts,
  ownersOf,
  type PageRequest,
  pageParameters,
  type Scope,
  windowParameters,
  withinWindow,
} from "./history.sql.js";

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

/** The payments that the owner made in the window. */
const paidInWindow = `p.institution_id = $1 AND p.payer_id = owner.id AND ${withinWindow("p.paid_at")}`;

/**
 * A page of payments made by each of these contacts, the newest first; of a structure, also by its relays when the
 * request says so. Invisible and anonymized contacts have none.
 */
export async function selectPaymentPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(PaymentRow & Listed)[]> {
  const { conditions, values } = chosen(pageParameters(db, contactIds, request, "infinity"), request.choices);
  const { rows } = await db.query<PaymentRow & Listed>(
    `/* selectPaymentPages */
     SELECT v.id AS "contactId", ${paymentColumns}
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT p.* FROM ${ownersOf(request)}
       CROSS JOIN LATERAL (
         SELECT * FROM history.payment p
         WHERE ${paidInWindow}${conditions} AND (p.paid_at, p.id) < ($6::timestamptz, $7::bigint)
         ORDER BY p.paid_at DESC, p.id DESC LIMIT $8) p
       ORDER BY p.paid_at DESC, p.id DESC LIMIT $8) p
     WHERE ${listedContacts}
     ORDER BY v.id, p.paid_at DESC, p.id DESC`,
    values,
  );
  return rows;
}

/** How many payments each of these contacts made in the window. Contacts without any are left out. */
export async function countPayments(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { conditions, values } = chosen(windowParameters(db, contactIds, scope), scope.choices);
  const { rows } = await db.query<ContactCount>(
    `/* countPayments */
     SELECT v.id AS "contactId", count(*)::int AS count
     FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
     JOIN history.payment p ON ${paidInWindow}${conditions}
     WHERE ${listedContacts} GROUP BY v.id`,
    values,
  );
  return rows;
}

/** What each of these contacts paid in the window, by currency, refunds taken off. */
export async function sumPayments(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactSum[]> {
  const { conditions, values } = chosen(windowParameters(db, contactIds, scope), scope.choices);
  const { rows } = await db.query<ContactSum>(
    `/* sumPayments */
     SELECT v.id AS "contactId", p.currency, sum(p.amount) AS amount
     FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
     JOIN history.payment p ON ${paidInWindow}${conditions}
     WHERE ${listedContacts} GROUP BY v.id, p.currency ORDER BY v.id, p.currency`,
    values,
  );
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
