import "./report.messages.js";
import {
  contactAnonymized,
  contactNotFound,
  lockVisibleContacts,
  type VisibleContactIds,
} from "../../contacts/index.js";
import { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors, warnings } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import type { UserError, Warning } from "../../platform/graphql/shared-types.js";
import type { ShipmentOutcome } from "../../platform/ports.js";
import type { AuthorizationCode } from "../authorizations/authorization.js";
import { digestOfAddress } from "../bounces/address-digest.js";
import type { ReportedEventInput } from "./report.inputs.js";
import {
  insertReports,
  type ReportEvent,
  type ReportedContact,
  type ReportKind,
  selectCampaignShipments,
  selectOwnShipments,
  selectReported,
  selectReports,
} from "./report-event.sql.js";

/** What a report turned out to say. */
export interface Draft {
  readonly kind: ReportKind;
  /** As it was given; null for another channel than e-mail. */
  readonly address?: string | null;
  readonly statusCode?: string | null;
  /** What is withdrawn, in the order of the codes; none: what let the message arrive. Left out for no withdrawal. */
  readonly codes?: readonly AuthorizationCode[];
  /** What it means for the shipment that the report names. */
  readonly outcome?: ShipmentOutcome;
}

/** A report that is wrong says what is; one that is left out neither counts nor is kept. */
export type Reading = Draft | { readonly problem: Problem } | "LEFT_OUT";

/** A report that was taken in, with its place in the batch. */
export interface Reported<Input> extends ReportEvent {
  readonly input: Input;
  readonly index: number;
  readonly outcome: ShipmentOutcome | undefined;
}

export interface Batch<Input> {
  readonly reports: readonly Input[];
  /** Understands one report, without the database. */
  read(report: Input): Reading | Promise<Reading>;
  /** Why it cannot be about this contact, if it cannot. */
  refuses?(contact: ReportedContact, kind: ReportKind): Problem | null;
  /** What follows from those that nobody had reported before, in their transaction. */
  apply(db: Sql, visible: VisibleContactIds, added: readonly Reported<Input>[]): Promise<void>;
}

export interface ReportAnswer {
  recorded: number;
  repeated: number;
  leftOut: number;
  userErrors: UserError[];
  warnings: Warning[];
}

const mostReports = 1_000;
const longestEventId = 200;
const eventIdPattern = new RegExp(`^\\P{Cc}{1,${longestEventId}}$`, "u");
/** Before that nobody reported anything. */
const oldest = "2000-01-01";
const oldestEvent = new Date(oldest);
/** How far a sender's clock may be ahead of ours. */
const clockSkewMs = 5 * 60_000;

/**
 * Takes in a batch of reports: those that are wrong are refused one by one, the others are kept and applied together, each
 * once for its event id. Complete whoever they are about (design 3): it acts with full clearance, in the caller's name.
 */
export async function reportBatch<Input extends ReportedEventInput>(
  asked: OperationContext,
  batch: Batch<Input>,
): Promise<ReportAnswer> {
  const context = withFullClearance(asked);
  if (batch.reports.length > mostReports) {
    const problems = [problem("TOO_MANY_REPORTS", ["reports"], { most: mostReports })];
    return answerOf(context, { recorded: 0, repeated: 0, leftOut: 0, problems, hasUnknownShipments: false });
  }
  const read: Read<Input>[] = [];
  for (const [index, input] of batch.reports.entries()) read.push(await readOne(context, batch, input, index));
  const problems = read.flatMap((each) => ("problem" in each ? [each.problem] : []));
  const wanted = read.filter((each) => "draft" in each);
  const leftOut = read.length - problems.length - wanted.length;
  const taken = await context.transaction((db) => takeIn(context, db, batch, wanted));
  return answerOf(context, { ...taken, leftOut, problems: [...problems, ...taken.problems] });
}

/** Rights that a duty needs; what is written names who reported it. */
function withFullClearance({ services, caller, locale, requestId }: OperationContext): OperationContext {
  const complete = { ...caller, clearance: 2, ownContactId: null } as const;
  return new OperationContext(services, { caller: complete, raisedLevels: new Map(), locale, requestId }, "SAM");
}

type Understood<Input> = {
  readonly input: Input;
  readonly index: number;
  readonly contactId: string;
  readonly draft: Draft;
};
type Read<Input> = Understood<Input> | { readonly problem: Problem } | { readonly isLeftOut: true };

async function readOne<Input extends ReportedEventInput>(
  context: OperationContext,
  batch: Batch<Input>,
  input: Input,
  index: number,
): Promise<Read<Input>> {
  const refused = (wrong: Problem) => ({ problem: at(index, wrong) });
  if (!eventIdPattern.test(input.eventId) || !input.eventId.isWellFormed())
    return refused(problem("INVALID_EVENT_ID", ["eventId"], { longest: longestEventId }));
  if (input.occurredAt.getTime() > context.now().getTime() + clockSkewMs)
    return refused(problem("EVENT_IN_FUTURE", ["occurredAt"]));
  if (input.occurredAt < oldestEvent) return refused(problem("EVENT_TOO_OLD", ["occurredAt"], { oldest }));
  const reading = await batch.read(input);
  if (reading === "LEFT_OUT") return { isLeftOut: true };
  if ("problem" in reading) return refused(reading.problem);
  const contactId = decodeId("Contact", input.contactId);
  if (contactId === null) return refused(contactNotFound("contactId"));
  return { input, index, contactId, draft: reading };
}

/** The problem of one report, by its place. */
function at(elementIndex: number, { field, ...wrong }: Problem): Problem {
  return { ...wrong, field: ["reports", ...field], elementIndex };
}

interface Taken {
  readonly recorded: number;
  readonly repeated: number;
  readonly problems: readonly Problem[];
  readonly hasUnknownShipments: boolean;
}

async function takeIn<Input extends ReportedEventInput>(
  context: OperationContext,
  db: Sql,
  batch: Batch<Input>,
  wanted: readonly Understood<Input>[],
): Promise<Taken> {
  const visible = await lockVisibleContacts(db, [...new Set(wanted.map(({ contactId }) => contactId))]);
  const contacts = new Map((await selectReported(db, visible)).map((contact) => [contact.id, contact]));
  const shipments = await shipmentsOf(db, wanted);
  const problems: Problem[] = [];
  const events: Reported<Input>[] = [];
  for (const each of wanted) {
    const contact = contacts.get(each.contactId);
    const shipmentId = shipments.get(each.index) ?? null;
    const wrong = contact ? refusalOf(batch, contact, each.draft.kind, shipmentId) : contactNotFound("contactId");
    if (wrong) problems.push(at(each.index, wrong));
    else events.push(eventOf(context, each, shipmentId));
  }
  const { added, repeated, reused } = await keep(db, events);
  problems.push(...reused.map(({ index }) => at(index, problem("EVENT_ID_REUSED", ["eventId"]))));
  await batch.apply(db, visible, added);
  const hasUnknownShipments = await reportShipments(context, db, [...added, ...repeated]);
  return { recorded: added.length, repeated: repeated.length, problems, hasUnknownShipments };
}

/** A structure is reached through its relay, unless the report names a shipment that was the structure's own (F33). */
function refusalOf<Input>(
  { refuses }: Batch<Input>,
  contact: ReportedContact,
  kind: ReportKind,
  shipmentId: string | null,
): Problem | null {
  if (contact.isAnonymized) return contactAnonymized("contactId");
  const refusal = refuses?.(contact, kind) ?? null;
  if (refusal || !contact.isStructure || shipmentId !== null) return refusal;
  return problem("REPORT_NAMES_STRUCTURE", ["contactId"]);
}

function eventOf<Input extends ReportedEventInput>(
  { services, caller }: OperationContext,
  { input, index, contactId, draft }: Understood<Input>,
  shipmentId: string | null,
): Reported<Input> {
  const { kind, statusCode = null, codes = null, outcome } = draft;
  const digest =
    draft.address == null
      ? null
      : digestOfAddress(services.identityKeys, caller.institutionId, contactId, draft.address);
  const { eventId, occurredAt } = input;
  const facts = { eventId, contactId, kind, occurredAt, addressDigest: digest, statusCode, shipmentId, codes };
  return { ...facts, input, index, outcome };
}

/**
 * Database ids of the shipments to their contacts that the reports name, by themselves or by a campaign, by the reports'
 * places. One to somebody else is none: what became of his message is not told by a report about another.
 */
async function shipmentsOf(
  db: Sql,
  wanted: readonly Understood<ReportedEventInput>[],
): Promise<ReadonlyMap<number, string | null>> {
  const byCampaign = wanted.flatMap(({ input, index, contactId }) => {
    const campaignId = input.shipmentId == null ? decodeId("Campaign", input.campaignId ?? "") : null;
    return campaignId === null ? [] : [{ index, contactId, campaignId }];
  });
  const byId = wanted.flatMap(({ input, index, contactId }) => {
    const shipmentId = decodeId("Shipment", input.shipmentId ?? "");
    return shipmentId === null ? [] : [{ index, contactId, shipmentId }];
  });
  const found = byCampaign.length > 0 ? await selectCampaignShipments(db, byCampaign) : new Map<string, string>();
  const own = byId.length > 0 ? await selectOwnShipments(db, byId) : new Set<string>();
  return new Map([
    ...byId.map(
      ({ index, contactId, shipmentId }) => [index, own.has(`${contactId}:${shipmentId}`) ? shipmentId : null] as const,
    ),
    ...byCampaign.map(
      ({ index, contactId, campaignId }) => [index, found.get(`${contactId}:${campaignId}`) ?? null] as const,
    ),
  ]);
}

/** Keeps what is new, and tells what was reported before from what something else was reported under. */
async function keep<Input>(db: Sql, events: readonly Reported<Input>[]) {
  const first = new Map(events.toReversed().map((event) => [event.eventId, event]));
  const news = await insertReports(db, [...first.values()]);
  const old = await selectReports(
    db,
    [...first.keys()].filter((id) => !news.has(id)),
  );
  const kept = new Map<string, ReportEvent>([...first, ...old.map((event) => [event.eventId, event] as const)]);
  const isAdded = (event: Reported<Input>) => news.has(event.eventId) && first.get(event.eventId) === event;
  const others = events.filter((event) => !isAdded(event));
  return {
    added: events.filter(isAdded),
    repeated: others.filter((event) => isSame(event, kept.get(event.eventId)!)),
    reused: others.filter((event) => !isSame(event, kept.get(event.eventId)!)),
  };
}

function isSame(a: ReportEvent, b: ReportEvent): boolean {
  const facts = ({ contactId, kind, occurredAt, addressDigest: digest, statusCode }: ReportEvent) =>
    [contactId, kind, occurredAt.toISOString(), digest?.toString("hex"), statusCode].join();
  const agree = (one: unknown, other: unknown) => one === null || other === null || String(one) === String(other);
  // a shipment may have come since, and what was withdrawn was not always kept
  return facts(a) === facts(b) && agree(a.shipmentId, b.shipmentId) && agree(a.codes, b.codes);
}

/** Tells history, which is told again what it knows. True when a report names no shipment that there is. */
async function reportShipments(
  { ports }: OperationContext,
  db: Sql,
  events: readonly Reported<ReportedEventInput>[],
): Promise<boolean> {
  const isNamed = ({ shipmentId, campaignId }: ReportedEventInput) => shipmentId != null || campaignId != null;
  const named = events.filter(({ input, outcome }) => isNamed(input) && outcome !== undefined);
  const reports = named.flatMap(({ shipmentId, outcome, occurredAt }) =>
    shipmentId === null || !outcome ? [] : [{ shipmentId, outcome, at: occurredAt }],
  );
  const known = reports.length > 0 ? await ports.history.updateShipmentStates(db, reports) : new Set();
  return reports.length < named.length || reports.some(({ shipmentId }) => !known.has(shipmentId));
}

function answerOf({ locale }: OperationContext, taken: Taken & { leftOut: number }): ReportAnswer {
  const { recorded, repeated, leftOut, problems, hasUnknownShipments } = taken;
  const inOrder = problems.toSorted((a, b) => (a.elementIndex ?? 0) - (b.elementIndex ?? 0));
  return {
    ...{ recorded, repeated, leftOut },
    userErrors: userErrors(inOrder, locale),
    warnings: warnings(hasUnknownShipments ? ["SHIPMENT_NOT_FOUND"] : [], locale),
  };
}
