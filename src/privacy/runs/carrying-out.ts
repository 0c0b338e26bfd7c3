import { lockVisibleContacts } from "../../contacts/index.js";
import type { Services } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { eraseContacts } from "../erasure/index.js";
import { computeRecency } from "../recency/index.js";
import { insertErasedChunk, selectDigestsOfItems } from "./chunk.sql.js";
import { endCarryingOut } from "./ending.js";
import { countPlanned, insertItems, selectPlanned } from "./item.sql.js";
import { planHashOf } from "./plan.js";
import { selectPlanTerms } from "./plan.sql.js";
import { countsOf } from "./planning.js";
import {
  advanceAnonymizationRun,
  type ClaimedRun,
  endAnonymizationRun,
  insertLogEntry,
  type RunPlace,
  setRunTotal,
} from "./run.sql.js";

/** Contacts that are erased in one transaction. */
const erasedTogether = 2_000;
/** Tickets, and orders, that are looked at in one transaction. */
const cleanedTogether = 20_000;

type Needs = Pick<Services, "ports">;

/** Begins to carry a plan out, when it still says what was approved. False when it does not. */
export async function beginCarryingOut(db: Sql, run: ClaimedRun): Promise<boolean> {
  const planId = run.planId!;
  const terms = await selectPlanTerms(db, planId);
  const planHash = terms && planHashOf(db.institutionId, terms, await selectDigestsOfItems(db, planId));
  if (planHash !== run.planHash) {
    if (await endAnonymizationRun(db, run, { status: "FAILED", failureCode: "PLAN_ALTERED" }))
      await insertLogEntry(db, run.id, "RUN_FAILED");
    return false;
  }
  await setRunTotal(db, run.id, await countPlanned(db, planId));
  await insertLogEntry(db, run.id, "RUN_STARTED");
  return true;
}

/** The next step of a RUN: contacts, then tickets, then orders. False when nothing is left to do. */
export async function carryOut(needs: Needs, db: Sql, run: ClaimedRun, place: RunPlace): Promise<boolean> {
  if (place.phase === "CONTACTS") return eraseNext(needs, db, run, place);
  const { history } = needs.ports;
  const isTickets = place.phase === "TICKETS";
  const range = { day: run.cutoff, after: place.cursor, limit: cleanedTogether };
  const done = await (isTickets ? history.cleanTickets(db, range) : history.cleanAddresses(db, range));
  if (done) {
    const counts = { [isTickets ? "tickets" : "orders"]: done.cleaned };
    await advanceAnonymizationRun(db, run.id, { cursor: done.last, counts });
    return true;
  }
  if (!isTickets) return endCarryingOut(db, run);
  await advanceAnonymizationRun(db, run.id, { cursor: "0", phase: "ORDERS" });
  return true;
}

/**
 * Does to the next contacts of the plan what is still true of them. They are locked first; then recency, balances and the
 * rest are read again, so that whatever came in between takes a contact out (4.5, E35).
 */
async function eraseNext(needs: Needs, db: Sql, run: ClaimedRun, { cursor, chunk }: RunPlace): Promise<boolean> {
  const planned = await selectPlanned(db, run.planId!, cursor, erasedTogether);
  const last = planned.at(-1);
  if (!last) {
    await advanceAnonymizationRun(db, run.id, { cursor: "0", phase: "TICKETS" });
    return true;
  }
  const ids = await lockVisibleContacts(
    db,
    planned.map(({ contactId }) => contactId),
  );
  const plan = new Map(planned.map(({ contactId, outcomes }) => [contactId, outcomes]));
  await computeRecency(db, ids);
  const here = { runId: run.id, chunk };
  const items = await insertItems(
    db,
    here,
    ids,
    ids.map((id) => plan.get(id)!),
  );
  const contacts = items.flatMap(({ contactIds, outcomes: [outcome] }) =>
    outcome === "ANONYMIZE" || outcome === "DELETE" ? contactIds.map((id) => ({ id, outcome })) : [],
  );
  if (contacts.length > 0) {
    const rule = `INACTIVITY:${run.inactivityMonths}`;
    const { steps } = await eraseContacts(needs, db, { contacts, rule, runId: run.id });
    await insertErasedChunk(db, here, steps);
  }
  const asPlanned = items.reduce((sum, { count, isAsPlanned }) => sum + (isAsPlanned ? count : 0), 0);
  const counts = { ...countsOf(items), processed: planned.length, changed: planned.length - asPlanned };
  await advanceAnonymizationRun(db, run.id, { cursor: last.contactId, counts });
  return true;
}
