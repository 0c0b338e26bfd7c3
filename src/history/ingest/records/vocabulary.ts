/** The codes of the records, which are those of the tables and of the API's enums. */

export const productKinds = [
  "PERFORMANCE",
  "MATCH",
  "EXHIBITION",
  "PASS",
  "SEASON_TICKET",
  "MEMBERSHIP",
  "GOODS",
  "GIFT",
] as const;

/** Products that can be made of others. */
export const compositeKinds: ReadonlySet<string> = new Set(["PASS", "SEASON_TICKET", "MEMBERSHIP"]);

export const operationKinds = ["OPTION", "RESERVATION", "SALE"] as const;
export const orderStates = ["ACTIVE", "CONFIRMED", "EXPIRED", "CANCELLED"] as const;
/** States of orders of which nothing stands. */
export const goneStates: ReadonlySet<string> = new Set(["EXPIRED", "CANCELLED"]);
export const ticketStates = ["VALID", "RETURNED", "CANCELLED"] as const;
export const questionTypes = ["TEXT", "ADDRESS", "EMAIL", "PHONE", "DATE", "NUMBER", "YES_NO", "CHOICE"] as const;
export const paymentMethods = ["CARD", "CASH", "TRANSFER", "VOUCHER", "INVOICE", "OTHER"] as const;
export const waitingListStates = ["WAITING", "SERVED", "CANCELLED"] as const;
export const membershipStates = ["ACTIVE", "REFUNDED", "CANCELLED"] as const;
export const advantageStates = ["ASSIGNED", "USED", "REVOKED"] as const;
export const shipmentKinds = [
  "CAMPAIGN",
  "PURCHASE_INFORMATION",
  "QUOTATION",
  "INVOICE",
  "TICKETS",
  "REMINDER",
  "PRIVACY_INFORMATION",
  "OTHER",
] as const;
export const shipmentChannels = ["EMAIL", "SMS", "LETTER", "PHONE", "ADVANTAGE", "WEB_LINK"] as const;
export const shipmentStates = ["QUEUED", "SENT", "DELIVERED", "BOUNCED", "REFUSED", "FAILED"] as const;
/** States of what has left the house. */
export const sentStates: ReadonlySet<string> = new Set(["SENT", "DELIVERED", "BOUNCED"]);
export const responseCodes = ["OPENED", "FOLLOWED", "SOFT_BOUNCED", "HARD_BOUNCED"] as const;
