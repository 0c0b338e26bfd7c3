import { expect } from "chai";
import { type GraphQLSchema, isEnumType, isSpecifiedDirective } from "graphql";
import { declaredSchemas, inputs, outputFields, ownTypes } from "./subgraphs.js";

interface Described {
  readonly path: string;
  readonly description: string | null | undefined;
}

describe("the documentation of the API", () => {
  let schemas: GraphQLSchema[];

  before(async () => {
    schemas = [...(await declaredSchemas()).values()];
  });

  it("describes every type, field, argument, input field and enum value", () => {
    const silent = schemas.flatMap(described).filter(({ description }) => !description?.trim());
    expect([...new Set(silent.map(({ path }) => path))]).to.deep.equal([]);
  });

  it("writes descriptions as sentences", () => {
    const odd = schemas
      .flatMap(described)
      .filter(({ description }) => description && !/^[\p{Lu}\p{Nd}`"].*[.…`)]$/su.test(description));
    expect([...new Set(odd.map(({ path, description }) => `${path}: ${description}`))]).to.deep.equal([]);
  });

  it("says from when and what to use instead where something is deprecated", () => {
    const reasons = schemas.flatMap((schema) => [
      ...outputFields(schema).map(({ path, field }) => ({ path, reason: field.deprecationReason })),
      ...inputs(schema).map(({ path, input }) => ({ path, reason: input.deprecationReason })),
      ...enumValues(schema).map(({ path, value }) => ({ path, reason: value.deprecationReason })),
    ]);
    const vague = reasons.filter(({ reason }) => reason && !/\d{4}-\d{2}-\d{2}.*`\w+/s.test(reason));
    expect(vague.map(({ path, reason }) => `${path}: ${reason}`)).to.deep.equal([]);
  });
});

function described(schema: GraphQLSchema): Described[] {
  return [
    ...ownTypes(schema).map(({ name, description }) => ({ path: name, description })),
    ...outputFields(schema).map(({ path, field }) => ({ path, description: field.description })),
    ...inputs(schema).map(({ path, input }) => ({ path, description: input.description })),
    ...enumValues(schema).map(({ path, value }) => ({ path, description: value.description })),
    ...schema
      .getDirectives()
      .filter((directive) => !isSpecifiedDirective(directive))
      .map(({ name, description }) => ({ path: `@${name}`, description })),
  ];
}

function enumValues(schema: GraphQLSchema) {
  return ownTypes(schema)
    .filter(isEnumType)
    .flatMap((type) => type.getValues().map((value) => ({ path: `${type.name}.${value.name}`, value })));
}
