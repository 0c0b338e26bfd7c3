import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule } from "../../../src/history/index.js";
import { marketingModule } from "../../../src/marketing/index.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import { type Permission, permissions } from "../../../src/platform/access/permissions.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";
import { mutate as mutateCampaign, targetOf } from "../campaigns/campaigns.js";
import { ask } from "../graph.js";

const catalogue = mergeCatalogues([contactsModule.fields, marketingModule.fields, historyModule.fields]);

/** Services that read operators' rights anew each time they are made. */
function servicesOf(db: TestDatabase): Services {
  return db.services({ catalogue, ports: { privacy: createPrivacyPort(db.services()) } });
}

/** An operation of an operator who is there, with every permission, or only these. */
export async function operator(
  db: TestDatabase,
  institution: TestInstitution,
  { permissions: only = permissions, ...wish }: ContextWish & { readonly permissions?: readonly Permission[] } = {},
): Promise<OperationContext> {
  const { login = "op-1", kind = "OPERATOR", clearance = 0 } = wish;
  await setClearance(db, institution, { login, kind, clearance });
  return db.contextWith({ services: servicesOf(db), ...wish, institution, login, kind, clearance }, ...only);
}

/** What an operator is cleared for from now on. */
export async function setClearance(
  db: TestDatabase,
  institution: TestInstitution,
  { login, kind = "OPERATOR", clearance }: { login: string; kind?: string; clearance: number },
): Promise<void> {
  await db.owner.query(
    `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles)
     VALUES ($1, $2, $3, $4, '{ADMINISTRATOR}')
     ON CONFLICT (institution_id, login) DO UPDATE SET clearance = excluded.clearance, is_active = true`,
    [institution.id, login, kind, clearance],
  );
}

/** A newsletter by e-mail to those who speak French, made by this caller; or another campaign. */
export async function campaignOf(context: OperationContext, wish: object = {}): Promise<string> {
  const { campaign, userErrors } = await mutateCampaign(context, "createCampaign", {
    ...{ name: "Season", type: "NEWSLETTER", channel: "EMAIL", targetIds: [await targetOf(context)] },
    ...wish,
  });
  if (!campaign) throw new Error(JSON.stringify(userErrors));
  return campaign.id;
}

export interface ShownEntry {
  contact: { id: string };
  recipient: { id: string } | null;
  outcome: string;
  address: string | null;
  letterAddress: { street1: string | null; town: string | null } | null;
  lastName: string | null;
  structureName: string | null;
  unsubscribeLink: { url: string; headers: { name: string; value: string }[] } | null;
  authorizationEventId: string | null;
  shipmentId: string | null;
  redactions: { field: string }[];
}

export interface ShownPage {
  nodes: ShownEntry[];
  counts: { outcome: string; count: number }[];
  recipientCount: number;
  runId: string | null;
  evaluatedAt: string | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const document = `query ($campaignId: ID!, $outcome: AudienceOutcome, $first: Int!, $after: String) {
  audience(campaignId: $campaignId, outcome: $outcome, first: $first, after: $after) {
    nodes {
      contact { id } recipient { id } outcome address letterAddress { street1 town } lastName structureName
      unsubscribeLink { url headers { name value } } authorizationEventId shipmentId redactions { field } }
    counts { outcome count } recipientCount runId evaluatedAt
    pageInfo { hasNextPage endCursor } } }`;

/** A page of an audience; null when there is none for the caller. */
export async function readAudience(
  context: OperationContext,
  campaignId: string,
  wish: { outcome?: string; first?: number; after?: string | null } = {},
): Promise<ShownPage | null> {
  const { data, errors } = await ask(context, document, { campaignId, first: 100, ...wish });
  if (errors) throw errors[0];
  return data?.audience as ShownPage | null;
}
