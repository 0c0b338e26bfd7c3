import { isPermitted } from "../../platform/access/allow.js";
import type { Caller } from "../../platform/access/caller.js";
import type { Services } from "../../platform/context.js";
import { knowInstitution } from "../../platform/database/known-institution.js";
import { plannedByValues } from "../../platform/database/planning.js";
import type { Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inBulkTransaction, inTransaction } from "../../platform/database/transaction.js";
import { type JobPayload, type Task, uncountRun } from "../../platform/jobs/index.js";
import { closeCertificate } from "../erasure/index.js";
import { beginCarryingOut, carryOut } from "./carrying-out.js";
import { endSimulation } from "./ending.js";
import { planContacts } from "./planning.js";
import {
  advanceAnonymizationRun,
  type ClaimedRun,
  claimAnonymizationRun,
  countContacts,
  endAnonymizationRun,
  insertLogEntry,
  lockAnonymizationRun,
  type RunPlace,
  selectNextContacts,
  selectRunPlace,
  setRunTotal,
} from "./run.sql.js";

/**
 * Contacts that a simulation looks at together. From a twentieth of all on PostgreSQL reads the whole histories, so that a
 * few large steps are much cheaper than many small ones.
 */
const lookedAt = 250_000;
/** Runs of the task without a step forward. */
const maximumVainRuns = 20;

export type InSession = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

/**
 * Carries out runs of the batch for inactive contacts, in steps that each commit with the place that they led to: a
 * killed worker's run goes on where it left off, and nothing is ever half done.
 */
export function anonymizationTask(services: Services): Task {
  return { queue: "privacy.anonymization", run: (payload, signal) => runTask(services, payload, signal) };
}

async function runTask(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<void> {
  const system = systemSession(services, institutionId);
  const bookkeeping: InSession = (work) => inTransaction(services.pools.api, system, work);
  const run = await bookkeeping((db) => claimAnonymizationRun(db, id));
  if (!run) return;
  const caller = await services.ports.privacy.callerOf(run.claims);
  const refusal = refusalOf(run, caller, institutionId);
  if (refusal !== null || caller === null)
    return bookkeeping((db) => fail(db, run, refusal ?? "NOT_PERMITTED_ANY_MORE"));
  if (run.fence > 1) await bookkeeping((db) => insertLogEntry(db, run.id, "RUN_RESUMED"));
  await knowInstitution(services, institutionId);
  // complete whoever asked for it, and in his name (design 3)
  const asCaller = { actor: caller.login, actorKind: caller.kind, source: "BATCH", timeZone: caller.timeZone } as const;
  const inSession: InSession = (work) => inBulkTransaction(services.pools.bulk, { ...system, ...asCaller }, work);
  try {
    while (await step(services, run, inSession, signal));
  } catch (error) {
    if (signal.aborted) await bookkeeping((db) => uncountRun(db, { name: "privacy.anonymization_run" }, run));
    throw error;
  }
}

/** A run acts with the rights of who asked for it, as they are today. */
function refusalOf(run: ClaimedRun, caller: Caller | null, institutionId: number): string | null {
  const permission = run.mode === "RUN" ? "privacy:run" : "privacy:simulate";
  if (!caller || caller.institutionId !== institutionId || !isPermitted(caller, permission))
    return "NOT_PERMITTED_ANY_MORE";
  return run.vainRuns > maximumVainRuns ? "INTERRUPTED_TOO_OFTEN" : null;
}

async function fail(db: Sql, run: ClaimedRun, failureCode: string): Promise<void> {
  if (!(await endAnonymizationRun(db, run, { status: "FAILED", failureCode }))) return;
  await insertLogEntry(db, run.id, "RUN_FAILED");
  await closeCertificate(db, run.id);
}

/** False when there is nothing left to do, or the run is not ours any more. */
async function step(services: Services, run: ClaimedRun, inSession: InSession, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  return inSession(async (db) => {
    const isRun = run.mode === "RUN";
    // what a step of a simulation reads takes long, and it locks the run for what it writes alone
    const place = await (isRun ? lockAnonymizationRun : selectRunPlace)(db, run);
    if (!place) return false;
    if (place.total === null) return isRun ? beginCarryingOut(db, run) : begin(db, run);
    return plannedByValues(db, () => (isRun ? carryOut : simulateStep)(services, db, run, place));
  });
}

async function begin(db: Sql, run: ClaimedRun): Promise<boolean> {
  if (!(await lockAnonymizationRun(db, run))) return false;
  await setRunTotal(db, run.id, await countContacts(db));
  await insertLogEntry(db, run.id, "RUN_STARTED");
  return true;
}

async function simulateStep(
  { ports }: Pick<Services, "ports">,
  db: Sql,
  run: ClaimedRun,
  place: RunPlace,
): Promise<boolean> {
  const { cursor, chunk } = place;
  const next = await selectNextContacts(db, cursor, lookedAt);
  if (!next) {
    await endSimulation(db, ports.history, run, place);
    return false;
  }
  const counts = await planContacts(db, run, { runId: run.id, chunk }, { after: cursor, ...next });
  if (!counts) return false;
  await advanceAnonymizationRun(db, run.id, { cursor: next.last, counts: { ...counts, processed: next.count } });
  return true;
}
