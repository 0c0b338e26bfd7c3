import type { Buyer } from "../../../contacts/index.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import type {
  AdvantageRecord,
  ContactName,
  HistoryRecord,
  MembershipRecord,
  PaymentRecord,
  ShipmentRecord,
  WaitingListEntryRecord,
} from "../records/record.js";
import type { Changes } from "./changes.js";
import { ByName, type Entry, settle } from "./entry.js";
import type { Known } from "./known.js";
import { lockBelongings, nextIds, type StoredBelonging, type StoredOrder } from "./known.sql.js";
import { purchaseRefusalsAt } from "./purchase.js";
import { mergeStaged } from "./staged.sql.js";
import { StagedRows } from "./staged-rows.js";
import {
  advantageTable,
  type Cell,
  membershipTable,
  paymentTable,
  type StagedTable,
  shipmentTable,
  waitingListTable,
} from "./staged-table.js";

export type Belonging = PaymentRecord | MembershipRecord | AdvantageRecord | WaitingListEntryRecord | ShipmentRecord;

/** What a record names, found. */
interface Found {
  readonly buyer: Buyer;
  readonly productId: string | null;
  readonly order: StoredOrder | null;
  readonly stored: StoredBelonging | undefined;
}

interface BelongingKind<Kind extends Belonging> {
  readonly table: StagedTable;
  /** Of the record, the field that names its contact. */
  readonly contactField: string;
  contactOf(record: Kind): ContactName;
  /** Why the record is not taken although all that it names is there. */
  refusals?(record: Kind, found: Found): string[];
  cells(record: Kind, found: Found): Readonly<Record<string, Cell>>;
}

const contactOf = ({ contact }: { readonly contact: ContactName }) => contact;

const payments: BelongingKind<PaymentRecord> = {
  table: paymentTable,
  contactField: "payer",
  contactOf: ({ payer }) => payer,
  // paying for a new order is taking part in it; paying a debt, or being paid back, is not
  refusals({ amount }, { buyer, order, stored }) {
    const hasPart = order?.purchaserId === buyer.id || order?.payerId === buyer.id || stored?.contactId === buyer.id;
    return order === null || hasPart || amount.startsWith("-") ? [] : purchaseRefusalsAt(buyer, order.orderedAt);
  },
  cells: ({ paidAt, method, amount, currency }, { buyer, order }) => ({
    ...{ order_id: order?.id ?? null, payer_id: buyer.id, paid_at: paidAt.toISOString(), payment_method: method },
    ...{ amount, currency },
  }),
};

const waitingListEntries: BelongingKind<WaitingListEntryRecord> = {
  table: waitingListTable,
  contactField: "contact",
  contactOf,
  // erasing removes them, so none comes back
  refusals({ requestedAt }, { buyer, stored }) {
    if (buyer.anonymizedSince) return ["RECORD_CONTACT_ANONYMIZED"];
    return stored?.contactId === buyer.id ? [] : purchaseRefusalsAt(buyer, requestedAt);
  },
  cells: ({ quantity, requestedAt, state }, { buyer, productId }) => ({
    ...{ contact_id: buyer.id, product_id: productId, quantity, requested_at: requestedAt.toISOString() },
    ...{ entry_state: state },
  }),
};

const memberships: BelongingKind<MembershipRecord> = {
  table: membershipTable,
  contactField: "contact",
  contactOf,
  cells: ({ validFrom, validTo, state }, { buyer, productId, order }) => ({
    ...{ contact_id: buyer.id, product_id: productId, order_id: order?.id ?? null },
    ...{ valid_from: validFrom, valid_to: validTo, membership_state: state },
  }),
};

const advantages: BelongingKind<AdvantageRecord> = {
  table: advantageTable,
  contactField: "contact",
  contactOf,
  // as waiting list entries
  refusals: (_, { buyer }) => (buyer.anonymizedSince ? ["RECORD_CONTACT_ANONYMIZED"] : []),
  cells: ({ code, name, validFrom, validTo, state }, { buyer }) => ({
    ...{ contact_id: buyer.id, code, name, valid_from: validFrom, valid_to: validTo, advantage_state: state },
  }),
};

const shipments: BelongingKind<ShipmentRecord> = {
  table: shipmentTable,
  contactField: "contact",
  contactOf,
  cells(record, { buyer, order, stored }) {
    const { shipmentKind, channel, subject, createdAt, sentAt, state, responseCode } = record;
    const cleaned = buyer.anonymizedSince !== null || (stored?.cleaned ?? false);
    return {
      ...{ contact_id: buyer.id, shipment_kind: shipmentKind, channel },
      subject: cleaned ? null : subject,
      ...{ recipient: cleaned ? null : record.recipient, order_id: order?.id ?? null },
      ...{ created_at: createdAt.toISOString(), sent_at: sentAt?.toISOString() ?? null, shipment_state: state },
      ...{ response_code: responseCode, cleaned: cleaned ? "t" : "f" },
    };
  },
};

const kinds = {
  payment: payments,
  membership: memberships,
  advantage: advantages,
  waitingListEntry: waitingListEntries,
  shipment: shipments,
};

/** Merges records that belong to one contact each. After the orders that they name. */
export async function mergeBelongings<Kind extends Belonging>(
  db: BulkSql,
  kindName: Kind["kind"],
  entries: readonly Entry<Kind>[],
  known: Known,
  changes: Changes,
): Promise<void> {
  if (entries.length === 0) return;
  const kind = kinds[kindName] as unknown as BelongingKind<Kind>;
  const stored = await storedOf(db, kind.table, entries);
  const found = new Map<Entry<Kind>, Found>();
  for (const entry of entries) {
    const all = find(entry, kind, known, stored);
    if (all) found.set(entry, all);
  }
  const written = settle([...found.keys()], stored);
  const ids = await nextIds(db, kind.table, written.length);
  const rows = new StagedRows(kind.table);
  for (const [index, entry] of written.entries()) {
    const all = found.get(entry)!;
    const { organization, key, version } = entry.record!;
    const id = all.stored?.id ?? ids[index]!;
    changes.addContacts(all.buyer.id, all.stored?.contactId ?? null);
    if (kindName === "shipment") changes.shipments.add(id);
    const cells = { id, organization, external_id: key, version, ...kind.cells(entry.record!, all) };
    rows.add(all.stored === undefined, cells);
  }
  await mergeStaged(db, rows);
}

async function storedOf(db: BulkSql, table: StagedTable, entries: readonly Entry<HistoryRecord>[]) {
  const stored = new ByName<StoredBelonging>();
  const names = entries.map(({ record }) => record!);
  const rows = await lockBelongings(db, table, {
    organizations: names.map(({ organization }) => organization),
    keys: names.map(({ key }) => key),
  });
  for (const row of rows) stored.set(row.organization, row.key, row);
  return stored;
}

/** What a record names; null, and its problems, when that is not there or speaks against it. */
function find<Kind extends Belonging>(
  entry: Entry<Kind>,
  kind: BelongingKind<Kind>,
  known: Known,
  stored: ByName<StoredBelonging>,
): Found | null {
  const record = entry.record as Kind & { product?: string; order?: string | null };
  const { organization, key } = record;
  const buyer = known.buyer(kind.contactOf(record));
  const product = record.product === undefined ? undefined : known.products.get(organization, record.product);
  const order = record.order == null ? undefined : known.orders.get(organization, record.order);
  if (!buyer) entry.refuse("UNKNOWN_CONTACT", [kind.contactField]);
  if (record.product !== undefined && !product) entry.refuse("UNKNOWN_PRODUCT", ["product"]);
  if (record.order != null && !order) entry.refuse("UNKNOWN_ORDER", ["order"]);
  if (!buyer || entry.problems.length > 0) return null;
  const found = { buyer, productId: product?.id ?? null, order: order ?? null, stored: stored.get(organization, key) };
  for (const code of kind.refusals?.(record, found) ?? []) entry.refuse(code, [kind.contactField]);
  return entry.problems.length === 0 ? found : null;
}
