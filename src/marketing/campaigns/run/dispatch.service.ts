import { lockVisibleContacts } from "../../../contacts/index.js";
import type { OperationContext } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { ShipmentRecord } from "../../../platform/ports.js";
import { type Audience, audienceOf } from "../../audience/audience.js";
import type { OutcomeRow } from "../../audience/audience.sql.js";
import { gatedBy } from "../../audience/campaign-audience.js";
import { CampaignChannel, CampaignType } from "../campaign.enums.js";
import type { CampaignRow } from "../campaign.sql.js";
import { insertManifestChunk, insertManifestRows, type ManifestEntry } from "./manifest.sql.js";
import { plannedIn, type Reach, type RunMember, selectReach, selectRunMembers, sentIn } from "./member.sql.js";
import { advanceCampaignRun, type HeldRun, lockCampaignRun, selectRunIds } from "./run.sql.js";

/** Contacts that are dealt with in one transaction: so many wait for it when they change what they authorize. */
export const dispatchedTogether = 1_000;

/** What became of a step: there is more to do, nothing is left, or the run is not ours any more. */
export type Step = "MORE" | "DONE" | "TAKEN";

/** Whom the run is for, asked again: targets are not, because the run has its list; every gate is. */
async function plannedAudience(owner: OperationContext, run: HeldRun, campaign: CampaignRow): Promise<Audience> {
  const runs = await selectRunIds(owner.db, campaign.id);
  const rules = { members: plannedIn(run.id), sent: sentIn(runs) };
  const audience = await audienceOf(owner, { campaign: gatedBy(campaign), targets: [], ...rules });
  if ("problems" in audience) throw new Error("an audience without targets has problems");
  return audience;
}

/**
 * Deals with the next members: in one transaction it locks them, asks every gate about them as things are now, records the
 * shipments of those who pass, and writes what became of each into the manifest. A refusal that was committed before holds
 * back; one that comes meanwhile waits until they are sent.
 * @param owner with his rights of this moment: whom he does not see any more is silently absent (G1)
 */
export async function dispatchChunk(
  owner: OperationContext,
  run: HeldRun,
  campaign: CampaignRow,
  together: number,
): Promise<Step> {
  const audience = await plannedAudience(owner, run, campaign);
  return owner.bulkTransaction(async (db) => {
    const place = await lockCampaignRun(db, run);
    if (!place) return "TAKEN";
    const members = await selectRunMembers(db, run.id, { after: place.processed, limit: together });
    const [first, last] = [members[0], members.at(-1)];
    if (!first || !last) return "DONE";
    const rows = await outcomesNow(db, audience, members);
    const shipments = await recordShipments(owner, db, campaign, [...rows.values()]);
    const entries = members.flatMap((member) => entryOf(member, rows.get(member.contactId), shipments));
    const chunk = place.chunks + 1;
    await insertManifestRows(db, run.id, entries);
    await insertManifestChunk(db, run.id, { chunk, first: first.position, last: last.position });
    const counts = added(place.counts, entries);
    const changed = members.filter(({ contactId, outcome }) => rows.get(contactId)?.outcome !== outcome).length;
    await advanceCampaignRun(db, run, { processed: last.position, chunks: chunk, counts, changed });
    return "MORE";
  });
}

/** By contact, asked once all who decide are locked: the members and those who receive for them. */
async function outcomesNow(
  db: Sql,
  audience: Audience,
  members: readonly RunMember[],
): Promise<ReadonlyMap<string, OutcomeRow>> {
  const ids = members.map(({ contactId }) => contactId);
  const locked = new Set<string>();
  let wanted = [...ids, ...members.flatMap(({ recipientId }) => recipientId ?? [])];
  for (;;) {
    await lockVisibleContacts(db, [...new Set(wanted)]);
    for (const id of wanted) locked.add(id);
    const rows = await audience.of(db, ids);
    // another relay than when the targets were asked
    wanted = rows.flatMap(({ recipientId }) => (recipientId && !locked.has(recipientId) ? [recipientId] : []));
    if (wanted.length === 0) return new Map(rows.map((row) => [row.contactId, row]));
  }
}

/** Records what is sent; by contact, the id of his shipment. However often a run is resumed, each has one number. */
async function recordShipments(
  owner: OperationContext,
  db: Sql,
  campaign: CampaignRow,
  rows: readonly OutcomeRow[],
): Promise<ReadonlyMap<string, string>> {
  const sent = rows.filter(({ outcome }) => outcome === "SEND");
  const recipients = sent.map(({ recipientId, contactId }) => recipientId ?? contactId);
  const reach = new Map((await selectReach(db, recipients)).map((each) => [each.id, each]));
  const records = sent.map(({ contactId }, index) =>
    shipmentOf(owner, campaign, { contactId, recipientId: recipients[index]!, reach: reach.get(recipients[index]!) }),
  );
  const ids = await owner.ports.history.recordShipments(db, records);
  return new Map(sent.map(({ contactId }, index) => [contactId, ids[index]!]));
}

function shipmentOf(
  owner: OperationContext,
  campaign: CampaignRow,
  who: { readonly contactId: string; readonly recipientId: string; readonly reach: Reach | undefined },
): ShipmentRecord {
  return {
    organization: campaign.organization,
    externalId: `campaign:${campaign.id}:${who.contactId}`,
    contactId: who.recipientId,
    kind: campaign.type === CampaignType.PURCHASE_INFORMATION ? "PURCHASE_INFORMATION" : "CAMPAIGN",
    channel: campaign.channel,
    subject: campaign.subject ?? campaign.name,
    recipient: who.reach ? addressFor(campaign.channel, who.reach) : null,
    campaignId: campaign.id,
    state: "SENT",
    createdAt: owner.now(),
    sentAt: owner.now(),
  };
}

function addressFor(channel: CampaignChannel, { email, phone, mobile }: Reach): string | null {
  if (channel === CampaignChannel.EMAIL) return email;
  if (channel === CampaignChannel.SMS) return mobile;
  return channel === CampaignChannel.PHONE ? (phone ?? mobile) : null;
}

/** Nothing of whom the owner does not see any more. */
function entryOf(
  { position, contactId }: RunMember,
  row: OutcomeRow | undefined,
  shipments: ReadonlyMap<string, string>,
): ManifestEntry[] {
  if (!row) return [];
  const { recipientId, outcome, consentEventId } = row;
  return [{ position, contactId, recipientId, outcome, consentEventId, shipmentId: shipments.get(contactId) ?? null }];
}

function added(before: Readonly<Record<string, number>>, entries: readonly ManifestEntry[]): Record<string, number> {
  const counts: Record<string, number> = { ...before };
  for (const { outcome } of entries) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
