import { expect } from "chai";
import { Kind } from "graphql";
import { DateTimeScalar } from "../../../src/platform/graphql/scalars.js";

describe("a DateTime", () => {
  const parsed = (text: string) => [
    DateTimeScalar.parseValue(text),
    DateTimeScalar.parseLiteral({ kind: Kind.STRING, value: text }, undefined),
  ];

  it("is an instant with its offset", () => {
    for (const instant of parsed("2026-01-31T12:00:00+01:00"))
      expect(instant).to.deep.equal(new Date("2026-01-31T11:00Z"));
  });

  for (const text of [
    "0000-12-31T23:59:59Z",
    "0001-01-01T00:00:00+10:00",
    "9999-12-31T23:59:59-10:00",
    "2026-01-31",
    "2026-02-30T00:00:00Z",
  ])
    it(`is none that has no day, or whose year in UTC has not four digits: ${text}`, () => {
      expect(() => parsed(text)).to.throw("A DateTime is an instant such as 2026-01-31T12:00:00Z.");
    });
});
