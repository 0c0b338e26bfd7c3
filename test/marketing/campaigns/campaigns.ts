import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule } from "../../../src/history/index.js";
import { marketingModule } from "../../../src/marketing/index.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext } from "../../../src/platform/context.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { ask } from "../graph.js";
import { mutate as mutateTarget } from "../targets/targets.js";

export const catalogue = mergeCatalogues([contactsModule.fields, marketingModule.fields, historyModule.fields]);

/** An operation of somebody who makes campaigns, and sees what they are about. */
export function campaigner(db: TestDatabase, wish: ContextWish = {}, ...more: Permission[]): OperationContext {
  const rights: Permission[] = ["contact:read", "history:read", "target:read", "target:write", "campaign:write"];
  return db.contextWith({ services: db.services({ catalogue }), ...wish }, ...rights, ...more);
}

export interface CampaignShown {
  id: string;
  name: string;
  type: string;
  channel: string;
  state: string;
  subject: string | null;
  authorization: string | null;
  businessContactsOnly: boolean;
  organization: string | null;
  owner: string | null;
  version: number;
  targets: { id: string }[];
  orderIds: string[];
  productIds: string[];
}

export interface CampaignAnswer {
  campaign: CampaignShown | null;
  userErrors: { code: string; field: string[]; elementIndex: number | null }[];
  warnings: { code: string }[];
}

const shown = `id name type channel state subject authorization businessContactsOnly organization owner version
  targets { id } orderIds productIds`;

export async function mutate(context: OperationContext, mutation: string, input: object): Promise<CampaignAnswer> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) {
    ${mutation}(input: $input) { campaign { ${shown} } userErrors { code field elementIndex } warnings { code } } }`;
  return (await answered(context, document, { input }))[mutation] as CampaignAnswer;
}

export async function readCampaign(
  context: OperationContext,
  id: string,
  fields = shown,
): Promise<CampaignShown | null> {
  const document = `query ($id: ID!) { campaign(id: $id) { ${fields} } }`;
  return (await answered(context, document, { id })).campaign as CampaignShown | null;
}

export async function answered(
  context: OperationContext,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(context, document, variables);
  if (errors) throw errors[0];
  return data as Record<string, unknown>;
}

/** Codes and places of what is to be mended. */
export const codesOf = ({ userErrors }: CampaignAnswer) =>
  userErrors.map(({ code, field, elementIndex }) =>
    [code, ...field, ...(elementIndex === null ? [] : [elementIndex])].join(" "),
  );

/** A dynamic target for those who speak a language, so that each test has contacts of its own. */
export async function targetOf(context: OperationContext, language = "fr"): Promise<string> {
  const filter = { condition: { field: "contact.language", operator: "IS_ANY_OF", values: [language] } };
  const { target } = await mutateTarget(context, "createTarget", { name: "Speakers", kind: "DYNAMIC", filter });
  return target!.id;
}
