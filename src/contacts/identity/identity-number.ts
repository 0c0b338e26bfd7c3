import { type Problem, problem } from "../../platform/errors/user-error.js";

const shortest = 5;
const longest = 40;

/** The form in which two spellings of a number are the same: capitals, without blanks, dots and hyphens (F10). */
export function normalizeIdentityNumber(number: string): string {
  return number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s.\p{Pd}\u00AD\u2212]/gu, "");
}

/** Its last three characters, behind as many stars for every number. */
export function maskIdentityNumber(number: string): string {
  return `***${normalizeIdentityNumber(number).slice(-3)}`;
}

/** What is wrong with a number. Shorter ones would be told by their last three characters. */
export function identityNumberProblems(number: string, field: string): Problem[] {
  const normalized = normalizeIdentityNumber(number);
  const isNumber = /^[\p{L}\p{N}/]+$/u.test(normalized) && number.length <= 2 * longest;
  const isLong = normalized.length >= shortest && normalized.length <= longest;
  return isNumber && isLong ? [] : [problem("INVALID_IDENTITY_NUMBER", [field], { shortest, longest })];
}
