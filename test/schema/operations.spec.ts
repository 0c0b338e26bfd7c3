import { expect } from "chai";
import { type GraphQLNamedType, getNamedType, isNonNullType, isObjectType } from "graphql";
import { permissions } from "../../src/platform/access/permissions.js";
import { type ModuleName, moduleNames } from "../../src/platform/module.js";
import {
  furtherContactFields,
  furtherOperations,
  promisedContactFields,
  promisedMutations,
  promisedQueries,
  promisedSubscriptions,
} from "./operation-names.js";
import { declaredSchemas, type OutputField, outputFields, rootFields } from "./subgraphs.js";

describe("the operations of the subgraphs", () => {
  let roots: { kind: string; field: OutputField }[];
  let contactFields: { module: ModuleName; name: string }[];

  before(async () => {
    const schemas = await declaredSchemas();
    roots = [...schemas.values()].flatMap(rootFields);
    contactFields = [...schemas].flatMap(([module, schema]) =>
      outputFields(schema)
        .filter(({ type }) => type === "Contact")
        .map(({ field }) => ({ module, name: field.name })),
    );
  });

  it("come from all four modules", () => {
    expect(new Set(contactFields.map(({ module }) => module))).to.deep.equal(new Set(moduleNames));
  });

  it("declare a permission each (F02)", () => {
    const without = roots.filter(({ field }) => !permissions.includes(field.extensions.permission as never));
    expect(without.map(({ field }) => field.name)).to.deep.equal([]);
  });

  it("take one argument called input and answer with a payload, when they change something", () => {
    const odd = mutations().filter(({ args, type }) => {
      const isOneInput = args.length === 1 && args[0]!.name === "input" && isNonNullType(args[0]!.type);
      return !isOneInput || !isNonNullType(type) || !getNamedType(type).name.endsWith("Payload");
    });
    expect(odd.map(({ name }) => name)).to.deep.equal([]);
  });

  it("name the input and the payload after the mutation", () => {
    const odd = mutations().filter(({ name, args, type }) => {
      const title = name[0]!.toUpperCase() + name.slice(1);
      return getNamedType(args[0]!.type).name !== `${title}Input` || getNamedType(type).name !== `${title}Payload`;
    });
    expect(odd.map(({ name }) => name)).to.deep.equal([]);
  });

  it("answer userErrors and warnings beside what was changed", () => {
    for (const { name, type } of mutations()) {
      const payload = getNamedType(type);
      expect(typeOf(payload, "userErrors"), `${name} userErrors`).to.equal("[UserError!]!");
      expect(typeOf(payload, "warnings"), `${name} warnings`).to.equal("[Warning!]!");
    }
  });

  it("are spelled as clients elsewhere were promised (domain 8)", () => {
    const promised: Record<string, readonly string[]> = {
      Query: promisedQueries,
      Mutation: promisedMutations,
      Subscription: promisedSubscriptions,
    };
    const unknown = roots.filter(({ kind, field }) => !promised[kind]!.includes(field.name));
    expect(unknown.map(({ field }) => field.name).filter((name) => !furtherOperations[name])).to.deep.equal([]);
  });

  it("extend the contact file with fields of the promised names (domain 8)", () => {
    const extensions = contactFields.filter(({ module }) => module !== "contacts").map(({ name }) => name);
    const known = [...promisedContactFields, ...Object.keys(furtherContactFields)];
    expect(extensions.filter((name) => !known.includes(name))).to.deep.equal([]);
  });

  const mutations = () => roots.filter(({ kind }) => kind === "Mutation").map(({ field }) => field);
});

function typeOf(type: GraphQLNamedType, field: string): string | undefined {
  return isObjectType(type) ? String(type.getFields()[field]?.type) : undefined;
}
