import type { Services } from "../../platform/context.js";
import { selectInstitutionIds } from "../../platform/database/institution.sql.js";
import { knowInstitution } from "../../platform/database/known-institution.js";
import { plannedByValues } from "../../platform/database/planning.js";
import type { Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inBulkTransaction, inTransaction } from "../../platform/database/transaction.js";
import { type JobPayload, type ScheduledTask, type Task, uncountRun } from "../../platform/jobs/index.js";
import { recomputeIndicators, requestRun } from "./recompute.service.js";
import { selectOutdated } from "./recompute.sql.js";
import { advanceRun, type ClaimedRun, claimRun, endRun, isDayCovered, lockRun, selectNextRange } from "./run.sql.js";

/** Contacts that are looked at together: reading many at once is several times cheaper for each. */
const lookedAt = 100_000;
/** Contacts that are written in one transaction, which others who write about them wait for. */
const written = 10_000;
/** Runs of the task without a step forward. */
const maximumVainRuns = 20;

/**
 * Works out the indicators of all contacts, in steps that each commit; resumes where a killed worker left off. Only
 * those whose values turn out to be others than stored are locked and written.
 */
export function indicatorTask(services: Services): Task {
  return { queue: "history.indicators", run: (payload, signal) => runTask(services, payload, signal) };
}

type InSession = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

async function runTask(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<void> {
  const session = systemSession(services, institutionId);
  const short: InSession = (work) => inTransaction(services.pools.api, session, work);
  const long: InSession = (work) => inBulkTransaction(services.pools.bulk, session, work);
  const run = await short((db) => claimRun(db, id));
  if (!run) return;
  if (run.vainRuns > maximumVainRuns) return short((db) => endRun(db, run, "FAILED"));
  await knowInstitution(services, institutionId);
  try {
    while (await recomputeStep(run, long, signal));
  } catch (error) {
    if (signal.aborted) await short((db) => uncountRun(db, { name: "history.indicator_run" }, run));
    throw error;
  }
  await short((db) => endRun(db, run, "DONE"));
}

/** False when nothing was left to do, or the run is not ours any more. */
async function recomputeStep(run: ClaimedRun, long: InSession, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const step = await long(async (db) => {
    const after = await lockRun(db, run);
    const range = after === null ? null : await selectNextRange(db, after, lookedAt);
    if (!range) return null;
    return { ...range, outdated: await plannedByValues(db, () => selectOutdated(db, after!, range.last)) };
  });
  if (!step) return false;
  for (let start = 0; start < step.outdated.length; start += written) {
    signal.throwIfAborted();
    const isOurs = await long((db) => recomputeSome(db, run, step.outdated.slice(start, start + written)));
    if (!isOurs) return false;
  }
  return long(async (db) => {
    if ((await lockRun(db, run)) === null) return false;
    await advanceRun(db, run.id, { cursor: step.last, processed: step.count, changed: 0 });
    return true;
  });
}

async function recomputeSome(db: Sql, run: ClaimedRun, contactIds: readonly string[]): Promise<boolean> {
  const cursor = await lockRun(db, run);
  if (cursor === null) return false;
  const changed = await recomputeIndicators(db, contactIds);
  await advanceRun(db, run.id, { cursor, processed: 0, changed });
  return true;
}

/**
 * Today moves: memberships begin and end, seasons change. Soon after midnight, where each institution is, everybody's
 * indicators are worked out again, once a day.
 */
export function indicatorSchedule(services: Services): ScheduledTask {
  return {
    queue: "history.indicator-schedule",
    cron: "7 * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        signal.throwIfAborted();
        await inTransaction(services.pools.api, systemSession(services, institutionId), async (db) => {
          if (!(await isDayCovered(db))) await requestRun(db, "DAY");
        });
      }
    },
  };
}
