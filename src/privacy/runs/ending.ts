import type { Sql } from "../../platform/database/sql.js";
import { enqueue } from "../../platform/jobs/index.js";
import type { HistoryPort } from "../../platform/ports.js";
import { insertExport } from "../access-log/index.js";
import { closeCertificate } from "../erasure/index.js";
import { deleteRecencyOfGone } from "../recency/index.js";
import { selectDigests } from "./chunk.sql.js";
import { planHashOf } from "./plan.js";
import { insertRunOfPlan } from "./plan.sql.js";
import {
  advanceAnonymizationRun,
  type ClaimedRun,
  endAnonymizationRun,
  insertLogEntry,
  lockAnonymizationRun,
  type RunPlace,
  selectListed,
} from "./run.sql.js";

/** Ends a simulation: counts old tickets, names the plan by its hash, and notes that a list of persons was made (4.6). */
export async function endSimulation(
  db: Sql,
  history: HistoryPort,
  run: ClaimedRun,
  { cursor }: RunPlace,
): Promise<void> {
  await deleteRecencyOfGone(db);
  const old = await history.countOldTickets(db, run.cutoff);
  if (!(await lockAnonymizationRun(db, run))) return;
  await advanceAnonymizationRun(db, run.id, { cursor, counts: old });
  const planHash = planHashOf(db.institutionId, run, await selectDigests(db, run.id));
  if (!(await endAnonymizationRun(db, run, { status: "DONE", planHash }))) return;
  const { listed, processed } = await selectListed(db, run.id);
  await insertLogEntry(db, run.id, "RUN_CONTACTS_DONE", processed);
  await insertLogEntry(db, run.id, "RUN_TICKETS_DONE", old.tickets);
  await insertLogEntry(db, run.id, "RUN_ORDERS_DONE", old.orders);
  await insertLogEntry(db, run.id, "RUN_DONE");
  const { requestId, noticeVersion } = run;
  const taken = { subject: "AnonymizationRun", contactCount: listed, requestId };
  await insertExport(db, noticeVersion === null ? taken : { ...taken, noticeVersion });
  if (run.isCarriedOut) await carryOutAtOnce(db, run);
}

/** A scheduled RUN was confirmed when it was scheduled. While another RUN goes on, this time is left out. */
async function carryOutAtOnce(db: Sql, run: ClaimedRun): Promise<void> {
  const { claims, requestId } = run;
  const id = await insertRunOfPlan(db, run.id, { clearance: claims.clearance, claims, requestId });
  if (id === null) await insertLogEntry(db, run.id, "RUN_IN_PROGRESS");
  else await enqueue(db, "privacy.anonymization", { institutionId: db.institutionId, id });
}

/** Ends a RUN: the pass that shows what is left of whom it erased may begin. */
export async function endCarryingOut(db: Sql, run: ClaimedRun): Promise<false> {
  if (!(await endAnonymizationRun(db, run, { status: "DONE" }))) return false;
  await closeCertificate(db, run.id);
  const { processed, tickets, orders } = await selectListed(db, run.id);
  await insertLogEntry(db, run.id, "RUN_CONTACTS_DONE", processed);
  await insertLogEntry(db, run.id, "RUN_TICKETS_DONE", tickets);
  await insertLogEntry(db, run.id, "RUN_ORDERS_DONE", orders);
  await insertLogEntry(db, run.id, "RUN_DONE");
  return false;
}
