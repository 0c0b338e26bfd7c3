import type { OperationContext } from "../platform/context.js";
import { contactList, type HistoryPage, type ListArguments } from "./contact-list.service.js";
import { countCulturalItems, selectCulturalItemPages, undated } from "./cultural-item.sql.js";
import { culturalItemAnswer, orderAnswer, paymentAnswer } from "./history.answers.js";
import { countOrders, selectOrderPages } from "./order.sql.js";
import { countPayments, selectPaymentPages } from "./payment.sql.js";

/** Orders made by the contact, the newest first (F29). Null when the caller may not see the list. */
export function purchaseHistory(
  context: OperationContext,
  contactId: string,
  { withLines, ...args }: ListArguments & { readonly withLines: boolean },
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "purchaseHistory",
      options: withLines,
      sortedBy: "instant",
      select: (ids, request) => selectOrderPages(db, ids, request, withLines),
      count: (ids, window) => countOrders(db, ids, window),
      keyOf: ({ orderedAt, id }) => [orderedAt, id],
      answer: (row) => orderAnswer(context, row),
    },
    args,
  );
}

/** What the contact attended or is to attend, by product date (F30). Null when the caller may not see the list. */
export function culturalHistory(
  context: OperationContext,
  contactId: string,
  { states, ...args }: ListArguments & { readonly states: readonly string[] },
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "culturalHistory",
      options: [...new Set(states)].sort(),
      sortedBy: "day",
      select: (ids, request) => selectCulturalItemPages(db, ids, request, states),
      count: (ids, window) => countCulturalItems(db, ids, window, states),
      keyOf: ({ date, id }) => [date ?? undated, id],
      answer: (row) => culturalItemAnswer(context, row),
    },
    args,
  );
}

/** Payments made by the contact, refunds included, the newest first (F31). Null when the caller may not see the list. */
export function financialHistory(
  context: OperationContext,
  contactId: string,
  args: ListArguments,
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "financialHistory",
      sortedBy: "instant",
      select: (ids, request) => selectPaymentPages(db, ids, request),
      count: (ids, window) => countPayments(db, ids, window),
      keyOf: ({ paidAt, id }) => [paidAt, id],
      answer: (row) => paymentAnswer(context, row),
    },
    args,
  );
}
