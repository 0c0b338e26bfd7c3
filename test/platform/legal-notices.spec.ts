import { expect } from "chai";
import { findLegalNotice } from "../../src/platform/legal-notices.js";

const codes = ["FREE_TEXT_CONTENT", "ALIAS_CONSENT", "CREATION_ON_BEHALF", "DATA_EXPORT", "OPERATOR_LOGIN"];

describe("legal notices (F14, F16, F60, F65, F66)", () => {
  for (const code of codes) {
    it(`${code} has a text of its own in each language, and a version`, () => {
      const found = (["en", "fr", "es"] as const).map((locale) => findLegalNotice(code, locale)!);

      expect(new Set(found.map(({ text }) => text)).size).to.equal(3);
      for (const notice of found) expect(notice).to.deep.include({ code, version: 1 });
    });
  }

  it("are none for another code, nor for what every object has", () => {
    for (const code of ["", "OTHER", "toString", "__proto__"]) expect(findLegalNotice(code, "en"), code).to.equal(null);
  });
});
