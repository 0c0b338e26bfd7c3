import { expect } from "chai";
import { isCountry, isLanguage } from "../../src/contacts/codes.js";
import { countryOf } from "../../src/contacts/import/contacts/country-names.js";

const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));

describe("codes of countries and languages", () => {
  it("are the 249 of ISO 3166-1, and Kosovo's", () => {
    expect(pairs.filter(isCountry)).to.have.lengthOf(250).and.to.include.members(["CH", "FR", "GB", "ES", "XK"]);
  });

  it("are none that was withdrawn, is an alias, or names no country", () => {
    for (const code of ["FX", "UK", "SU", "DD", "YU", "AN", "EU", "UN", "ZZ", "XX", "ch", "CHE", ""]) {
      expect(isCountry(code), code).to.equal(false);
    }
    for (const code of ["iw", "xx", "FR", "fra", ""]) expect(isLanguage(code), code).to.equal(false);
    for (const code of ["fr", "en", "es", "de", "rm"]) expect(isLanguage(code), code).to.equal(true);
  });

  it("are found by the country's name in each language, one code for each name", () => {
    const names: [string, string][] = [
      ["France", "FR"],
      ["Suisse", "CH"],
      ["Suiza", "CH"],
      ["Alemania", "DE"],
      ["Royaume-Uni", "GB"],
      ["CH", "CH"],
    ];
    for (const [name, code] of names) expect(countryOf(name), name).to.equal(code);
    for (const name of ["FX", "UK", "Atlantide", "france"]) expect(countryOf(name), name).to.equal(null);
  });
});
