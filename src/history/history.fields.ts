import type { FieldCatalogue, FieldRule } from "../platform/access/fields.js";
import { holdingFields } from "./holdings/holding.fields.js";

const free: FieldRule = { level: 0 };
const confidential: FieldRule = { level: 2 };

/**
 * A list goes with the fields that it is chosen, sorted or bounded by: raising `Order.orderedAt` withholds the
 * purchase history, because its order and its period would tell the dates.
 */
function listFrom(...derivedFrom: string[]): FieldRule {
  return { level: 0, permission: "history:read", derivedFrom };
}

/** Every field of this module that may be withheld. Keys are not in it. */
export const historyFields: FieldCatalogue = {
  Contact: {
    purchaseHistory: listFrom("Order.purchaser", "Order.orderedAt"),
    culturalHistory: listFrom("Ticket.culturalContact", "Ticket.state", "Ticket.validityEndDate"),
    financialHistory: listFrom("Payment.payer", "Payment.paidAt"),
    balances: listFrom(
      ...["organization", "operationKind", "state", "total", "currency", "purchaser", "payer"].map(
        (field) => `Order.${field}`,
      ),
      ...["organization", "amount", "currency", "payer", "order"].map((field) => `Payment.${field}`),
    ),
    // what they are worked out of
    indicators: listFrom(
      ...["balances", "purchaseHistory", "culturalHistory", "memberships"].map((field) => `Contact.${field}`),
      ...["product", "amount", "isChildrenTariff"].map((field) => `OrderLine.${field}`),
      ...["Order.lines", "Ticket.product", "Ticket.price", "Product.kind", "Product.season", "Product.parts"],
      ...["Season.startDate", "Season.endDate", "Membership.state", "Membership.product"],
    ),
    isProspect: listFrom("Order.operationKind", "Order.purchaser", "Ticket.culturalContact", "Payment.payer"),
    waitingList: listFrom("WaitingListEntry.contact", "WaitingListEntry.requestedAt"),
    memberships: listFrom("Membership.contact", "Membership.validFromDate", "Membership.validToDate"),
    // made of the other lists: without those that are withheld
    timeline: listFrom(),
    advantages: listFrom("Advantage.contact", "Advantage.validFromDate", "Advantage.validToDate"),
  },
  ContactSummary: { indicators: { level: 0, derivedFrom: ["Contact.indicators"] } },
  Order: {
    orderNumber: free,
    organization: free,
    operationKind: free,
    state: free,
    orderedAt: free,
    total: free,
    amountDue: { level: 0, derivedFrom: ["total", "operationKind", "state"] },
    amountPaid: { level: 0, derivedFrom: ["currency", "Payment.amount", "Payment.currency", "Payment.order"] },
    payments: { level: 0, derivedFrom: ["Payment.order", "Payment.paidAt"] },
    currency: free,
    purchaser: free,
    payer: free,
    lines: free,
    ipAddress: confidential,
    remark: { level: 0, freeText: true },
    remarkVersion: { level: 0, derivedFrom: ["remark"] },
  },
  OrderLine: {
    product: free,
    quantity: free,
    amount: free,
    tariffCode: free,
    isChildrenTariff: free,
    tickets: free,
  },
  Ticket: {
    product: free,
    culturalContact: free,
    ticketNumber: free,
    state: free,
    returnedAt: { level: 0, derivedFrom: ["state"] },
    validityEndDate: { level: 0, derivedFrom: ["Product.validityEndDate", "Product.startsAt"] },
    price: free,
    seat: free,
    beneficiary: free,
    answers: free,
    order: free,
  },
  Beneficiary: { firstName: free, lastName: free, birthDate: free, email: free, phone: free, countryCode: free },
  TicketAnswer: { questionLabel: free, questionType: free, value: free },
  Product: {
    code: free,
    name: free,
    kind: free,
    startsAt: free,
    validityEndDate: free,
    organization: free,
    season: free,
    parts: free,
  },
  Season: { code: free, name: free, startDate: free, endDate: free, organization: free },
  Payment: {
    organization: free,
    paidAt: free,
    method: free,
    amount: free,
    currency: free,
    payer: free,
    order: free,
  },
  CulturalItem: {
    date: { level: 0, derivedFrom: ["Product.validityEndDate", "Product.startsAt"] },
    product: { level: 0, derivedFrom: ["Ticket.product"] },
    ticket: free,
  },
  ...holdingFields,
};
