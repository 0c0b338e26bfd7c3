import { expect } from "chai";
import { findLegalNotice } from "../../src/platform/legal-notices.js";
import { useDatabase } from "../support/database.js";

const codes = ["FREE_TEXT_CONTENT", "ALIAS_CONSENT", "CREATION_ON_BEHALF", "DATA_EXPORT", "OPERATOR_LOGIN"];

describe("legal notices as shipped (F14, F16, F60, F65, F66)", () => {
  const db = useDatabase();

  for (const code of codes) {
    it(`${code} has a text of its own in each language, and is version 1`, async () => {
      const found = [];
      for (const locale of ["en", "fr", "es"] as const)
        found.push((await findLegalNotice(db.context.db, { code, locale, version: null }))!);

      expect(new Set(found.map(({ text }) => text)).size).to.equal(3);
      for (const notice of found) expect(notice).to.deep.include({ code, version: 1 });
      expect(await findLegalNotice(db.context.db, { code, locale: "en", version: 1 })).to.deep.equal(found[0]);
      expect(await findLegalNotice(db.context.db, { code, locale: "en", version: 2 })).to.equal(null);
    });
  }

  it("are none for another code, nor for what every object has", async () => {
    for (const code of ["", "OTHER", "toString", "__proto__"])
      expect(await findLegalNotice(db.context.db, { code, locale: "en", version: null }), code).to.equal(null);
  });
});
