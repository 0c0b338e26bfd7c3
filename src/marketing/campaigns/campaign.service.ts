import "./campaign.messages.js";
import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { countProblems, invisibleInLine } from "../../platform/errors/input-rules.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { findTarget } from "../targets/target.reading.js";
import { CampaignState, CampaignType } from "./campaign.enums.js";
import type { CreateCampaignInput, UpdateCampaignInput } from "./campaign.inputs.js";
import { campaignAnswer, campaignRefusal } from "./campaign.reading.js";
import {
  type CampaignDefinition,
  type CampaignOwner,
  type CampaignRow,
  insertCampaign,
  lockCampaign,
  updateCampaign as updateRow,
} from "./campaign.sql.js";
import type { CampaignPayload } from "./campaign.type.js";
import { selectKnownOrders, selectKnownProducts } from "./campaign-parts.sql.js";

const longestName = 100;
const longestSubject = 200;
const mostTargets = 100;
const mostSubjects = 1_000;

/** Makes a campaign. Its type can be changed until its first preview (F41). */
export async function createCampaign(context: OperationContext, input: CreateCampaignInput): Promise<CampaignPayload> {
  const organization = input.organizationId ?? context.caller.organizations[0] ?? null;
  const definition: CampaignDefinition = {
    ...{ name: input.name.trim(), type: input.type, channel: input.channel, organization },
    subject: input.subject?.trim() || null,
    authorization: input.authorization ?? null,
    businessContactsOnly: input.businessContactsOnly ?? false,
    ...partsOf(input, { targetIds: [], orderIds: [], productIds: [] }),
  };
  const problems = [
    ...definitionProblems(definition),
    ...organizationProblems(context, input.organizationId),
    ...(await partProblems(context, input)),
  ];
  if (problems.length > 0) return campaignRefusal(context, problems);
  const call = { mutation: "createCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    return { campaign: await insertCampaign(db, definition, ownerOf(context)) };
  });
  return campaignAnswer(context, done, definitionWarnings);
}

/** Changes a campaign that has not been run. Who sets its targets owns it. */
export async function updateCampaign(context: OperationContext, input: UpdateCampaignInput): Promise<CampaignPayload> {
  const given = await partProblems(context, input);
  if (given.length > 0) return campaignRefusal(context, given);
  const call = { mutation: "updateCampaign", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const campaign = await campaignToChange(context, db, input.id, "id");
    if (input.version != null && input.version !== campaign.version)
      refuse(problem("VERSION_CONFLICT", ["version"], { version: campaign.version }));
    if (campaign.state === CampaignState.SCHEDULED) refuse(problem("CAMPAIGN_SCHEDULED", ["id"]));
    const definition = { ...changed(campaign, input), ...partsOf(input, campaign) };
    const isLocked = campaign.previewedAt !== null && definition.type !== campaign.type;
    const problems = [
      ...(isLocked ? [problem("CAMPAIGN_TYPE_LOCKED", ["type"])] : []),
      ...definitionProblems(definition),
    ];
    if (problems.length > 0) refuse(...problems);
    await updateRow(db, campaign.id, definition, input.targetIds ? ownerOf(context) : null);
    return { campaign: campaign.id };
  });
  return campaignAnswer(context, done, definitionWarnings);
}

/**
 * A campaign, locked, that has not been run; ends the mutation when there is none for the caller, or it has.
 * @param field of the input, that names it
 */
export async function campaignToChange(
  context: OperationContext,
  db: Sql,
  opaqueId: string,
  field: string,
): Promise<CampaignRow> {
  const campaign = await lockedCampaign(context, db, opaqueId, field);
  if (campaign.state === CampaignState.CANCELLED) refuse(problem("CAMPAIGN_CANCELLED", [field]));
  const wasRun = [CampaignState.RUNNING, CampaignState.SENT, CampaignState.FAILED].includes(campaign.state);
  return wasRun ? refuse(problem("CAMPAIGN_ALREADY_SENT", [field])) : campaign;
}

/** A campaign of the caller's, locked; ends the mutation when there is none. */
export async function lockedCampaign(
  { caller }: OperationContext,
  db: Sql,
  opaqueId: string,
  field: string,
): Promise<CampaignRow> {
  const id = decodeId("Campaign", opaqueId);
  const campaign = id === null || caller.kind === "PARTNER" ? null : await lockCampaign(db, id);
  return campaign ?? refuse(problem("CAMPAIGN_NOT_FOUND", [field]));
}

function ownerOf({ caller }: OperationContext): CampaignOwner {
  return { clearance: caller.clearance, claims: claimsOf(caller) };
}

function changed(campaign: CampaignRow, input: UpdateCampaignInput): CampaignDefinition {
  return {
    ...campaign,
    name: input.name?.trim() ?? campaign.name,
    type: input.type ?? campaign.type,
    channel: input.channel ?? campaign.channel,
    subject: input.subject === undefined ? campaign.subject : input.subject?.trim() || null,
    authorization: input.authorization === undefined ? campaign.authorization : input.authorization,
    businessContactsOnly: input.businessContactsOnly ?? campaign.businessContactsOnly,
  };
}

type Parts = Pick<CampaignDefinition, "targetIds" | "orderIds" | "productIds">;
type GivenParts = { readonly [Part in keyof Parts]?: readonly string[] | null };
const kinds = { targetIds: "Target", orderIds: "Order", productIds: "Product" } as const;

/** The parts that are given, as database ids; what is left out stays. */
function partsOf(given: GivenParts, before: Parts): Parts {
  const ids = (part: keyof Parts) =>
    given[part]?.map((id) => decodeId(kinds[part], id)).filter((id) => id !== null) ?? before[part];
  return { targetIds: ids("targetIds"), orderIds: ids("orderIds"), productIds: ids("productIds") };
}

function definitionProblems({
  name,
  subject,
  authorization,
  type,
  orderIds,
  productIds,
}: CampaignDefinition): Problem[] {
  const isForCampaigns = [null, "PARTNER_COMMUNICATION", "THIRD_PARTY_TRANSFER"].includes(authorization);
  const namesPurchases = orderIds.length + productIds.length > 0;
  return [
    ...(name === "" ? [problem("FIELD_REQUIRED", ["name"])] : []),
    ...lineProblems(name, "name", longestName),
    ...lineProblems(subject ?? "", "subject", longestSubject),
    ...(isForCampaigns ? [] : [problem("AUTHORIZATION_NOT_FOR_CAMPAIGNS", ["authorization"])]),
    ...(namesPurchases && type !== CampaignType.PURCHASE_INFORMATION
      ? [problem("PURCHASE_NOT_APPLICABLE", [orderIds.length > 0 ? "orderIds" : "productIds"])]
      : []),
  ];
}

function definitionWarnings({ type, orderIds, productIds }: CampaignDefinition): string[] {
  const namesNone = type === CampaignType.PURCHASE_INFORMATION && orderIds.length + productIds.length === 0;
  return namesNone ? ["PURCHASE_NOT_NAMED"] : [];
}

function lineProblems(text: string, field: string, maximum: number): Problem[] {
  if (invisibleInLine.test(text)) return [problem("INVALID_CHARACTERS", [field])];
  return text.length > maximum ? [problem("VALUE_TOO_LONG", [field], { maximum })] : [];
}

function organizationProblems({ caller }: OperationContext, code: string | null | undefined): Problem[] {
  return code == null || caller.organizations.includes(code)
    ? []
    : [problem("UNKNOWN_ORGANIZATION", ["organizationId"])];
}

/** What is named and does not exist for the caller. */
async function partProblems(context: OperationContext, given: GivenParts): Promise<Problem[]> {
  const tooMany = [
    ...countProblems(given.targetIds, "targetIds", mostTargets),
    ...countProblems(given.orderIds, "orderIds", mostSubjects),
    ...countProblems(given.productIds, "productIds", mostSubjects),
  ];
  if (tooMany.length > 0) return tooMany;
  const { db, caller } = context;
  const targets = await Promise.all((given.targetIds ?? []).map((id) => findTarget(context, id)));
  const seesOrders = caller.permissions.has("history:read");
  return [
    ...missing(
      "targetIds",
      "TARGET_NOT_FOUND",
      targets.map((target) => target !== null),
    ),
    ...(await unknown("orderIds", given, async (ids) => (seesOrders ? selectKnownOrders(db, ids) : new Set()))),
    ...(await unknown("productIds", given, (ids) => selectKnownProducts(db, ids))),
  ];
}

async function unknown(
  part: "orderIds" | "productIds",
  given: GivenParts,
  select: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<Problem[]> {
  const ids = (given[part] ?? []).map((id) => decodeId(kinds[part], id));
  if (ids.length === 0) return [];
  const known = await select(ids.filter((id) => id !== null));
  return missing(
    part,
    "PURCHASE_NOT_FOUND",
    ids.map((id) => id !== null && known.has(id)),
  );
}

function missing(field: string, code: string, found: readonly boolean[]): Problem[] {
  return found.flatMap((isFound, elementIndex) => (isFound ? [] : [{ ...problem(code, [field]), elementIndex }]));
}
