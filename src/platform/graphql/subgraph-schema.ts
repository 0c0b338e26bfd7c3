import { addResolversToSchema, buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type GraphQLResolveInfo, type GraphQLSchema, parse } from "graphql";
import { type BuildSchemaOptions, buildSchema, createResolversMap, type PubSub } from "type-graphql";
import { assertMay } from "../access/allow.js";
import type { Permission } from "../access/permissions.js";
import type { OperationContext } from "../context.js";
import { CodedError } from "../errors/coded-error.js";
import { DateTimeScalar } from "./scalars.js";

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])\n`;

/** Finds an entity for the gateway. Only the key of the representation is to be trusted. */
export type ResolveReference = (
  reference: never,
  context: OperationContext,
  info: GraphQLResolveInfo,
) => Promise<object | null>;

export interface SubgraphSchema {
  /** What composition takes. */
  readonly sdl: string;
  /** Executable, with `_entities`. */
  readonly schema: GraphQLSchema;
  /** As the classes declare it, with the `permission` extensions of the root fields. */
  readonly declared: GraphQLSchema;
}

export interface SubgraphOptions {
  readonly resolvers: BuildSchemaOptions["resolvers"];
  /** By entity type. */
  readonly references: Readonly<Record<string, ResolveReference>>;
  /** Types that only `_entities` or an interface reaches. */
  readonly orphanedTypes?: BuildSchemaOptions["orphanedTypes"];
}

/** Builds a subgraph from type-graphql classes. One after another: the classes' registry is global. */
export async function buildSubgraph({
  resolvers,
  references,
  orphanedTypes,
}: SubgraphOptions): Promise<SubgraphSchema> {
  const declared = await buildSchema({
    resolvers,
    // never left out: the registry would then add the classes of every other module
    orphanedTypes: orphanedTypes ?? [],
    validate: false,
    skipCheck: true, // federation's directives are unknown to a plain schema
    pubSub: noTopics,
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    authChecker: ({ context }, [permission]) => {
      assertMay(context as OperationContext, permission as Permission);
      return true;
    },
  });
  const sdl = link + printSchemaWithDirectives(declared);
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: createResolversMap(declared) as never }]);
  addResolversToSchema(
    schema,
    Object.fromEntries(Object.entries(references).map(([type, find]) => [type, { __resolveReference: find }])) as never,
  );
  refuseOtherTypes(schema, new Set(Object.keys(references)));
  return { sdl, schema, declared };
}

/** The library wants one for any subscription. Ours make their own events ({@link subscribeLive}). */
const noTopics: PubSub = {
  publish: () => noTopic(),
  subscribe: () => noTopic(),
};

function noTopic(): never {
  throw new Error("no subscription of ours has topics");
}

/** The library throws an error without a code at a representation of what is no entity. */
function refuseOtherTypes(schema: GraphQLSchema, entities: ReadonlySet<unknown>): void {
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve;
  if (!field || !resolve) return;
  field.resolve = (root, args: { representations: readonly { __typename?: unknown }[] }, context, info) => {
    if (args.representations.every(({ __typename }) => entities.has(__typename)))
      return resolve(root, args, context, info);
    throw new CodedError("BAD_USER_INPUT", "A representation names no entity of this part.", {
      argument: "representations",
    });
  };
}
