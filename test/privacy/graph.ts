import type { GraphQLSchema } from "graphql";
import { type FieldCatalogue, mergeCatalogues } from "../../src/platform/access/fields.js";
import type { Permission } from "../../src/platform/access/permissions.js";
import type { OperationContext } from "../../src/platform/context.js";
import { privacyModule } from "../../src/privacy/index.js";
import { run } from "../support/ask.js";
import type { ContextWish, TestDatabase } from "../support/database.js";

let schema: Promise<GraphQLSchema> | undefined;

/** Privacy's subgraph, as the gateway calls it. */
export async function ask(context: OperationContext, document: string, variables: Record<string, unknown> = {}) {
  return run(await privacySchema(), context, document, variables);
}

export function privacySchema(): Promise<GraphQLSchema> {
  schema ??= privacyModule.buildSubgraph().then((built) => built.schema);
  return schema;
}

/** Fields of other modules, as far as these tests speak of them. */
const others: FieldCatalogue = {
  Contact: {
    email: { level: 0 },
    lastName: { level: 0 },
    remark: { level: 1 },
    identityNumber: { level: 0, permission: "contact:confidentiality" },
    addresses: { level: 0 },
    roles: { level: 0 },
    connections: { level: 0 },
    authorizations: { level: 0 },
    criteria: { level: 0 },
    createdAt: { level: 0 },
    purchaseHistory: { level: 0, permission: "history:read" },
    culturalHistory: { level: 0, permission: "history:read" },
    waitingList: { level: 0, permission: "history:read" },
  },
};

export const catalogue = mergeCatalogues([privacyModule.fields, others]);

export function contextOf(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  return db.contextWith({ services: db.services({ catalogue }) }, ...wishes);
}
