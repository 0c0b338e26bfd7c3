import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** The shortest end of a number that it is found by, in digits. */
const shortestEnd = 6;

/**
 * What numbers are compared by: the digits of the international number from the last to the first, so that the end of
 * a number is the beginning of its key. However one number is written, its key is the same. Null without a digit.
 * @param country ISO 3166-1 alpha-2 code, for numbers without a country's prefix
 */
export function phoneKey(text: string, country: string): string | null {
  return reversed(internationalDigits(text, country) ?? plainDigits(text)) || null;
}

/**
 * The beginnings of keys that a wanted number may have: the number in any notation, or its last six digits or more.
 * Empty when the text is no such thing.
 */
export function wantedPhoneKeys(text: string, country: string): string[] {
  if (!/^[+\d\s()./-]+$/.test(text) || text.replace(/\D/g, "").length < shortestEnd) return [];
  const international = internationalDigits(text, country);
  const plain = plainDigits(text);
  const keys = [international, plain].filter((digits) => digits !== null && digits.length >= shortestEnd) as string[];
  return [...new Set(keys.map(reversed))];
}

/** Digits with the country's prefix; null when the text is no number there. */
function internationalDigits(text: string, country: string): string | null {
  // 00 stands for + in most of the world, but the library takes it only where the default country dials so
  const dialled = text.trim().replace(/^00/, "+");
  const region = isSupportedCountry(country) ? (country as CountryCode) : undefined;
  return parsePhoneNumberFromString(dialled, region)?.number.slice(1) ?? null;
}

/** Without zeros in front: they dial out, or to another country, and are no part of the international number. */
function plainDigits(text: string): string {
  return text.replace(/\D/g, "").replace(/^0+/, "");
}

function reversed(digits: string): string {
  return [...digits].reverse().join("");
}
