import { plannedByValues } from "../../platform/database/planning.js";
import type { Sql } from "../../platform/database/sql.js";
import { enqueue } from "../../platform/jobs/index.js";
import { lockIndicators, selectContactsOfProducts, updateIndicators } from "./recompute.sql.js";
import { insertRun, type RunReason } from "./run.sql.js";

/** Contacts of one statement. */
const slice = 20_000;

/** What was written that indicators depend on. Database ids. */
export interface IndicatorChanges {
  /** Everybody who is or was named by a record. */
  readonly contactIds: readonly string[];
  readonly productIds: readonly string[];
  readonly seasonIds: readonly string[];
}

/**
 * Works out the indicators of these contacts from the records as they stand, in the transaction that wrote these.
 * Twice gives the same. Two transactions that touch one contact do it one after the other, so that the second knows
 * what the first has written. The caller sees every contact.
 * @param contactIds any number, in any order
 * @returns how many contacts have other values than before
 */
export async function recomputeIndicators(db: Sql, contactIds: readonly string[]): Promise<number> {
  const ids = [...new Set(contactIds)].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  let changed = 0;
  for (let start = 0; start < ids.length; start += slice) {
    const some = ids.slice(start, start + slice);
    await lockIndicators(db, some);
    changed += await plannedByValues(db, () => updateIndicators(db, some));
  }
  return changed;
}

/**
 * As {@link recomputeIndicators}, also for everybody who has to do with these products. A season concerns everybody: it
 * asks for a run in the background.
 */
export async function refreshIndicators(
  db: Sql,
  { contactIds, productIds, seasonIds }: IndicatorChanges,
): Promise<void> {
  const others = productIds.length > 0 ? await selectContactsOfProducts(db, productIds) : [];
  await recomputeIndicators(db, [...contactIds, ...others]);
  if (seasonIds.length > 0) await requestRun(db, "SEASON");
}

/** Asks for a recomputation of everybody, which begins when this transaction has ended. @returns the id of the run */
export async function requestRun(db: Sql, reason: RunReason): Promise<string> {
  const { id, isNew } = await insertRun(db, reason);
  if (isNew) await enqueue(db, "history.indicators", { institutionId: db.institutionId, id });
  return id;
}
