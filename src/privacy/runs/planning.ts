import type { Sql } from "../../platform/database/sql.js";
import { computeRecency } from "../recency/index.js";
import { insertPlanDigest } from "./chunk.sql.js";
import { type ItemChunk, insertActiveItems, insertItems, selectDue, type WrittenItem } from "./item.sql.js";
import type { ClaimedRun, RunCounts } from "./run.sql.js";

/**
 * Plans for the contacts behind one, up to another: works out the recency of those who would be inactive by what is kept,
 * and writes what is to become of each of them (domain 4.3).
 */
export async function planContacts(
  db: Sql,
  run: ClaimedRun,
  chunk: ItemChunk,
  range: { readonly after: string; readonly last: string },
): Promise<RunCounts> {
  const due = await selectDue(db, run.id, range.after, range.last);
  if (due.length === 0) return {};
  const days = await computeRecency(db, due);
  const latest = [run.customerCutoff, run.prospectCutoff].sort().at(-1)!;
  const active = days.filter(({ day }) => day > latest).map(({ contactId }) => contactId);
  const others = days.filter(({ day }) => day <= latest).map(({ contactId }) => contactId);
  const kept = active.length > 0 ? await insertActiveItems(db, chunk, active) : 0;
  if (others.length === 0) return { KEPT_ACTIVE: kept };
  const counts = countsOf(await insertItems(db, chunk, others, null));
  await insertPlanDigest(db, chunk, others);
  return { ...counts, KEPT_ACTIVE: kept + (counts.KEPT_ACTIVE ?? 0) };
}

/** How many contacts have each outcome. */
export function countsOf(items: readonly WrittenItem[]): RunCounts {
  const counts: Record<string, number> = {};
  for (const outcome of items.flatMap(({ outcomes }) => outcomes)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const { NOT_AS_PLANNED: _, ...others } = counts;
  return others;
}
