import type { Services } from "../../platform/context.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import { enqueue, type JobPayload, type Task } from "../../platform/jobs/index.js";
import { insertSimulation } from "./run-reading.sql.js";
import { selectDueSchedule } from "./schedule.sql.js";

/**
 * Begins what a schedule is due for: a simulation, which a RUN of its plan follows by itself where the schedule says so.
 * Nothing while what it began last has not ended, so a job that runs twice does it once.
 */
export function anonymizationScheduleTask(services: Services): Task {
  return { queue: "privacy.anonymization-schedule", run: (payload) => beginDue(services, payload) };
}

async function beginDue(services: Services, { institutionId, id }: JobPayload): Promise<void> {
  const session = systemSession(services, institutionId);
  const owner = await inTransaction(services.pools.api, session, async (db) => {
    const schedule = await selectDueSchedule(db, id);
    return schedule && (await services.ports.privacy.callerOf(schedule.claims));
  });
  if (!owner) return;
  // today is the owner's, where the institution is
  const asOwner = { actor: owner.login, actorKind: owner.kind, source: "BATCH", timeZone: owner.timeZone } as const;
  await inTransaction(services.pools.api, { ...session, ...asOwner }, async (db) => {
    const schedule = await selectDueSchedule(db, id);
    if (!schedule) return;
    const isCarriedOut = schedule.mode === "RUN";
    const run = await insertSimulation(db, {
      ...schedule,
      ...{ asOf: null, requestId: `schedule-${id}`, scheduleId: id, isCarriedOut },
    });
    await enqueue(db, "privacy.anonymization", { institutionId, id: run });
  });
}
