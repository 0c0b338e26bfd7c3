import type { GraphQLSchema } from "graphql";
import { marketingModule } from "../../src/marketing/index.js";
import type { Permission } from "../../src/platform/access/permissions.js";
import type { OperationContext } from "../../src/platform/context.js";
import { run } from "../support/ask.js";
import type { ContextWish, TestDatabase } from "../support/database.js";

let schema: Promise<GraphQLSchema> | undefined;

/** Marketing's subgraph, as the gateway calls it. */
export async function ask(context: OperationContext, document: string, variables: Record<string, unknown> = {}) {
  schema ??= marketingModule.buildSubgraph().then((built) => built.schema);
  return run(await schema, context, document, variables);
}

/** An operation in a process that knows marketing's fields. */
export function contextOf(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  return db.contextWith({ services: db.services({ catalogue: marketingModule.fields }) }, ...wishes);
}

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Contact { id authorizations { code value } bounceStatus } }
}`;

export interface MarketingContact {
  id: string;
  authorizations: { code: string; value: string }[] | null;
  bounceStatus: string | null;
}

/** What marketing's `_entities` answers for these ids. */
export async function contactsOf(
  context: OperationContext,
  ids: readonly string[],
): Promise<(MarketingContact | null)[]> {
  const representations = ids.map((id) => ({ __typename: "Contact", id }));
  const { data, errors } = await ask(context, entities, { representations });
  if (errors) throw errors[0];
  return data?._entities;
}

/** Code to value. */
export function valuesOf(contact: MarketingContact | null | undefined): Record<string, string> {
  return Object.fromEntries((contact?.authorizations ?? []).map(({ code, value }) => [code, value]));
}
