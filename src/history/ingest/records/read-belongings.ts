import { readBase, reportReversed, requiredContact } from "./read-parts.js";
import type { RecordFields } from "./record.fields.js";
import type {
  AdvantageRecord,
  MembershipRecord,
  PaymentRecord,
  ShipmentRecord,
  WaitingListEntryRecord,
} from "./record.js";
import { amount, code, count, currency, day, instant, oneOf, optionalText, text } from "./values.js";
import {
  advantageStates,
  membershipStates,
  paymentMethods,
  responseCodes,
  sentStates,
  shipmentChannels,
  shipmentKinds,
  shipmentStates,
  waitingListStates,
} from "./vocabulary.js";

const base = ["organization", "externalId", "version"];
export const paymentFields = new Set([...base, "order", "payer", "paidAt", "method", "amount", "currency"]);
export const waitingListEntryFields = new Set([...base, "contact", "product", "quantity", "requestedAt", "state"]);
export const membershipFields = new Set([...base, "contact", "product", "order", "validFrom", "validTo", "state"]);
export const advantageFields = new Set([...base, "contact", "code", "name", "validFrom", "validTo", "state"]);
export const shipmentFields = new Set([
  ...[...base, "contact", "kind", "channel", "subject", "recipient", "order", "createdAt", "sentAt", "state"],
  "responseCode",
]);

const method = oneOf(paymentMethods);
const quantity = count(1, 100_000);
const waitingListState = oneOf(waitingListStates);
const membershipState = oneOf(membershipStates);
const advantageState = oneOf(advantageStates);
const advantageName = text(200);
const shipmentKind = oneOf(shipmentKinds);
const channel = oneOf(shipmentChannels);
const shipmentState = oneOf(shipmentStates);
const responseCode = oneOf(responseCodes);
const subject = optionalText(500);
const recipient = optionalText(500);

export function readPayment(fields: RecordFields): PaymentRecord {
  return {
    kind: "payment",
    ...readBase(fields, "externalId"),
    order: fields.optional("order", code),
    payer: requiredContact(fields, "payer"),
    paidAt: fields.required("paidAt", instant),
    method: fields.required("method", method),
    amount: fields.required("amount", amount),
    currency: fields.required("currency", currency),
  };
}

export function readWaitingListEntry(fields: RecordFields): WaitingListEntryRecord {
  return {
    kind: "waitingListEntry",
    ...readBase(fields, "externalId"),
    contact: requiredContact(fields, "contact"),
    product: fields.required("product", code),
    quantity: fields.orElse("quantity", quantity, 1),
    requestedAt: fields.required("requestedAt", instant),
    state: fields.orElse("state", waitingListState, "WAITING"),
  };
}

export function readMembership(fields: RecordFields): MembershipRecord {
  const validFrom = fields.required("validFrom", day);
  const validTo = fields.optional("validTo", day);
  reportReversed(fields, "validTo", validFrom, validTo);
  return {
    kind: "membership",
    ...readBase(fields, "externalId"),
    contact: requiredContact(fields, "contact"),
    product: fields.required("product", code),
    order: fields.optional("order", code),
    ...{ validFrom, validTo },
    state: fields.orElse("state", membershipState, "ACTIVE"),
  };
}

export function readAdvantage(fields: RecordFields): AdvantageRecord {
  const validFrom = fields.optional("validFrom", day);
  const validTo = fields.optional("validTo", day);
  reportReversed(fields, "validTo", validFrom, validTo);
  return {
    kind: "advantage",
    ...readBase(fields, "externalId"),
    contact: requiredContact(fields, "contact"),
    code: fields.required("code", code),
    name: fields.required("name", advantageName),
    ...{ validFrom, validTo },
    state: fields.orElse("state", advantageState, "ASSIGNED"),
  };
}

export function readShipment(fields: RecordFields): ShipmentRecord {
  const state = fields.required("state", shipmentState);
  const sentAt = fields.optional("sentAt", instant);
  if (sentStates.has(state) && !fields.has("sentAt")) fields.report("sentAt", { code: "FIELD_REQUIRED" });
  return {
    kind: "shipment",
    ...readBase(fields, "externalId"),
    contact: requiredContact(fields, "contact"),
    shipmentKind: fields.required("kind", shipmentKind),
    channel: fields.required("channel", channel),
    subject: fields.optional("subject", subject),
    recipient: fields.optional("recipient", recipient),
    order: fields.optional("order", code),
    createdAt: fields.required("createdAt", instant),
    ...{ sentAt, state },
    responseCode: fields.optional("responseCode", responseCode),
  };
}
