import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule } from "../../../src/history/index.js";
import { marketingModule } from "../../../src/marketing/index.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { privacyModule } from "../../../src/privacy/index.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { ask } from "../graph.js";

const catalogue = mergeCatalogues([
  contactsModule.fields,
  marketingModule.fields,
  historyModule.fields,
  privacyModule.fields,
]);

/** An operation of somebody who may make targets and read what they ask for. */
export function marketer(db: TestDatabase, wish: ContextWish = {}, ...more: Permission[]): OperationContext {
  const rights: Permission[] = ["contact:read", "history:read", "target:read", "target:write", ...more];
  return db.contextWith({ services: db.services({ catalogue }), ...wish }, ...rights);
}

export interface Preview {
  count: number | null;
  userErrors: { code: string; field: string[] }[];
}

export async function preview(context: OperationContext, filter: object): Promise<Preview> {
  const document = `query ($filter: TargetFilterInput!) { previewTarget(filter: $filter) { count userErrors { code field } } }`;
  const { data, errors } = await ask(context, document, { filter });
  if (errors) throw errors[0];
  return data?.previewTarget as Preview;
}

export interface TargetAnswer {
  target: {
    id: string;
    name: string;
    kind: string;
    version: number;
    owner: string;
    sharedWith: string[];
    count: number | null;
    filter: object | null;
    contacts: { nodes: { contact: { id: string } }[] } | null;
  } | null;
  userErrors: { code: string; field: string[]; elementIndex: number | null }[];
}

const shown = `id name kind version owner sharedWith count filter { all { condition { field } } condition { field values } }
  contacts(first: 100) { nodes { contact { id } } }`;

export async function mutate(context: OperationContext, mutation: string, input: object): Promise<TargetAnswer> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) {
    ${mutation}(input: $input) { target { ${shown} } userErrors { code field elementIndex } } }`;
  const { data, errors } = await ask(context, document, { input });
  if (errors) throw errors[0];
  return data?.[mutation] as TargetAnswer;
}

export async function readTarget(context: OperationContext, id: string): Promise<TargetAnswer["target"]> {
  const { data, errors } = await ask(context, `query ($id: ID!) { target(id: $id) { ${shown} } }`, { id });
  if (errors) throw errors[0];
  return data?.target as TargetAnswer["target"];
}

export const condition = (field: string, operator: string, values: readonly string[] = [], scope?: object) => ({
  condition: { field, operator, values, ...(scope && { scope }) },
});
