import type { OperationContext } from "../platform/context.js";
import { contactList, type HistoryPage, type ListArguments } from "./contact-list.service.js";
import { countCulturalItems, selectCulturalItemPages, undated } from "./cultural-item.sql.js";
import { culturalItemAnswer, orderAnswer, paymentAnswer } from "./history.answers.js";
import {
  type CulturalWish,
  culturalChoices,
  type FinancialWish,
  financialChoices,
  type PurchaseWish,
  purchaseChoices,
} from "./history.filters.sql.js";
import { countOrders, selectOrderPages, sumOrders } from "./order.sql.js";
import { countPayments, selectPaymentPages, sumPayments } from "./payment.sql.js";

/**
 * Orders made by the contact, the newest first (F29); of a structure also by its relays (F32). Null when the caller may
 * not see the list.
 */
export function purchaseHistory(
  context: OperationContext,
  contactId: string,
  args: ListArguments & { readonly filter?: PurchaseWish | null; readonly withLines: boolean },
): Promise<HistoryPage | null> {
  const { db } = context;
  const { withLines } = args;
  return contactList(
    context,
    contactId,
    {
      field: "purchaseHistory",
      choices: purchaseChoices(args.filter ?? {}),
      options: withLines,
      sortedBy: "instant",
      select: (ids, request) => selectOrderPages(db, ids, request, withLines),
      count: (ids, scope) => countOrders(db, ids, scope),
      sums: {
        gives: ["Order.amountDue", "Order.currency"],
        select: (ids, scope) => sumOrders(db, ids, scope),
      },
      keyOf: ({ orderedAt, id }) => [orderedAt, id],
      answer: (row) => orderAnswer(context, row),
    },
    args,
  );
}

/**
 * What the contact attended or is to attend, by product date (F30); of a structure also its relays. Null when the caller
 * may not see the list.
 */
export function culturalHistory(
  context: OperationContext,
  contactId: string,
  args: ListArguments & { readonly filter?: CulturalWish | null },
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "culturalHistory",
      choices: culturalChoices(args.filter ?? {}),
      sortedBy: "day",
      select: (ids, request) => selectCulturalItemPages(db, ids, request),
      count: (ids, scope) => countCulturalItems(db, ids, scope),
      keyOf: ({ date, id }) => [date ?? undated, id],
      answer: (row) => culturalItemAnswer(context, row),
    },
    args,
  );
}

/**
 * Payments made by the contact, refunds included, the newest first (F31); of a structure also by its relays. Null when the
 * caller may not see the list.
 */
export function financialHistory(
  context: OperationContext,
  contactId: string,
  args: ListArguments & { readonly filter?: FinancialWish | null },
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "financialHistory",
      choices: financialChoices(args.filter ?? {}),
      sortedBy: "instant",
      select: (ids, request) => selectPaymentPages(db, ids, request),
      count: (ids, scope) => countPayments(db, ids, scope),
      sums: {
        gives: ["Payment.amount", "Payment.currency"],
        select: (ids, scope) => sumPayments(db, ids, scope),
      },
      keyOf: ({ paidAt, id }) => [paidAt, id],
      answer: (row) => paymentAnswer(context, row),
    },
    args,
  );
}
