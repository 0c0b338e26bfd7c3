/** Region codes that CLDR names beside the countries of ISO 3166-1. */
const notCountries = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"]);

const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** True for an ISO 3166-1 alpha-2 code in capitals. `UK` is none: the code is GB; neither are withdrawn ones. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || notCountries.has(code) || regions.of(code) === undefined) return false;
  // CLDR still names withdrawn codes, FX as France; their canonical form is another one
  return new Intl.Locale(`und-${code}`).region === code;
}

/** True for an ISO 639-1 code in small letters; withdrawn ones are none. */
export function isLanguage(code: string): boolean {
  if (!/^[a-z]{2}$/.test(code) || languages.of(code) === undefined) return false;
  return new Intl.Locale(code).language === code;
}
