import type { GraphQLSchema } from "graphql";
import { historyModule } from "../../src/history/index.js";
import type { OperationContext } from "../../src/platform/context.js";
import { ask } from "./ask.js";
import type { ContextWish, TestDatabase } from "./database.js";
import type { TestContact, TestInstitution } from "./rows.js";

/** A record as the API and files take it: `{ order: { … } }`. */
export type RecordWish = Readonly<Record<string, unknown>>;

export interface Delivered {
  readonly ingestJob: {
    readonly id: string;
    readonly status: string;
    readonly counters: Record<string, number>;
  } | null;
  readonly userErrors: { code: string; field: string[]; message: string; elementIndex: number | null }[];
}

const mutation = `mutation ($input: IngestHistoryInput!) { ingestHistory(input: $input) {
  ingestJob { id status progress counters { processed created updated unchanged stale errors } }
  userErrors { code field message elementIndex } warnings { code } } }`;

const testOrganizations = ["OPERA", "MUSEUM"];

let built: Promise<GraphQLSchema> | undefined;

/** The history subgraph, built once. */
export function historySchema(): Promise<GraphQLSchema> {
  built ??= historyModule.buildSubgraph().then(({ schema }) => schema);
  return built;
}

/** A ticketing system of this institution (the file's own when left out) that acts for OPERA and MUSEUM, which are made. */
export async function ticketing(db: TestDatabase, wish: ContextWish = {}): Promise<OperationContext> {
  await addOrganizations(db, wish.institution ?? db.home);
  const caller = { kind: "SERVICE", login: "svc-ticketing", clearance: 2, organizations: testOrganizations } as const;
  return db.contextWith("history:ingest", "history:read", "contact:read", { ...caller, ...wish });
}

async function addOrganizations(db: TestDatabase, { id }: TestInstitution): Promise<void> {
  await db.owner.query(
    `INSERT INTO platform.organization (institution_id, code, name) SELECT $1, code, code FROM unnest($2::text[]) code
     ON CONFLICT DO NOTHING`,
    [id, testOrganizations],
  );
}

/** Delivers records through the API; errors of records are answered as they are. */
export async function deliver(
  context: OperationContext,
  records: readonly RecordWish[],
  idempotencyKey?: string,
): Promise<Delivered> {
  const input = { records, ...(idempotencyKey && { idempotencyKey }) };
  return (await ask(await historySchema(), context, mutation, { input })).ingestHistory as Delivered;
}

/** Delivers records that have to be taken, as the ticketing system of an institution. */
export async function ingest(
  db: TestDatabase,
  records: readonly RecordWish[],
  wish: ContextWish = {},
): Promise<Delivered> {
  const answer = await deliver(await ticketing(db, wish), records);
  if (answer.userErrors.length > 0) throw new Error(JSON.stringify(answer.userErrors));
  return answer;
}

export const named = ({ opaqueId }: TestContact) => ({ contactId: opaqueId });

let keys = 0;

/** A performance, unless `wish` says otherwise. */
export function productRecord(wish: RecordWish = {}) {
  const code = `P${++keys}`;
  const defaults = { organization: "OPERA", code, version: 1, name: code, kind: "PERFORMANCE" };
  return { product: { ...defaults, validityEndDate: "2026-06-01", ...wish } };
}

/** A sale without lines, unless `wish` says otherwise. */
export function orderRecord(wish: RecordWish = {}) {
  const base = { organization: "OPERA", orderNumber: `N${++keys}`, version: 1, operationKind: "SALE" };
  return { order: { ...base, orderedAt: "2026-03-01T12:00:00Z", currency: "CHF", total: "40.00", ...wish } };
}

/** The only line of an order, of one product, with one ticket for each contact; null: nobody by name. */
export function lineOf(product: { product: { code: string } }, ...attend: readonly (TestContact | null)[]) {
  const tickets = attend.map((contact, index) => ({
    ...{ ticketNumber: index + 1, price: "40.00" },
    ...(contact && { culturalContact: named(contact) }),
  }));
  const quantity = Math.max(1, tickets.length);
  return { lineNumber: 1, product: product.product.code, quantity, amount: "40.00", tickets };
}

/** A card payment of 40.00, unless `wish` says otherwise. */
export function paymentRecord(payer: TestContact, wish: RecordWish = {}) {
  const base = { organization: "OPERA", externalId: `E${++keys}`, version: 1, payer: named(payer) };
  const paid = { paidAt: "2026-03-01T12:05:00Z", method: "CARD", amount: "40.00", currency: "CHF" };
  return { payment: { ...base, ...paid, ...wish } };
}
