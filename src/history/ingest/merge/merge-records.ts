import type { BulkSql } from "../../../platform/database/sql.js";
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

const belongings = ["payment", "membership", "advantage", "waitingListEntry", "shipment"] as const;

/**
 * Merges a chunk of records in the caller's transaction, and brings up to date what follows from them. Each kind finds
 * what it names, also when that came further down in the chunk. Redelivered, reordered or split into other chunks, the
 * same records leave the same rows.
 * @param options.organizations codes of those that the caller acts for
 * @param options.follow brings up to date what depends on histories
 * @returns what became of each record, in the order in which they came
 */
export async function mergeRecords(
  db: BulkSql,
  records: readonly PlacedRecord[],
  { organizations, follow }: { readonly organizations: readonly string[]; readonly follow: IngestFollower },
): Promise<Entry[]> {
  const entries = records.map(({ line, read }) => new Entry(line, read));
  await waitForDeliveries(db);
  await refuseForeign(db, entries, organizations);
  const known = new Known();
  await known.load(
    db,
    goodOnes(entries).map(({ record }) => record!),
  );
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

function goodOnes(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ problems }) => problems.length === 0);
}
