import { addResolversToSchema, buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import type { Caller, TokenClaims } from "../../src/platform/access/caller.js";
import type { OperationContext } from "../../src/platform/context.js";
import { CodedError } from "../../src/platform/errors/coded-error.js";
import type { ModuleName, SubgraphModule } from "../../src/platform/module.js";

/** A subgraph out of SDL, without tables: what it answers is written in the test. */
function toyModule(name: ModuleName, sdl: string, resolvers: Record<string, unknown>): SubgraphModule {
  return {
    name,
    fields: {},
    async buildSubgraph() {
      const linked = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])\n${sdl}`;
      const { Contact, ...others } = resolvers as { Contact?: { __resolveReference?: unknown } };
      const schema = buildSubgraphSchema([{ typeDefs: parse(linked), resolvers: others as never }]);
      if (Contact) addResolversToSchema(schema, { Contact } as never);
      return { sdl: linked, schema, declared: schema };
    },
  };
}

/** Contexts in the order in which resolvers saw them. */
export const seenContexts: OperationContext[] = [];

const see = (context: OperationContext): OperationContext => {
  seenContexts.push(context);
  return context;
};

/** Four subgraphs of one contact. `history` fails in all the ways a part can: id 500 throws, 503 finds no database. */
export const toyModules: readonly SubgraphModule[] = [
  toyModule(
    "contacts",
    `type Contact @key(fields: "id") { id: ID! name: String }
     type Query { contact(id: ID!): Contact contacts(first: Int!): [Contact!]! locale: String! whoami: String! slow(ms: Int!): String }
     type Mutation { rename(id: ID!, name: String!): Contact }`,
    {
      Query: {
        contact: (_: unknown, { id }: { id: string }, context: OperationContext) =>
          see(context) && { id, name: `Name ${id}` },
        contacts: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: first }, (__, index) => ({ id: String(index + 1), name: `Name ${index + 1}` })),
        locale: (_: unknown, __: unknown, context: OperationContext) => context.locale,
        whoami: (_: unknown, __: unknown, context: OperationContext) => `${context.caller.login} ${context.requestId}`,
        slow: (_: unknown, { ms }: { ms: number }, context: OperationContext) =>
          see(context) && new Promise((resolve) => setTimeout(resolve, ms, "done")),
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }, context: OperationContext) =>
          see(context) && { id, name },
      },
    },
  ),
  toyModule("marketing", `type Contact @key(fields: "id") { id: ID! authorizations: [String!] }`, {
    Contact: {
      __resolveReference: async ({ id }: { id: string }, context: OperationContext) =>
        see(context) && { id, authorizations: ["EMAIL"] },
    },
  }),
  toyModule(
    "history",
    `type Contact @key(fields: "id") { id: ID! orders(first: Int!): [String!] payments: [String!] }`,
    {
      Contact: {
        async __resolveReference({ id }: { id: string }, context: OperationContext) {
          see(context);
          if (id === "500") throw new Error("secret of the inside");
          if (id === "503") throw new CodedError("SERVICE_UNAVAILABLE", "The database cannot be reached.");
          return { id, orders: [`Order of ${id}`], payments: [] };
        },
      },
    },
  ),
  toyModule("privacy", `type Contact @key(fields: "id") { id: ID! auditEntries(first: Int!): [String!] }`, {
    Contact: {
      __resolveReference: async ({ id }: { id: string }, context: OperationContext) =>
        see(context) && { id, auditEntries: [] },
    },
  }),
];

/** The rights of a token as they stand. The login "gone" has left. */
export async function toyCaller(claims: TokenClaims): Promise<Caller | null> {
  if (claims.subject === "gone") return null;
  return {
    kind: claims.kind,
    login: claims.subject,
    institutionId: 1,
    institution: claims.institution,
    timeZone: "Europe/Zurich",
    organizations: [],
    permissions: new Set(["authenticated"]),
    clearance: claims.clearance,
    ownContactId: null,
  };
}
