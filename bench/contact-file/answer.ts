import { levelOf } from "../../src/platform/access/clearance.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";

// biome-ignore lint/suspicious/noExplicitAny: what the baseline's statement gives, whose shape stands in its text
type Json = any;

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];
const bounces = ["NONE", "SOFT", "HARD"];

const instant = (text: string | null) => (text === null ? null : new Date(text).toISOString());
const id = (type: string, number: number) => encodeId(type, String(number));

/** What the product answers for the row of the baseline: the same values, named and written as in the API. */
export function answerOf(file: Json): Json {
  const { orders, payments, audit, addresses, authorizations, bounceStatus, ...contact } = file;
  return {
    contact: {
      ...contact,
      id: id("Contact", contact.id),
      confidentialityLevel: levelOf(contact.confidentialityLevel),
      displayName: contact.structureName ?? ([contact.firstName, contact.lastName].filter(Boolean).join(" ") || null),
      createdAt: instant(contact.createdAt),
      updatedAt: instant(contact.updatedAt),
      addresses: addresses ?? [],
      authorizations:
        contact.type === "STRUCTURE"
          ? []
          : authorizations.map((value: boolean | null, index: number) => ({
              code: codes[index],
              value: value === null ? "EMPTY" : value ? "TRUE" : "FALSE",
            })),
      bounceStatus: bounces[bounceStatus],
      purchaseHistory: { nodes: (orders ?? []).map(orderOf) },
      financialHistory: {
        nodes: (payments ?? []).map((payment: Json) => ({
          ...payment,
          id: id("Payment", payment.id),
          paidAt: instant(payment.paidAt),
        })),
      },
      audit: {
        nodes: (audit ?? []).map(({ module, ...entry }: Json) => ({
          ...entry,
          id: id("AuditEntry", Number(`${entry.id}${module}`)),
          at: instant(entry.at),
        })),
      },
    },
  };
}

function orderOf({ lines, ...order }: Json): Json {
  return {
    ...order,
    id: id("Order", order.id),
    orderedAt: instant(order.orderedAt),
    lines: (lines ?? []).map(({ lineNumber, quantity, amount, tickets, productId, startsAt, ...product }: Json) => ({
      lineNumber,
      quantity,
      amount,
      product: { ...product, id: id("Product", productId), startsAt: instant(startsAt) },
      tickets: (tickets ?? []).map(({ culturalContactId, ...ticket }: Json) => ({
        ...ticket,
        id: id("Ticket", ticket.id),
        culturalContact: culturalContactId === null ? null : { id: id("Contact", culturalContactId) },
      })),
    })),
  };
}
