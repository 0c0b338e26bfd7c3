import { expect } from "chai";
import fc from "fast-check";
import { type GraphQLInputObjectType, getNamedType, isInputObjectType } from "graphql";
import { readRecord } from "../../../src/history/ingest/records/read-record.js";
import { recordKinds } from "../../../src/history/ingest/records/record.js";
import { historySchema } from "../../support/ingest.js";

describe("the shape of records", () => {
  const unknownFieldsOf = (value: unknown) =>
    readRecord(value).problems.filter(({ code }) => code === "RECORD_FIELD_UNKNOWN");

  it("is the same in GraphQL and in files: whatever a request can say, a line can say, and nothing else", async () => {
    const input = (await historySchema()).getType("HistoryRecordInput") as GraphQLInputObjectType;
    expect(Object.keys(input.getFields())).to.have.members([...recordKinds]);

    for (const [kind, { type }] of Object.entries(input.getFields())) {
      const filled = filledOf(getNamedType(type) as GraphQLInputObjectType);
      expect(unknownFieldsOf({ [kind]: filled }), kind).to.deep.equal([]);
      const told = unknownFieldsOf({ [kind]: { surplus: 1 } })[0]!.parameters!.known as string;
      expect(told.split(", "), kind).to.have.members(Object.keys(filled));
    }
  });

  /** An object with every field, lists with one item each. */
  function filledOf(type: GraphQLInputObjectType): Record<string, unknown> {
    const exampleOf = (field: { type: unknown }) => {
      const named = getNamedType(field.type as never);
      const value = isInputObjectType(named) ? filledOf(named) : "x";
      return String(field.type).startsWith("[") ? [value] : value;
    };
    return Object.fromEntries(Object.entries(type.getFields()).map(([name, field]) => [name, exampleOf(field)]));
  }

  it("is found fault with, never crashed by, whatever a line holds", () => {
    const names = [
      "organization",
      "version",
      "lines",
      "tickets",
      "beneficiary",
      "answers",
      "parts",
      "purchaser",
      "contact",
    ];
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(
          null,
          true,
          -1,
          1.5,
          1e300,
          "",
          " ",
          "x".repeat(5_000),
          "\u0000",
          "\ud800",
          "2026-02-30",
          "-0.005",
        ),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie("value"), { maxKeys: 5 }),
      ),
    }));

    fc.assert(
      fc.property(fc.constantFrom(...recordKinds), value, (kind, content) => {
        const { record, problems } = readRecord({ [kind]: content });
        expect(record).to.equal(null);
        expect(problems.length).to.be.within(1, 20);
        for (const { path } of problems) expect(path.join()).to.match(/^[\w,]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it("takes text as text: numbers, days and instants that JavaScript would bend are refused", () => {
    const order = (wish: object) => ({
      order: {
        ...{
          organization: "O",
          orderNumber: "1",
          version: 1,
          operationKind: "SALE",
          orderedAt: "2026-03-29T02:30:00+01:00",
        },
        ...{ currency: "CHF", total: "1.00", ...wish },
      },
    });
    const codesOf = (wish: object) =>
      readRecord(order(wish)).problems.map(({ code, path }) => `${code} ${path.at(-1)}`);

    expect(codesOf({})).to.deep.equal([]);
    expect(codesOf({ total: 1 })).to.deep.equal(["RECORD_AMOUNT_EXPECTED total"]);
    expect(codesOf({ total: "1.005" })).to.deep.equal(["RECORD_AMOUNT_EXPECTED total"]);
    expect(codesOf({ orderedAt: "2026-02-30T10:00:00Z" })).to.deep.equal(["RECORD_INSTANT_EXPECTED orderedAt"]);
    expect(codesOf({ orderedAt: "2026-02-20T10:00:00" })).to.deep.equal(["RECORD_INSTANT_EXPECTED orderedAt"]);
    // in some time zone it would be a day of the year 10000, or of the year 0
    expect(codesOf({ orderedAt: "9999-12-31T23:30:00Z" })).to.deep.equal(["RECORD_INSTANT_EXPECTED orderedAt"]);
    expect(codesOf({ orderedAt: "0001-01-01T00:30:00Z" })).to.deep.equal(["RECORD_INSTANT_EXPECTED orderedAt"]);
    for (const mark of ["\u202e", "\u2066", "\u0007", "\ud800"]) {
      expect(codesOf({ orderNumber: `1${mark}2` })).to.deep.equal(["INVALID_CHARACTERS orderNumber"]);
      expect(codesOf({ remark: `1\n${mark}2` })).to.deep.equal(["INVALID_CHARACTERS remark"]);
    }
    expect(codesOf({ version: 2 ** 53 })).to.deep.equal(["RECORD_NUMBER_EXPECTED version"]);
    expect(codesOf({ ipAddress: "fe80::1%eth0" })).to.deep.equal(["RECORD_IP_EXPECTED ipAddress"]);
    expect(codesOf({ orderNumber: 7 })).to.deep.equal(["RECORD_TEXT_EXPECTED orderNumber"]);
    expect(codesOf({ purchaser: {} })).to.deep.equal(["RECORD_CONTACT_EXPECTED purchaser"]);
    const line = { lineNumber: 1, product: "P", quantity: 1, amount: "1.00" };
    expect(codesOf({ lines: [line, line] })).to.deep.equal(["RECORD_NUMBER_REPEATED 1"]);
  });
});
