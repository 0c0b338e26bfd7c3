import { expect } from "chai";
import { countryOf } from "../../../src/contacts/import/contacts/country-names.js";

describe("countryOf (6.9)", () => {
  it("knows codes in capitals and names in English, French and Spanish", () => {
    for (const text of ["CH", "Switzerland", "Suisse", "Suiza"]) expect(countryOf(text), text).to.equal("CH");
    expect(countryOf("United Kingdom")).to.equal("GB");
    expect(countryOf("États-Unis")).to.equal("US");
  });

  it("knows names with straight apostrophes and with composed or combining accents", () => {
    for (const text of ["Côte d’Ivoire", "Côte d'Ivoire", "Co\u0302te d'Ivoire"])
      expect(countryOf(text), text).to.equal("CI");
  });

  it("guesses nothing", () => {
    for (const text of ["", "ch", "UK", "EU", "ZZ", "Suisse ", "suisse", "Atlantis", "Confoederatio Helvetica"]) {
      expect(countryOf(text), text).to.equal(null);
    }
  });
});
