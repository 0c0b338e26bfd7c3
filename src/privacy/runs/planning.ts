import type { Sql } from "../../platform/database/sql.js";
import { type ContactRange, findRecency, keepRecency, selectInactive } from "../recency/index.js";
import { insertPlanDigest } from "./chunk.sql.js";
import { type ItemChunk, insertItems, selectDue, type WrittenItems } from "./item.sql.js";
import { type ClaimedRun, lockAnonymizationRun, type RunCounts } from "./run.sql.js";

/** Of more than a third of the contacts in a range, reading all of it is faster than looking for each. */
const mostLookedFor = 3;

/**
 * Plans for the contacts in a range, of whom there are so many: works out the recency of those who would be inactive by what
 * is kept, and writes what is to become of each of them (domain 4.3). Null when the run is not ours any more.
 */
export async function planContacts(
  db: Sql,
  run: ClaimedRun,
  chunk: ItemChunk,
  { count, ...range }: ContactRange & { readonly count: number },
): Promise<RunCounts | null> {
  const due = await selectDue(db, run.id, range.after, range.last);
  await findRecency(db, due, due.length > count / mostLookedFor ? range : undefined);
  // nobody waits for the run while that goes on
  if (!(await lockAnonymizationRun(db, run))) return null;
  if (due.length === 0) return {};
  await keepRecency(db);
  const inactive = await selectInactive(db, [run.customerCutoff, run.prospectCutoff].sort().at(-1)!);
  const counts = countsOf(await insertItems(db, chunk, inactive, null));
  await insertPlanDigest(db, chunk, inactive);
  return counts;
}

/** How many contacts have each outcome. */
export function countsOf(items: readonly WrittenItems[]): RunCounts {
  const counts: Record<string, number> = {};
  for (const { outcomes, count } of items)
    for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + count;
  const { NOT_AS_PLANNED: _, ...others } = counts;
  return others;
}
