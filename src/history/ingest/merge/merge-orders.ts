import type { BulkSql } from "../../../platform/database/sql.js";
import type { OrderRecord } from "../records/record.js";
import type { Changes } from "./changes.js";
import { type Entry, settle } from "./entry.js";
import type { Known } from "./known.js";
import { nextIds, type StoredOrder, selectErasedTickets, selectStoredLines, selectStoredTickets } from "./known.sql.js";
import { OrderJudge, type OrderState } from "./order-judge.js";
import { deleteLines, deleteTicketDetails, deleteTickets } from "./order-parts.sql.js";
import { OrderRows } from "./order-rows.js";
import { mergeStaged } from "./staged.sql.js";
import { orderTable, ticketTable } from "./staged-table.js";

/** Merges orders with all that hangs on them. */
export async function mergeOrders(
  db: BulkSql,
  entries: readonly Entry<OrderRecord>[],
  known: Known,
  changes: Changes,
): Promise<void> {
  const states = await statesOf(db, entries, known);
  const stateOf = ({ record }: Entry<OrderRecord>) => {
    const order = known.orders.get(record!.organization, record!.key);
    return order && states.get(order.id);
  };
  for (const entry of entries) if (isNews(entry, known)) new OrderJudge(entry, known, stateOf(entry)).judge();
  const written = settle(
    entries.filter(({ problems }) => problems.length === 0),
    known.orders,
  );
  if (written.length === 0) return;
  const orderIds = await nextIds(db, orderTable, written.length);
  const ticketIds = await nextIds(db, ticketTable, countTickets(written));
  const rows = new OrderRows(known, changes, ticketIds);
  for (const [index, entry] of written.entries()) {
    const state = stateOf(entry);
    rows.add(entry.record!, state?.order.id ?? orderIds[index]!, state);
  }
  await write(db, rows);
}

/** What is there already, or older than that, changes nothing: it was judged when it was taken, and may come again. */
function isNews({ record }: Entry<OrderRecord>, { orders }: Known): boolean {
  const { organization, key, version } = record!;
  const stored = orders.get(organization, key);
  return stored === undefined || stored.version < version;
}

function countTickets(written: readonly Entry<OrderRecord>[]): number {
  const lines = written.flatMap(({ record }) => record!.lines);
  return lines.reduce((count, { tickets }) => count + tickets.length, 0);
}

/** What is stored of the orders that may get a later version, by id. */
async function statesOf(
  db: BulkSql,
  entries: readonly Entry<OrderRecord>[],
  known: Known,
): Promise<ReadonlyMap<string, OrderState>> {
  const outdated = new Map<string, StoredOrder>();
  for (const { record } of entries) {
    const order = known.orders.get(record!.organization, record!.key);
    if (order && order.version < record!.version) outdated.set(order.id, order);
  }
  if (outdated.size === 0) return new Map();
  const ids = [...outdated.keys()];
  const lines = Map.groupBy(await selectStoredLines(db, ids), ({ orderId }) => orderId);
  const tickets = Map.groupBy(await selectStoredTickets(db, ids), ({ orderId }) => orderId);
  const erased = Map.groupBy(await selectErasedTickets(db, ids), ({ orderId }) => orderId);
  return new Map(
    [...outdated].map(([id, order]) => [
      id,
      { order, lines: lines.get(id) ?? [], tickets: tickets.get(id) ?? [], erased: erased.get(id) ?? [] },
    ]),
  );
}

async function write(db: BulkSql, rows: OrderRows): Promise<void> {
  await mergeStaged(db, rows.orders);
  await deleteTickets(db, rows.droppedTickets);
  await mergeStaged(db, rows.lines);
  await mergeStaged(db, rows.tickets);
  await deleteLines(db, rows.droppedLines);
  await deleteTicketDetails(db, rows.refilledTickets);
  await mergeStaged(db, rows.beneficiaries);
  await mergeStaged(db, rows.answers);
}
