import type { BulkSql } from "../../../platform/database/sql.js";
import type { KeyRing } from "../../../platform/key-ring.js";
import { erasedRecords } from "../../erasure/index.js";
import type { IngestFollower } from "../followers.js";
import type { ReadRecord } from "../records/read-record.js";
import type { HistoryRecord, OrderRecord, ProductRecord, RecordKind, SeasonRecord } from "../records/record.js";
import { Changes } from "./changes.js";
import { Entry } from "./entry.js";
import { Known, refuseForeign } from "./known.js";
import { waitForDeliveries } from "./known.sql.js";
import { type Belonging, mergeBelongings } from "./merge-belongings.js";
import { mergeProducts, mergeSeasons } from "./merge-catalogue.js";
import { mergeOrders } from "./merge-orders.js";

export interface PlacedRecord {
  /** The first is 1. */
  readonly line: number;
  readonly read: ReadRecord;
}

export interface MergeRules {
  /** Codes of those that the caller acts for. */
  readonly organizations: readonly string[];
  /** Brings up to date what depends on histories. */
  readonly follow: IngestFollower;
  /** By which records are known that went with their contact. */
  readonly keys: KeyRing;
}

const belongings = ["payment", "membership", "advantage", "waitingListEntry", "shipment"] as const;

/**
 * Merges a chunk of records in the caller's transaction, and brings up to date what follows from them. Each kind finds
 * what it names, also when that came further down in the chunk. Redelivered, reordered or split into other chunks, the
 * same records leave the same rows.
 * @returns what became of each record, in the order in which they came
 */
export async function mergeRecords(
  db: BulkSql,
  records: readonly PlacedRecord[],
  { organizations, follow, keys }: MergeRules,
): Promise<Entry[]> {
  const entries = records.map(({ line, read }) => new Entry(line, read));
  await waitForDeliveries(db);
  await refuseForeign(db, entries, organizations);
  const known = new Known();
  await known.load(
    db,
    goodOnes(entries).map(({ record }) => record!),
  );
  await knowErased(keys, db, known, goodOnes(entries));
  const changes = new Changes();
  const of = <Kind extends HistoryRecord>(kind: RecordKind) =>
    goodOnes(entries).filter((entry) => entry.kind === kind) as unknown as Entry<Kind>[];
  await mergeSeasons(db, of<SeasonRecord>("season"), known, changes);
  await mergeProducts(db, of<ProductRecord>("product"), known, changes);
  await mergeOrders(db, of<OrderRecord>("order"), known, changes);
  for (const kind of belongings) await mergeBelongings(db, kind, of<Belonging>(kind), known, changes);
  await follow(db, changes.all);
  return entries;
}

/** Records that went with their contact: an order comes back without its texts and holders, everything else not at all. */
async function knowErased(keys: KeyRing, db: BulkSql, known: Known, entries: readonly Entry[]): Promise<void> {
  const named = entries.map(({ record }) => record!);
  const erased = new Set<HistoryRecord>(await erasedRecords(keys, db, named));
  for (const entry of entries) {
    const record = entry.record!;
    if (!erased.has(record)) continue;
    if (record.kind === "order") known.erasedOrders.set(record.organization, record.key, true);
    else entry.refuse("RECORD_ERASED", []);
  }
}

function goodOnes(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ problems }) => problems.length === 0);
}
