import { type Problem, problem } from "../../platform/errors/user-error.js";
import { freeTextProblems, tidy } from "../contact.validation.js";
import type { AliasValues } from "./alias.sql.js";
import type { AddPaymentAliasInput } from "./alias.type.js";
import { holdsCardNumber } from "./card-number.js";

const longestAlias = 128;
const longestProvider = 60;
const alias = new RegExp(`^[!-~]{1,${longestAlias}}$`);

/** What the input gives, tidied. */
export function aliasValues(input: AddPaymentAliasInput): AliasValues {
  const { alias, provider = null, maskedNumber = null, expiryMonth = null, expiryYear = null } = tidy({ ...input });
  return { alias: alias ?? "", provider, maskedNumber, expiryMonth, expiryYear };
}

/** What is wrong with an alias, its consent before all. No text of the input may hold a card number, its key neither. */
export function aliasProblems(values: AliasValues, input: AddPaymentAliasInput): Problem[] {
  if (input.buyerConsentConfirmed !== true) return [problem("BUYER_CONSENT_REQUIRED", ["buyerConsentConfirmed"])];
  const texts = { ...values, idempotencyKey: input.idempotencyKey };
  const cards = (["alias", "provider", "maskedNumber", "idempotencyKey"] as const)
    .filter((field) => holdsCardNumber(texts[field] ?? ""))
    .map((field) => problem("CARD_NUMBER_REFUSED", [field]));
  return cards.length > 0 ? cards : shapeProblems(values);
}

function shapeProblems(values: AliasValues): Problem[] {
  const { provider, maskedNumber, expiryMonth, expiryYear } = values;
  const isExpiry = expiryMonth !== null && expiryYear !== null && isMonth(expiryMonth) && isYear(expiryYear);
  return [
    ...(alias.test(values.alias) ? [] : [problem("INVALID_ALIAS", ["alias"], { maximum: longestAlias })]),
    ...(provider === null ? [] : freeTextProblems(provider, "provider", longestProvider)),
    ...(maskedNumber === null || isMasked(maskedNumber) ? [] : [problem("INVALID_MASKED_NUMBER", ["maskedNumber"])]),
    ...(isExpiry || (expiryMonth === null && expiryYear === null) ? [] : [problem("INVALID_EXPIRY", ["expiryMonth"])]),
  ];
}

const isMasked = (text: string): boolean => /^[*\u2022xX. -]{0,20}\d{4}$/.test(text);
const isMonth = (month: number): boolean => month >= 1 && month <= 12;
const isYear = (year: number): boolean => year >= 2000 && year <= 2099;
