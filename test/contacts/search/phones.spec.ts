import { expect } from "chai";
import fc from "fast-check";
import { phoneKey, wantedPhoneKeys } from "../../../src/contacts/search/phone-key.js";
import { useDatabase } from "../../support/database.js";
import { searcher } from "./searcher.js";

const blank = fc.constantFrom("", " ", "-", ".", "/", " - ");

/** The number 21 555 66 77 in Switzerland, as people write it. */
const notation = fc
  .record({
    prefix: fc.constantFrom("+41", "0041", "+41 (0)", "0041(0)", "0", "(0)", "+41 ", "0041-"),
    blanks: fc.array(blank, { minLength: 8, maxLength: 8 }),
  })
  .map(({ prefix, blanks }) => prefix + [..."215556677"].map((digit, at) => digit + (blanks[at] ?? "")).join(""));

describe("searching by telephone number", () => {
  const db = useDatabase();
  const { search, refusalsOf } = searcher(db);
  const idsOf = async (filter: object) => (await search(filter)).nodes.map(({ id }) => id);

  it("finds a number in every notation, fixed or mobile, however it is stored (property)", async () => {
    await fc.assert(
      fc.property(notation, notation, (stored, wanted) => {
        const key = phoneKey(stored, "CH");
        expect(key).to.equal("77665551214");
        expect(wantedPhoneKeys(wanted, "CH").some((each) => key?.startsWith(each))).to.equal(true);
      }),
    );
    const { opaqueId: fixed } = await db.insertContact({ phone: "021 555 66 77" });
    const { opaqueId: mobile } = await db.insertContact({ mobile: "0041 (0)21 555 66 77" });
    await db.insertContact({ phone: "+41 22 555 66 77", mobile: "+33 2 15 55 66 88" });

    for (const wanted of fc.sample(notation, { numRuns: 25, seed: 2 })) {
      for (const filter of [{ text: wanted }, { phone: wanted }])
        expect((await idsOf(filter)).sort(), wanted).to.deep.equal([fixed, mobile].sort());
    }
  });

  it("finds by the last six digits or more, and by no fewer", async () => {
    const { opaqueId } = await db.insertContact({ phone: "+33 (0)1 44 98 76 54" });

    for (const phone of ["98 76 54", "4498 7654", "01.44.98.76.54", "+33144987654"])
      expect(await idsOf({ phone }), phone).to.deep.equal([opaqueId]);
    expect(await idsOf({ text: "87654" })).to.deep.equal([]);
    for (const phone of ["87654", "call me"]) expect(await refusalsOf({ phone })).to.deep.equal(["BAD_USER_INPUT"]);
  });

  it("keeps a number that is none of any country by its digits", () => {
    expect(phoneKey("117", "CH")).to.match(/^711/);
    expect(phoneKey("()", "CH")).to.equal(null);
    expect(phoneKey("0049 30 123456", "XX")).to.equal("6543210394");
  });
});
