import type { OperationContext } from "../platform/context.js";
import { encodeId } from "../platform/graphql/opaque-id.js";
import type { CulturalItemRow } from "./cultural-item.sql.js";
import { loadersOf } from "./history.loaders.js";
import type { OrderLineRow, OrderRow } from "./order.sql.js";
import type { PaymentRow } from "./payment.sql.js";
import type { ProductRow } from "./product.sql.js";
import type { LineTicketRow, TicketRow } from "./ticket.sql.js";

/*
 * Rows as answers, where withheld fields go (ring 4). A property may be a function: GraphQL's default resolver calls it
 * when the field is selected, and never otherwise.
 */

/** A contact of whom this module knows but the key. Its id comes from a join with the visible contacts. */
export function contactLink(id: string | null): { id: string } | null {
  return id === null ? null : { id: encodeId("Contact", id) };
}

export function productAnswer(context: OperationContext, row: ProductRow) {
  return context.fields.redact("Product", {
    id: encodeId("Product", row.id),
    code: row.code,
    name: row.name,
    kind: row.kind,
    startsAt: row.startsAt === null ? null : new Date(row.startsAt),
    validityEndDate: row.validityEnd,
    organization: row.organization,
    season: () => seasonOf(context, row.seasonId),
  });
}

async function seasonOf(context: OperationContext, seasonId: string | null) {
  const row = seasonId === null ? null : await loadersOf(context).season.load(seasonId);
  return row && context.fields.redact("Season", { ...row, id: encodeId("Season", row.id) });
}

export function orderAnswer(context: OperationContext, row: OrderRow): object {
  return context.fields.redact("Order", {
    id: encodeId("Order", row.id),
    orderNumber: row.orderNumber,
    organization: row.organization,
    operationKind: row.operationKind,
    state: row.state,
    orderedAt: new Date(row.orderedAt),
    total: row.total,
    amountDue: row.amountDue,
    amountPaid: () => paidFor(context, row.id),
    payments: () => paymentsFor(context, row.id),
    currency: row.currency,
    purchaser: contactLink(row.purchaserId),
    payer: contactLink(row.payerId),
    lines: () => linesOf(context, row),
    ipAddress: row.ipAddress,
    remark: row.remark,
    remarkVersion: row.remarkVersion,
  });
}

async function paidFor(context: OperationContext, orderId: string): Promise<string> {
  const paid = await loadersOf(context).paidAmount.load(orderId);
  return paid?.amount ?? "0.00";
}

async function paymentsFor(context: OperationContext, orderId: string): Promise<object[]> {
  const rows = await loadersOf(context).orderPayments.load(orderId);
  return rows.map((row) => paymentAnswer(context, row));
}

async function linesOf(context: OperationContext, order: OrderRow) {
  const lines = order.lines ?? (await loadersOf(context).orderLines.load(order.id))?.lines;
  return lines?.map((line) => lineAnswer(context, line, order.id)) ?? null;
}

function lineAnswer(context: OperationContext, row: OrderLineRow, orderId: string) {
  return context.fields.redact("OrderLine", {
    lineNumber: row.lineNumber,
    product: () => productAnswer(context, row.product),
    quantity: row.quantity,
    amount: row.amount,
    tariffCode: row.tariffCode,
    isChildrenTariff: row.isChildrenTariff,
    tickets: () => row.tickets.map((ticket) => ticketAnswer(context, ticketOf(ticket, row, orderId))),
  });
}

const ticketOf = (ticket: LineTicketRow, line: OrderLineRow, orderId: string): TicketRow => ({
  ...ticket,
  orderId,
  product: ticket.product ?? line.product,
});

export function ticketAnswer(context: OperationContext, row: TicketRow) {
  return context.fields.redact("Ticket", {
    id: encodeId("Ticket", row.id),
    product: () => productAnswer(context, row.product),
    culturalContact: contactLink(row.culturalContactId),
    ticketNumber: row.ticketNumber,
    state: row.state,
    returnedAt: row.returnedAt === null ? null : new Date(row.returnedAt),
    validityEndDate: row.product.validityEnd,
    price: row.price,
    seat: row.seat,
    beneficiary: () => beneficiaryOf(context, row.id),
    answers: () => answersOf(context, row.id),
    order: () => orderLink(context, row.orderId),
  });
}

async function beneficiaryOf(context: OperationContext, ticketId: string) {
  const row = await loadersOf(context).beneficiary.load(ticketId);
  return row && context.fields.redact("Beneficiary", row);
}

async function answersOf(context: OperationContext, ticketId: string) {
  const rows = await loadersOf(context).answers.load(ticketId);
  return rows.map((row) => context.fields.redact("TicketAnswer", row));
}

/** The order behind an id; null when the caller may see nobody of it. */
export async function orderLink(context: OperationContext, orderId: string | null) {
  const order = orderId === null ? null : await loadersOf(context).order.load(orderId);
  return order && orderAnswer(context, order);
}

export function culturalItemAnswer(context: OperationContext, row: CulturalItemRow) {
  return context.fields.redact("CulturalItem", {
    date: row.date,
    product: () => productAnswer(context, row.product),
    ticket: () => ticketAnswer(context, row),
  });
}

export function paymentAnswer(context: OperationContext, row: PaymentRow) {
  return context.fields.redact("Payment", {
    id: encodeId("Payment", row.id),
    organization: row.organization,
    paidAt: new Date(row.paidAt),
    method: row.method,
    amount: row.amount,
    currency: row.currency,
    payer: contactLink(row.payerId),
    order: () => orderLink(context, row.orderId),
  });
}
