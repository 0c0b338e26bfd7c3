import { locales } from "../../../platform/i18n/locale.js";
import { isCountry } from "../../codes.js";

const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Names of countries in the product's languages, to their codes. */
const codes = new Map<string, string>();
for (const code of alphabet.flatMap((first) => alphabet.map((second) => first + second)).filter(isCountry)) {
  codes.set(code, code);
  for (const locale of locales) {
    const name = new Intl.DisplayNames([locale], { type: "region" }).of(code);
    if (name) codes.set(plain(name), code);
  }
}

/** Keyboards have the straight apostrophe, CLDR the curved one. */
function plain(name: string): string {
  return name.normalize("NFC").replaceAll("’", "'");
}

/** ISO 3166-1 alpha-2 code behind a code in capitals, or a name in English, French or Spanish; null for others. */
export function countryOf(text: string): string | null {
  return codes.get(plain(text)) ?? null;
}
