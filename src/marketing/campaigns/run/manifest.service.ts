import type { OperationContext } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import { CodedError } from "../../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../../platform/graphql/opaque-id.js";
import { AudienceOutcome, outcomesOf } from "../../audience/audience.enums.js";
import type { Contact } from "../../contact.type.js";
import { campaignRowOf } from "../campaign.reading.js";
import type { CampaignRow } from "../campaign.sql.js";
import { mayCount } from "../campaign-counts.js";
import {
  type ManifestCheck,
  type ManifestPlace,
  type ManifestRow,
  selectManifestChecks,
  selectManifestPage,
} from "./manifest.sql.js";
import type {
  CampaignManifest,
  CampaignManifestCheck,
  CampaignManifestEntry,
  CampaignManifestFault,
} from "./manifest.type.js";
import { isSameSeal, sealOf } from "./seal.js";

const manifestRow = Symbol("campaign of a manifest");
type KnownManifest = CampaignManifest & { readonly [manifestRow]: CampaignRow };

/** Null for no such campaign, and for whom it would tell what is withheld from him. */
export async function campaignManifest(context: OperationContext, opaqueId: string): Promise<CampaignManifest | null> {
  const id = decodeId("Campaign", opaqueId);
  const campaign = id === null ? null : await campaignRowOf(context, id);
  if (!campaign || !(await mayCount(context, campaign))) return null;
  return { campaignId: opaqueId, [manifestRow]: campaign } as KnownManifest;
}

/** A page of its entries. @throws CodedError BAD_USER_INPUT */
export async function manifestEntries(
  context: OperationContext,
  manifest: CampaignManifest,
  { outcome, ...wanted }: { first: number; after: string | null; outcome: AudienceOutcome | null },
): Promise<Connection<CampaignManifestEntry>> {
  assertFirst(wanted.first);
  const request = { after: placeBehind(wanted.after), limit: wanted.first + 1, outcomes: outcomesOf(outcome) };
  const rows = await selectManifestPage(context.db, (manifest as KnownManifest)[manifestRow].id, request);
  const { edges, pageInfo } = page(rows, wanted, ({ runId, position }) => [runId, position]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toEntry(node) }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

const contactOf = (id: string) => ({ id: encodeId("Contact", id) }) as Contact;
const idOf = (type: string, id: string | null) => (id === null ? null : encodeId(type, id));

function toEntry({ runId, position, contactId, recipientId, outcome, ...ids }: ManifestRow): CampaignManifestEntry {
  return {
    ...{ runId: encodeId("CampaignRun", runId), position, contact: contactOf(contactId) },
    recipient: recipientId === null ? null : contactOf(recipientId),
    outcome: AudienceOutcome[outcome as AudienceOutcome],
    authorizationEventId: idOf("AuthorizationEvent", ids.authorizationEventId),
    shipmentId: idOf("Shipment", ids.shipmentId),
  };
}

function placeBehind(after: string | null): ManifestPlace {
  const [runId, position] = decodeCursor(after, 2) ?? ["0", 0];
  const isPlace = typeof runId === "string" && /^\d{1,18}$/.test(runId) && Number.isInteger(position);
  if (isPlace && Math.abs(Number(position)) <= 2_147_483_647) return { runId, position: Number(position) };
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}

/** Compares the manifests of all runs, row by row, with their seals; null when there was none. */
export async function manifestCheck(
  context: OperationContext,
  manifest: CampaignManifest,
): Promise<CampaignManifestCheck | null> {
  const campaign = (manifest as KnownManifest)[manifestRow];
  return context.bulkTransaction(async (db) => {
    const runs: CheckedRun[] = [];
    for (const check of await selectManifestChecks(db, campaign.id))
      runs.push(await checkedRun(context, db, campaign, check));
    return runs.length === 0 ? null : checkOf(runs);
  });
}

const mostFaults = 100;

/** What was found of one run. */
interface CheckedRun extends Pick<ManifestCheck, "rows" | "blanked" | "isUnderWay"> {
  readonly isIntact: boolean;
  readonly fault: CampaignManifestFault;
}

async function checkedRun(
  { services }: OperationContext,
  db: Sql,
  campaign: CampaignRow,
  { runId, isUnderWay, rows, blanked, broken, brokenChunks, rootHash, seal }: ManifestCheck,
): Promise<CheckedRun> {
  const found = await sealOf(services.identityKeys, db, runId, campaign);
  const isSealed = rootHash !== null && seal !== null && isSameSeal(found, { rootHash, seal });
  const isIntact = broken === 0 && brokenChunks.length === 0 && isSealed !== isUnderWay;
  const fault = { runId: encodeId("CampaignRun", runId), isSealed, brokenRows: broken, brokenChunks };
  return { rows, blanked, isUnderWay, isIntact, fault };
}

function checkOf(runs: readonly CheckedRun[]): CampaignManifestCheck {
  const sum = (of: (run: CheckedRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    isIntact: runs.every(({ isIntact }) => isIntact),
    isSealed: runs.every(({ fault }) => fault.isSealed),
    rows: sum(({ rows }) => rows),
    erasedRows: sum(({ blanked }) => blanked),
    brokenRows: sum(({ fault }) => fault.brokenRows),
    faults: runs.flatMap(({ isIntact, fault }) => (isIntact ? [] : [fault])).slice(0, mostFaults),
  };
}
