import type { Buyer } from "../../../contacts/index.js";

/** In the order of their weight. */
const refusals = [
  ["PURCHASE_REFUSED_BLOCKED", "blockedSince"],
  ["PURCHASE_REFUSED_INVALID", "invalidSince"],
  ["PURCHASE_REFUSED_ANONYMIZED", "anonymizedSince"],
] as const;

/**
 * Why the contact may not take part in a purchase that was made at this instant: at or after the start of a block,
 * invalidity or anonymization. Empty when it may (F07, F15, Q-12).
 */
export function purchaseRefusalsAt(buyer: Buyer, at: Date): string[] {
  return refusals.filter(([, since]) => buyer[since] !== null && buyer[since]! <= at).map(([code]) => code);
}
