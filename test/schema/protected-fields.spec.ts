import { expect } from "chai";
import { isNonNullType } from "graphql";
import type { FieldCatalogue } from "../../src/platform/access/fields.js";
import { declaredSchemas, mergedCatalogue, type OutputField, outputFields } from "./subgraphs.js";

/** What a caller who sees a contact at all always sees of it. */
const neverWithheld = [
  "id",
  "type",
  "contactNumber",
  "confidentialityLevel",
  "isValid",
  "anonymizedAt",
  "version",
  "redactions",
];

/** Types with `redactions` whose fields are not in the catalogue, and why. */
const withheldOtherwise: Readonly<Record<string, string>> = {
  AuditEntry: "its values are withheld with the field that they were values of",
  ImportChange: "its values are withheld with the field that they were values of",
  ContactCriterion: "its values are withheld by the level of their definition",
};

/** Nullable fields of protected types that are never withheld, and why. */
const nullableForOthers: Readonly<Record<string, string>> = {
  "Contact.anonymizedAt": "never withheld; null for all who are not anonymized",
  "ContactSummary.anonymizedAt": "as of the contact",
};

describe("fields that can be withheld (ring 4)", () => {
  let fields: { path: string; type: string; field: OutputField }[];
  let catalogue: FieldCatalogue;

  before(async () => {
    fields = [...(await declaredSchemas()).values()].flatMap(outputFields);
    catalogue = mergedCatalogue();
  });

  const find = (type: string, name: string) => fields.filter(({ path }) => path === `${type}.${name}`);
  const entries = () =>
    Object.entries(catalogue).flatMap(([type, rules]) => Object.keys(rules).map((name) => ({ type, name })));

  it("exist, and are nullable, so that withholding one does not take the object with it", () => {
    const odd = entries().filter(({ type, name }) => {
      const found = find(type, name);
      return found.length === 0 || found.some(({ field }) => isNonNullType(field.type));
    });
    expect(odd.map(({ type, name }) => `${type}.${name}`)).to.deep.equal([]);
  });

  it("are all in the catalogue: a nullable field of a protected type that is not there was forgotten", () => {
    const forgotten = fields.filter(
      ({ path, type, field }) =>
        catalogue[type] && !isNonNullType(field.type) && !catalogue[type][field.name] && !nullableForOthers[path],
    );
    expect(forgotten.map(({ path }) => path)).to.deep.equal([]);
  });

  it("include everything about a contact but what says which contact it is", () => {
    const ofContact = fields.filter(({ type }) => type === "Contact").map(({ field }) => field.name);
    const expected = Object.keys(catalogue.Contact ?? {});
    expect([...new Set(ofContact)].filter((name) => !neverWithheld.includes(name)).sort()).to.deep.equal(
      expected.sort(),
    );
  });

  it("are listed in `redactions` of their own object", () => {
    const without = Object.keys(catalogue).filter(
      (type) => find(type, "redactions").map(({ field }) => String(field.type))[0] !== "[Redaction!]!",
    );
    expect(without).to.deep.equal([]);
  });

  it("belong to each type that has `redactions`", () => {
    const types = fields.filter(({ field }) => field.name === "redactions").map(({ type }) => type);
    expect(types.filter((type) => !catalogue[type] && !withheldOtherwise[type])).to.deep.equal([]);
  });

  it("derive only from fields that are in the catalogue", () => {
    const unknown = Object.entries(catalogue).flatMap(([type, rules]) =>
      Object.values(rules)
        .flatMap(({ derivedFrom = [] }) => derivedFrom)
        .map((source) => (source.includes(".") ? source : `${type}.${source}`))
        .filter((source) => !catalogue[source.split(".")[0]!]?.[source.split(".")[1]!]),
    );
    expect(unknown).to.deep.equal([]);
  });
});
