import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { type FieldCatalogue, mergeCatalogues } from "../../src/platform/access/fields.js";
import type { ModuleName } from "../../src/platform/module.js";
import { product } from "../../src/product.js";

/** The schemas as the classes of each module declare them. All schema tests walk these: what is new is covered. */
export async function declaredSchemas(): Promise<ReadonlyMap<ModuleName, GraphQLSchema>> {
  const schemas = new Map<ModuleName, GraphQLSchema>();
  for (const module of product.modules) schemas.set(module.name, (await module.buildSubgraph()).declared);
  return schemas;
}

/** The protected fields of all modules, as `Contact.redactions` knows them. */
export function mergedCatalogue(): FieldCatalogue {
  return mergeCatalogues(product.modules.map(({ fields }) => fields));
}

/** Every type that the schema makes itself, without the roots. */
export function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !roots.some((root) => root === type),
  );
}

export type OutputField = GraphQLField<unknown, unknown>;
export type RootKind = "Query" | "Mutation" | "Subscription";

/** Queries, mutations and subscriptions, by kind. */
export function rootFields(schema: GraphQLSchema): { kind: RootKind; field: OutputField }[] {
  return (["Query", "Mutation", "Subscription"] as const).flatMap((kind) => {
    const type = schema.getType(kind);
    return isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ kind, field })) : [];
  });
}

/** Fields of object and interface types, roots included, as `Type.field`. */
export function outputFields(schema: GraphQLSchema): { path: string; type: string; field: OutputField }[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type))
    .flatMap((type) => {
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
      return fields.map((field) => ({ path: `${type.name}.${field.name}`, type: type.name, field }));
    });
}

/** Arguments and input fields, by where they stand. */
export function inputs(schema: GraphQLSchema): { path: string; input: GraphQLArgument | GraphQLInputField }[] {
  const ofFields = outputFields(schema).flatMap(({ path, field }) =>
    field.args.map((input) => ({ path: `${path}(${input.name}:)`, input })),
  );
  const ofTypes = ownTypes(schema)
    .filter(isInputObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((input) => ({ path: `${type.name}.${input.name}`, input })));
  return [...ofFields, ...ofTypes];
}
