import { expect } from "chai";
import fc from "fast-check";
import { decodeAnyId, decodeId, encodeId } from "../../../src/platform/graphql/opaque-id.js";

const largest = 9_223_372_036_854_775_807n;
const types = fc.constantFrom("Contact", "Order", "A");
const ids = fc.oneof(fc.bigInt(1n, 10n ** 13n), fc.bigInt(1n, largest)).map(String);

describe("opaque ids", () => {
  it("lead back to what they were made of, under their own type alone", () => {
    fc.assert(
      fc.property(types, ids, (type, id) => {
        expect(decodeId(type, encodeId(type, id))).to.equal(id);
        expect(decodeId("Ticket", encodeId(type, id))).to.equal(null);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are read alike, whether their type is known or not, and however they were garbled", () => {
    const character = fc.constantFrom(..."AZaz059-_=+/é".split(""));
    const garbled = fc
      .tuple(types, ids, fc.nat(24), fc.nat(2), fc.string({ unit: character, maxLength: 2 }))
      .map(([type, id, at, cut, put]) => {
        const opaque = encodeId(type, id);
        return { type, opaque: opaque.slice(0, at) + put + opaque.slice(at + cut) };
      });

    fc.assert(
      fc.property(garbled, ({ type, opaque }) => {
        const decoded = decodeAnyId(opaque);

        expect(decodeId(type, opaque)).to.equal(decoded?.type === type ? decoded.id : null);
      }),
      { numRuns: 5_000 },
    );
  });

  it("are none for numbers that begin with a zero, are none, or are too large", () => {
    for (const number of ["0", "01", "", "-1", "1.5", "9223372036854775808", "99999999999999999999"])
      expect(decodeId("Contact", encodeId("Contact", number)), number).to.equal(null);
  });
});
