import { type ExecutionResult, graphql } from "graphql";
import { historyModule } from "../../src/history/index.js";
import type { OperationContext } from "../../src/platform/context.js";
import type { SubgraphSchema } from "../../src/platform/graphql/subgraph-schema.js";

export * from "./history-rows.js";

/** A list as the subgraph answers it, as far as it was selected. */
export interface ListAnswer {
  readonly nodes: Record<string, unknown>[];
  readonly totalCount: number;
  readonly sums: readonly { readonly currency: string; readonly amount: string }[] | null;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface ContactAnswer {
  readonly id: string;
  readonly purchaseHistory: ListAnswer | null;
  readonly culturalHistory: ListAnswer | null;
  readonly financialHistory: ListAnswer | null;
}

const variableTypes = {
  ...{ first: "Int! = 20", after: "String", period: "PeriodInput", states: "[TicketState!]" },
  ...{ orders: "PurchaseHistoryFilter", tickets: "CulturalHistoryFilter", payments: "FinancialHistoryFilter" },
  includeRelays: "Boolean",
};

let built: Promise<SubgraphSchema> | undefined;

/** Asks the history subgraph as a gateway does: contacts, or orders, by their key, with `fields` of each. */
export async function askHistory(
  context: OperationContext,
  contacts: readonly { readonly opaqueId: unknown }[],
  fields: string,
  variables: Readonly<Record<string, unknown>> = {},
  type: "Contact" | "Order" = "Contact",
): Promise<ExecutionResult<{ _entities: (ContactAnswer | null)[] }>> {
  built ??= historyModule.buildSubgraph();
  const { schema } = await built;
  const declared = Object.entries(variableTypes).flatMap(([name, type]) =>
    fields.includes(`$${name}`) ? [`$${name}: ${type}`] : [],
  );
  const source = `query (${["$contacts: [_Any!]!", ...declared].join(", ")}) {
    _entities(representations: $contacts) { ... on ${type} { ${fields} } }
  }`;
  const representations = contacts.map(({ opaqueId }) => ({ __typename: type, id: opaqueId }));
  const answer = await graphql({
    schema,
    source,
    contextValue: context,
    variableValues: { ...variables, contacts: representations },
  });
  return answer as unknown as ExecutionResult<{ _entities: (ContactAnswer | null)[] }>;
}

/** As {@link askHistory}, of one contact whom the caller may see, and without errors. */
export async function readHistory(
  context: OperationContext,
  contact: { readonly opaqueId: string },
  fields: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<ContactAnswer> {
  const { data, errors } = await askHistory(context, [contact], fields, variables);
  const [answer] = data?._entities ?? [];
  if (errors || !answer) throw new Error(`no answer: ${errors?.map(({ message }) => message).join("; ")}`);
  return plain(answer);
}

/** Without the prototypes that graphql-js leaves out of its answers. */
export function plain<Value>(answer: Value): Value {
  return JSON.parse(JSON.stringify(answer)) as Value;
}
