import { expect } from "chai";
import fc from "fast-check";
import { holdsCardNumber } from "../../../src/contacts/aliases/card-number.js";

/** The digit that makes a number right. */
function withCheckDigit(digits: readonly number[]): number[] {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return [...digits, (10 - (sum % 10)) % 10];
}

const digit = fc.integer({ min: 0, max: 9 });
const card = fc.array(digit, { minLength: 12, maxLength: 18 }).map(withCheckDigit);
/** Zeros of scripts that have digits of their own. */
const zero = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce);
const separator = fc.constantFrom("", "", " ", "-", "\u00a0", "\u2011", ".", "/", " - ", "\u200b", "_", "\n");
const around = fc.constantFrom("", "card ", "tok_", "n\u00b0 ", "(", "x");

const disguised = fc
  .record({
    digits: card,
    zero,
    separators: fc.array(separator, { minLength: 19, maxLength: 19 }),
    before: around,
    after: fc.constantFrom("", " ", "x", " exp 12/27", ")", ", thanks"),
  })
  .map(({ digits, zero: first, separators, before, after }) => {
    const signs = digits.map(
      (value, index) => (index > 0 ? separators[index] : "") + String.fromCodePoint(first + value),
    );
    return before + signs.join("") + after;
  });

describe("the number of a card (F13)", () => {
  it("is found in any digits, with anything but letters between them, inside any text", () => {
    fc.assert(
      fc.property(disguised, (text) => {
        expect(holdsCardNumber(text), JSON.stringify(text)).to.equal(true);
      }),
      { numRuns: 1_000 },
    );
  });

  for (const text of [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "5500005555555559",
    "378282246310005",
    "4111 1111 1111 1111 12/27 123",
    "41111111111111111227",
    "4111111111111111123",
    "00000004111111111111111",
    "alias 6011000990139424, of Tuesday",
  ]) {
    it(`is found in "${text}"`, () => {
      expect(holdsCardNumber(text)).to.equal(true);
    });
  }

  it("is not one with a wrong check digit", () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 1, max: 9 }), (digits, wrong) => {
        const last = digits.length - 1;
        // no network's, so that no shorter number in front can be right by chance
        const text = ["9", ...digits.slice(1, last), (digits[last]! + wrong) % 10].join("");
        const right = withCheckDigit([9, ...digits.slice(1, last)]).join("");
        expect(holdsCardNumber(text)).to.equal(text === right);
      }),
    );
  });

  for (const text of [
    "",
    "1234",
    "411111111111",
    "tok_1N3T00LkdIwHu7ixt44h1F8k",
    "550e8400-e29b-41d4-a716-446655440000",
    "70119122433810042",
    "4111x1111x1111x1111",
  ]) {
    it(`is not found in "${text}"`, () => {
      expect(holdsCardNumber(text)).to.equal(false);
    });
  }
});
