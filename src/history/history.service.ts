import type { OperationContext } from "../platform/context.js";
import { contactList, type FilteredArguments, filteredList, type HistoryPage } from "./contact-list.service.js";
import { countCulturalItems, selectCulturalItemPages, undated } from "./cultural-item.sql.js";
import { culturalItemAnswer, orderAnswer, paymentAnswer } from "./history.answers.js";
import { culturalChoices, financialChoices, type PurchaseWish, purchaseChoices } from "./history.filters.sql.js";
import type { Listed } from "./history.sql.js";
import { countOrders, type OrderRow, selectOrderPages, sumOrders } from "./order.sql.js";
import { countPayments, selectPaymentPages, sumPayments } from "./payment.sql.js";

/**
 * Orders made by the contact, the newest first (F29); of a structure also by its relays (F32). Null when the caller may
 * not see the list.
 */
export function purchaseHistory(
  context: OperationContext,
  contactId: string,
  args: FilteredArguments<PurchaseWish> & { readonly withLines: boolean },
): Promise<HistoryPage | null> {
  const { withLines } = args;
  return contactList<OrderRow & Listed>(
    context,
    contactId,
    {
      field: "purchaseHistory",
      choices: purchaseChoices(args.filter ?? {}),
      options: withLines,
      sortedBy: "instant",
      select: (db, ids, request) => selectOrderPages(db, ids, request, withLines),
      count: countOrders,
      sums: { gives: ["Order.amountDue", "Order.currency"], select: sumOrders },
      keyOf: ({ orderedAt, id }) => [orderedAt, id],
      answer: orderAnswer,
    },
    args,
  );
}

/**
 * What the contact attended or is to attend, by product date (F30); of a structure also its relays. Null when the caller
 * may not see the list.
 */
export const culturalHistory = filteredList({
  field: "culturalHistory",
  choices: culturalChoices,
  sortedBy: "day",
  select: selectCulturalItemPages,
  count: countCulturalItems,
  keyOf: ({ date, id }) => [date ?? undated, id],
  answer: culturalItemAnswer,
});

/**
 * Payments made by the contact, refunds included, the newest first (F31); of a structure also by its relays. Null when the
 * caller may not see the list.
 */
export const financialHistory = filteredList({
  field: "financialHistory",
  choices: financialChoices,
  sortedBy: "instant",
  select: selectPaymentPages,
  count: countPayments,
  sums: { gives: ["Payment.amount", "Payment.currency"], select: sumPayments },
  keyOf: ({ paidAt, id }) => [paidAt, id],
  answer: paymentAnswer,
});
