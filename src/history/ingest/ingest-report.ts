import type { IngestCounts } from "./ingest-job.sql.js";
import type { Entry } from "./merge/entry.js";

export function countOutcomes(entries: readonly Entry[]): IngestCounts {
  const counts = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, STALE: 0, ERROR: 0 };
  for (const { outcome } of entries) if (outcome) counts[outcome]++;
  const { CREATED, UPDATED, UNCHANGED, STALE, ERROR } = counts;
  return { created: CREATED, updated: UPDATED, unchanged: UNCHANGED, stale: STALE, errors: ERROR };
}

/** What a report lists. */
export function notTaken(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ outcome }) => outcome === "STALE" || outcome === "ERROR");
}

/**
 * Of a chunk, what its report keeps: all that is to be read again, which would be lost otherwise, and of the others as
 * many as there is room for.
 */
export function reported(entries: readonly Entry[], room: number): { kept: Entry[]; forGood: number } {
  let forGood = 0;
  const kept = notTaken(entries).filter(({ isEarly }) => isEarly || forGood++ < room);
  return { kept, forGood: Math.min(forGood, Math.max(0, room)) };
}
