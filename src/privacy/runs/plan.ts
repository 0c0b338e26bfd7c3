import { createHash } from "node:crypto";
import type { ClaimedRun } from "./run.sql.js";

/** What a plan is about: the same contacts under other periods are another plan. */
export type PlanTerms = Pick<
  ClaimedRun,
  | "day"
  | "inactivityMonths"
  | "customerInactivityMonths"
  | "prospectInactivityMonths"
  | "cutoff"
  | "customerCutoff"
  | "prospectCutoff"
>;

/**
 * The hash of a plan: of its terms and of the hashes of its chunks, in their order (design 7). Whoever names it has seen
 * what it says.
 */
export function planHashOf(institutionId: number, terms: PlanTerms, digests: readonly string[]): string {
  const { day, cutoff, customerCutoff, prospectCutoff } = terms;
  const months = [terms.inactivityMonths, terms.customerInactivityMonths, terms.prospectInactivityMonths];
  const text = JSON.stringify([institutionId, day, ...months, cutoff, customerCutoff, prospectCutoff, digests]);
  return createHash("sha256").update(text).digest("hex");
}
