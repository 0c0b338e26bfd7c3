import { expect } from "chai";
import fc from "fast-check";
import {
  identityNumberProblems,
  maskIdentityNumber,
  normalizeIdentityNumber,
} from "../../../src/contacts/identity/identity-number.js";

const sign = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
const number = fc.array(sign, { minLength: 5, maxLength: 40 }).map((signs) => signs.join(""));
const noise = fc.array(fc.constantFrom(" ", "-", ".", "\u00a0", "\u2011", "\u2013", "\t"), { maxLength: 2 });

describe("identity numbers (F10)", () => {
  it("are the same whatever their capitals, blanks, dots and hyphens", () => {
    const spelling = number.chain((plain) =>
      fc
        .tuple(fc.array(noise, { minLength: plain.length, maxLength: plain.length }), fc.infiniteStream(fc.boolean()))
        .map(([gaps, small]) => {
          const signs = [...plain].map((each, index) => {
            const { value } = small.next();
            return gaps[index]!.join("") + (value ? each.toLowerCase() : each);
          });
          return { plain, spelt: signs.join("") };
        }),
    );
    fc.assert(
      fc.property(spelling, ({ plain, spelt }) => {
        expect(normalizeIdentityNumber(spelt)).to.equal(plain);
      }),
    );
  });

  it("differ when a letter or digit does", () => {
    fc.assert(
      fc.property(number, number, (one, other) => {
        expect(normalizeIdentityNumber(one) === normalizeIdentityNumber(other)).to.equal(one === other);
      }),
    );
  });

  it("stay as they are when normalised twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        const once = normalizeIdentityNumber(text);
        expect(normalizeIdentityNumber(once)).to.equal(once);
      }),
    );
  });

  it("are masked but for their last three characters, whatever their length", () => {
    expect(maskIdentityNumber("X-12 34.123")).to.equal("***123");
    fc.assert(
      fc.property(number, (plain) => {
        expect(maskIdentityNumber(plain)).to.equal(`***${plain.slice(-3)}`);
      }),
    );
  });

  it("have 5 to 40 letters and digits", () => {
    const bad = ["1234", "A-1.2 3", "x".repeat(41), "12345\u0000", "AB<script>", "12345\u202e"];
    for (const text of bad)
      expect(
        identityNumberProblems(text, "n").map(({ code }) => code),
        text,
      ).to.deep.equal(["INVALID_IDENTITY_NUMBER"]);
    for (const text of ["12345", "c01X00T47", "E 1234/56-7"])
      expect(identityNumberProblems(text, "n"), text).to.deep.equal([]);
  });
});
