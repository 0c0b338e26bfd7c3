import { IndicatorCode, type IndicatorLevel } from "../../src/history/indicators/indicator.enums.js";
import { indicatorLabel, levelLabel } from "../../src/history/indicators/indicator.labels.js";
import { levelOf } from "../../src/platform/access/clearance.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { organizations } from "../harness/data-set.js";

// biome-ignore lint/suspicious/noExplicitAny: what the baseline's statement gives, whose shape stands in its text
type Json = any;

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];
const bounces = ["NONE", "SOFT", "HARD"];

/** Whose shipments and interactions are shown. */
const [organization] = organizations;

const instant = (text: string | null) => (text === null ? null : new Date(text).toISOString());
const id = (type: string, number: number) => encodeId(type, String(number));

/** What the product answers for the row of the baseline: the same values, named and written as in the API. */
export function answerOf(file: Json): Json {
  const {
    orders,
    payments,
    shipments,
    interactions,
    indicators,
    audit,
    addresses,
    authorizations,
    bounceStatus,
    ...contact
  } = file;
  return {
    contact: {
      ...contact,
      id: id("Contact", contact.id),
      confidentialityLevel: levelOf(contact.confidentialityLevel),
      displayName: contact.structureName ?? ([contact.firstName, contact.lastName].filter(Boolean).join(" ") || null),
      createdAt: instant(contact.createdAt),
      updatedAt: instant(contact.updatedAt),
      addresses: addresses ?? [],
      authorizations: contact.type === "STRUCTURE" ? [] : authorizations.map(authorizationOf),
      bounceStatus: bounces[bounceStatus],
      purchaseHistory: { nodes: (orders ?? []).map(orderOf) },
      financialHistory: {
        nodes: (payments ?? []).map((payment: Json) => ({
          ...payment,
          id: id("Payment", payment.id),
          paidAt: instant(payment.paidAt),
        })),
      },
      shipments: { organization, nodes: (shipments ?? []).map(shipmentOf) },
      interactions: { organization, nodes: (interactions ?? []).map(interactionOf) },
      indicators: indicatorsOf(indicators),
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

const authorizationOf = (value: boolean | null, index: number) => ({
  code: codes[index],
  value: value === null ? "EMPTY" : value ? "TRUE" : "FALSE",
});

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

const shipmentOf = (shipment: Json): Json => ({
  ...shipment,
  id: id("Shipment", shipment.id),
  createdAt: instant(shipment.createdAt),
  sentAt: instant(shipment.sentAt),
});

const interactionOf = ({ shipment, ...interaction }: Json): Json => ({
  ...interaction,
  id: id("Interaction", interaction.id),
  origin: shipment ? "AUTOMATIC" : "MANUAL",
  occurredAt: instant(interaction.occurredAt),
  createdBy: shipment ? null : interaction.createdBy,
  shipment: shipment && { ...shipment, id: id("Shipment", shipment.id) },
});

/** What one would write down for the values of `history.contact_indicator`. */
function indicatorsOf({ assiduity, revenue, seniority, smlLevel, ...is }: Json): Json {
  const performances = assiduity ?? 0;
  const levels = ["INACTIVE", "OCCASIONAL", "REGULAR", "CONSTANT"];
  const assiduityLevel = levels[performances >= 6 ? 3 : Math.min(performances, 2)];
  const balance = [is.owes && "DEBTOR", is.isOwed && "CREDITOR"].filter(Boolean).join("_AND_") || "EVEN";
  const yesOrNo = (value: boolean | null) => (value ? "YES" : "NO");
  const indicator = (code: IndicatorCode, level: string | null | undefined, value: string | null = null) => ({
    ...{ code, label: indicatorLabel(code, "en"), value, level },
    levelLabel: levelLabel(level as IndicatorLevel | null, "en"),
  });
  return [
    indicator(IndicatorCode.ASSIDUITY, assiduityLevel, String(performances)),
    indicator(IndicatorCode.CHILDREN_PRODUCT, yesOrNo(is.hasChildrenProduct)),
    indicator(IndicatorCode.MEMBERSHIP, yesOrNo(is.isMember)),
    indicator(IndicatorCode.SML, smlLevel, revenue ?? "0.00"),
    indicator(IndicatorCode.SEASON_TICKET_HOLDER, yesOrNo(is.isSeasonTicketHolder)),
    indicator(IndicatorCode.SENIORITY, null, String(seniority)),
    indicator(IndicatorCode.BALANCE, balance),
  ];
}
