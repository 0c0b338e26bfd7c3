import { expect } from "chai";
import fc from "fast-check";
import { ContactType } from "../../../src/contacts/contact.enums.js";
import { CriterionApplicability, CriterionKind } from "../../../src/contacts/criteria/criterion.enums.js";
import type { DefinitionRow, ValueRow } from "../../../src/contacts/criteria/criterion.sql.js";
import {
  type CriterionState,
  criterionProblems,
  isSameState,
  type Judgement,
  nothing,
  wishedState,
} from "../../../src/contacts/criteria/criterion-rules.js";

const definition = fc.record<DefinitionRow>({
  id: fc.constant(1),
  code: fc.constant("C"),
  kind: fc.constantFrom(...Object.values(CriterionKind)),
  applicability: fc.constantFrom(...Object.values(CriterionApplicability)),
  isCompulsory: fc.boolean(),
  isActive: fc.boolean(),
  isVisibleOnInternet: fc.boolean(),
  organization: fc.constantFrom(null, "OPERA"),
  level: fc.constantFrom(0, 1, 2),
  labelEn: fc.constant("C"),
  labelFr: fc.constant(null),
  labelEs: fc.constant(null),
  position: fc.nat(),
  version: fc.nat(),
});
const code = fc.constantFrom("A", "B", "C", "D", "UNKNOWN");
const wish = fc.oneof(
  fc.record({ values: fc.array(code, { maxLength: 6 }) }),
  fc.record({ yesNo: fc.boolean() }),
  fc.record({ text: fc.constantFrom("", " ", "a", " a ", "b\nc", "Empty") }),
  fc.constant({ clear: true }),
);
const value = (internalCode: string): ValueRow => ({
  ...{ criterionId: 1, internalCode, labelEn: internalCode, labelFr: null, labelEs: null, position: 1, version: 1 },
  isActive: internalCode !== "C",
  organization: internalCode === "D" ? "MUSEUM" : null,
});
const values = new Map(["A", "B", "C", "D"].map((each) => [each, value(each)]));
const contactType = fc.constantFrom(ContactType.INDIVIDUAL, ContactType.STRUCTURE);

/** What a contact may have of a kind, however it came to it. */
const heldOf = ({ kind }: DefinitionRow): fc.Arbitrary<CriterionState> => {
  if (kind === CriterionKind.FREE_TEXT) return fc.constantFrom(nothing, { codes: [""], text: "a" });
  if (kind === CriterionKind.YES_NO) return fc.constantFrom(nothing, { codes: ["TRUE"], text: null });
  const codes = fc.uniqueArray(fc.constantFrom("A", "B", "C", "D"), { maxLength: kind === CriterionKind.LIST ? 1 : 4 });
  return codes.map((each) => ({ codes: each.sort(), text: null }));
};
const change = definition.chain((each) =>
  fc.record({
    definition: fc.constant(each),
    held: heldOf(each),
    wish,
    contactType,
    organizations: fc.subarray(["OPERA"]),
  }),
);
const judgementOf = (given: Omit<Judgement, "values">): Judgement => ({ ...given, values });

describe("what contacts may have for a criterion", () => {
  it("is a set: order and repeats of a wish make no difference", () => {
    fc.assert(
      fc.property(fc.array(code), fc.func(fc.nat()), (codes, shuffle) => {
        const other = [...codes, ...codes].sort((a, b) => shuffle(a) - shuffle(b));

        const [one, two] = [codes, other].map((each) => wishedState(CriterionKind.MULTI_LIST, { values: each })!);

        expect(one).to.deep.equal(two);
        expect(one!.codes).to.deep.equal([...new Set(one!.codes)].sort());
      }),
    );
  });

  it("stays what it is: a wish for what the contact has is never refused (F69)", () => {
    fc.assert(
      fc.property(change, ({ held, wish: _, ...given }) => {
        expect(criterionProblems(held, judgementOf({ ...given, held }))).to.deep.equal([]);
      }),
    );
  });

  it("can be asked for again once it was given", () => {
    fc.assert(
      fc.property(change, ({ wish: wished, ...given }) => {
        const state = wishedState(given.definition.kind, wished);
        fc.pre(state !== null && criterionProblems(state, judgementOf(given)).length === 0);

        const again = criterionProblems(state!, judgementOf({ ...given, held: state! }));

        expect(again).to.deep.equal([]);
      }),
    );
  });

  it("only ever gains active values of one's own organization, for contacts that it is for", () => {
    fc.assert(
      fc.property(change, ({ wish: wished, ...given }) => {
        const state = wishedState(given.definition.kind, wished);
        fc.pre(state !== null && criterionProblems(state, judgementOf(given)).length === 0);
        const { definition: defined, held, organizations, contactType: type } = given;
        fc.pre(!isSameState(state!, held));
        const { isActive, organization, applicability, isCompulsory, kind } = defined;
        const applies = applicability === "BOTH" || String(applicability) === type;

        expect(organization === null || organizations.includes(organization)).to.equal(true);
        if (isSameState(state!, nothing)) {
          expect(isCompulsory && isActive && applies).to.equal(false);
          return;
        }
        expect([isActive, applies]).to.deep.equal([true, true]);
        const isList = kind === CriterionKind.LIST || kind === CriterionKind.MULTI_LIST;
        const gained = isList ? state!.codes.filter((each) => !held.codes.includes(each)) : [];
        expect(gained.every((each) => each === "A" || each === "B")).to.equal(true);
        if (kind === CriterionKind.LIST) expect(state!.codes).to.have.length(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is asked for by exactly one field, that of its kind", () => {
    fc.assert(
      fc.property(definition, wish, wish, ({ kind }, one, two) => {
        const both = { ...one, ...two };
        if (Object.keys(both).length > 1) expect(wishedState(kind, both)).to.equal(null);
        expect(wishedState(kind, {})).to.equal(null);
        expect(wishedState(kind, { clear: true })).to.deep.equal(nothing);
        expect(wishedState(kind, { clear: false })).to.equal(null);
      }),
    );
  });
});
