import type { OperationContext } from "../../platform/context.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { AuthorizationCode } from "../authorizations/authorization.js";
import { unsubscribeHeaders, unsubscribeUrl } from "../authorizations/links/unsubscribe.service.js";
import type { CampaignRow } from "../campaigns/campaign.sql.js";
import { selectCampaigns } from "../campaigns/campaign.sql.js";
import { type EvaluatedRun, selectEvaluatedRuns } from "../campaigns/run/run.sql.js";
import type { Contact } from "../contact.type.js";
import { sendsMessages, withdrawnBy } from "../gates/gates.js";
import { AudienceOutcome, outcomesOf } from "./audience.enums.js";
import type { ShownMembers } from "./audience.js";
import { type OutcomeRow, selectRefusalByAddress } from "./audience.sql.js";
import type { AudienceCount, AudienceEntry, AudienceEntryConnection } from "./audience.type.js";
import { audienceOfCampaign, contextOfOwner, gatedBy } from "./campaign-audience.js";
import { channelColumns, type RecipientRow, selectRecipients } from "./recipient.sql.js";
import { RecordedAudience } from "./recorded/recorded-audience.js";

/** A campaign with the audience that a caller may see of it. */
export interface ShownAudience {
  readonly campaign: CampaignRow;
  /** Who asks: the campaign's owner, seeing nobody above the caller's clearance; of what was recorded, the caller. */
  readonly asker: OperationContext;
  readonly audience: ShownMembers;
  /** The latest run that it was recorded by; null when it is asked anew. */
  readonly run: EvaluatedRun | null;
}

/** What the gates decide by: who does not see it must not learn it from their outcome. */
const decidedBy = ["authorizations", "bounceStatus", "connections", "email", "mobile", "phone", "addresses"];

/**
 * The audience of a campaign: asked with the rights of its owner or, from the moment when a run has asked its targets, what
 * its runs have recorded.
 * @returns CAMPAIGN_NOT_FOUND when there is none of this id for the caller, AUDIENCE_NOT_AVAILABLE when something is
 *   withheld from him that the gates decide by, or when neither the owner may ask the targets any more nor, of what was
 *   recorded, he himself
 */
export async function shownAudience(
  context: OperationContext,
  campaignId: string,
): Promise<ShownAudience | "CAMPAIGN_NOT_FOUND" | "AUDIENCE_NOT_AVAILABLE"> {
  const id = decodeId("Campaign", campaignId);
  const campaign = id === null ? null : await findRow(context, id);
  if (!campaign) return "CAMPAIGN_NOT_FOUND";
  if (!seesOutcomes(context, campaign)) return "AUDIENCE_NOT_AVAILABLE";
  const asker = await contextOfOwner(context, campaign);
  const audience = asker && (await askedAudience(asker, campaign, context));
  const runs = await selectEvaluatedRuns(context.db, campaign.id);
  if (runs.length > 0) {
    // whoever may ask the targets may know whom they had
    if (!audience && !(await askedAudience(context, campaign, context))) return "AUDIENCE_NOT_AVAILABLE";
    return { campaign, asker: context, audience: await recordedAudience(context, campaign, runs), run: runs[0]! };
  }
  return asker && audience ? { campaign, asker, audience, run: null } : "AUDIENCE_NOT_AVAILABLE";
}

async function askedAudience(asker: OperationContext, campaign: CampaignRow, reader: OperationContext) {
  const audience = await audienceOfCampaign(asker, campaign, reader.db);
  return "problems" in audience ? null : audience;
}

async function recordedAudience({ db }: OperationContext, campaign: CampaignRow, runs: readonly EvaluatedRun[]) {
  const gated = { ...gatedBy(campaign), refusalByAddress: await selectRefusalByAddress(db) };
  const values = new StatementValues(db.institutionId);
  return new RecordedAudience({ campaign: gated, runIds: runs.map(({ id }) => id), values });
}

async function findRow({ db, caller }: OperationContext, id: string): Promise<CampaignRow | null> {
  if (caller.kind === "PARTNER" || caller.kind === "CONTACT") return null;
  const [row] = await selectCampaigns(db, [id]);
  return row ?? null;
}

/** Advantages and web links ask for nothing that can be withheld. */
function seesOutcomes({ fields }: OperationContext, { channel }: CampaignRow): boolean {
  return !sendsMessages(channel) || decidedBy.every((field) => fields.may("Contact", field));
}

const shown = Symbol("audience of a page");
type KnownConnection = AudienceEntryConnection & { readonly [shown]: ShownAudience };

/** A page of a campaign's audience; null where {@link shownAudience} has none. @throws CodedError BAD_USER_INPUT */
export async function audience(
  context: OperationContext,
  campaignId: string,
  wanted: { readonly outcome: AudienceOutcome | null; readonly first: number; readonly after: string | null },
): Promise<AudienceEntryConnection | null> {
  assertFirst(wanted.first);
  const found = await shownAudience(context, campaignId);
  if (typeof found === "string") return null;
  const after = placeBehind(wanted.after, found.audience);
  const asked = { outcomes: outcomesOf(wanted.outcome), after, limit: wanted.first + 1 };
  const rows = await found.audience.page(found.asker.db, asked);
  const { edges, pageInfo } = page(rows, wanted, ({ place }) => [place]);
  const entries = await entriesOf(
    context,
    found,
    edges.map(({ node }) => node),
  );
  const shownEdges = edges.map(({ cursor }, index) => ({ cursor, node: entries[index]! }));
  const connection: Connection<AudienceEntry> = { edges: shownEdges, nodes: entries, pageInfo };
  const { run } = found;
  const recorded = { runId: idOf("CampaignRun", run?.id ?? null), evaluatedAt: run?.evaluatedAt ?? null };
  return { ...connection, ...recorded, [shown]: found } as KnownConnection;
}

/** How many there are of each outcome, over all pages; those of which there are none are left out. */
export async function countsOf(connection: AudienceEntryConnection): Promise<AudienceCount[]> {
  const { audience, asker } = (connection as KnownConnection)[shown];
  const counts = await audience.count(asker.db);
  return outcomesOf(null).flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [{ outcome: AudienceOutcome[outcome], count }];
  });
}

/** How many receive it, over all pages. */
export function recipientCountOf(connection: AudienceEntryConnection): Promise<number> {
  const { audience, asker } = (connection as KnownConnection)[shown];
  return audience.countRecipients(asker.db);
}

async function entriesOf(
  context: OperationContext,
  { campaign, asker }: ShownAudience,
  rows: readonly OutcomeRow[],
): Promise<AudienceEntry[]> {
  const sent = rows.filter(({ outcome }) => outcome === "SEND");
  const recipients = sent.length === 0 ? [] : await selectRecipients(asker.db, sent);
  const byContact = new Map(recipients.map((recipient) => [recipient.contactId, recipient]));
  const withdrawn = withdrawnBy(gatedBy(campaign));
  return rows.map((row) => {
    const entry = { ...blank, ...headOf(row), ...addressed(campaign, byContact.get(row.contactId)) };
    const unsubscribeLink = row.outcome === "SEND" ? linkOf(context, row.recipientId, withdrawn) : null;
    return context.fields.redact("AudienceEntry", { ...entry, unsubscribeLink });
  });
}

const contactOf = (id: string) => ({ id: encodeId("Contact", id) }) as Contact;

const idOf = (type: string, id: string | null) => (id === null ? null : encodeId(type, id));

function headOf({ contactId, recipientId, outcome, consentEventId, shipmentId }: OutcomeRow) {
  return {
    contact: contactOf(contactId),
    recipient: recipientId === null ? null : contactOf(recipientId),
    outcome: AudienceOutcome[outcome],
    authorizationEventId: idOf("AuthorizationEvent", consentEventId),
    shipmentId: idOf("Shipment", shipmentId),
  };
}

const blank = {
  ...{ address: null, letterAddress: null, title: null, firstName: null, lastName: null, structureName: null },
  language: null,
};

function addressed({ channel }: CampaignRow, recipient: RecipientRow | undefined) {
  if (!recipient) return blank;
  const { title, firstName, lastName, structureName, language } = recipient;
  const isLetter = channel === "LETTER";
  const [first, second] = isLetter ? [] : channelColumns[channel];
  return {
    ...{ title, firstName, lastName, structureName, language },
    address: (first && recipient[first]) ?? (second && recipient[second]) ?? null,
    letterAddress: isLetter ? recipient : null,
  };
}

function linkOf(context: OperationContext, recipientId: string | null, code: AuthorizationCode | null) {
  if (recipientId === null || code === null) return null;
  const { institutionId } = context.caller;
  const url = unsubscribeUrl(context.services, { institutionId, contactId: recipientId, code });
  return { url, headers: unsubscribeHeaders(url) };
}

function placeBehind(after: string | null, { places }: ShownMembers): string | null {
  const [place] = decodeCursor(after, 1) ?? [null];
  if (place === null || (typeof place === "string" && places.test(place))) return place;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
