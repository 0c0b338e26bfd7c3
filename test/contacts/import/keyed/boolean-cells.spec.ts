import { expect } from "chai";
import fc from "fast-check";
import { invalidBoolean, readBoolean } from "../../../../src/contacts/import/keyed/boolean-cells.js";

/** Domain 6.5, word by word. */
const table = {
  TRUE: ["TRUE", "true", "T", "t"],
  FALSE: ["FALSE", "false", "F", "f"],
  EMPTY: ["Empty"],
} as const;
const others = ["True", "False", "EMPTY", "empty", "yes", "oui", "2", "00", "null", "-", "", "toString", "__proto__"];
const remade = { TRUE: ["VRAI", "VERDADERO", "WAHR", "VERO", "1"], FALSE: ["FAUX", "FALSO", "FALSCH", "0"] } as const;

describe("cells of authorizations and of yes and no (F90)", () => {
  for (const [value, spellings] of Object.entries(table))
    it(`are ${value} as ${spellings.join(", ")}`, () => {
      expect(spellings.map(readBoolean)).to.deep.equal(spellings.map(() => value));
    });

  it("are nothing in any other spelling, however near", () => {
    const accepted = new Set<string>(Object.values(table).flat());
    const near = fc.constantFrom(...others, ...Object.values(remade).flat());

    fc.assert(
      fc.property(fc.oneof(near, fc.string(), fc.mixedCase(fc.constantFrom(...accepted))), (cell) => {
        fc.pre(!accepted.has(cell));
        expect(readBoolean(cell)).to.equal(null);
      }),
    );
  });

  it("come with a hint where a spreadsheet has made something else of them, and only there", () => {
    for (const [value, cells] of Object.entries(remade))
      for (const cell of cells)
        expect(invalidBoolean(cell, "SMS").parameters).to.include({ hint: ` (${cell} = ${value})` });
    for (const cell of others) expect(invalidBoolean(cell, "SMS").parameters).to.include({ hint: "" });
  });
});
