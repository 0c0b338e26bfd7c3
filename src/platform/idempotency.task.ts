import type { Services } from "./context.js";
import { selectInstitutionIds } from "./database/institution.sql.js";
import { systemSession } from "./database/system-session.js";
import { inTransaction } from "./database/transaction.js";
import { purgeIdempotencyKeys } from "./idempotency.sql.js";
import type { ScheduledTask } from "./jobs/index.js";

const batch = 5_000;

/** Removes expired idempotency keys of all institutions, in short transactions. */
export function idempotencyPurge(services: Services): ScheduledTask {
  return {
    queue: "platform.idempotency-purge",
    cron: "43 * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        let removed: number;
        do {
          signal.throwIfAborted();
          removed = await inTransaction(services.pools.api, systemSession(services, institutionId), (db) =>
            purgeIdempotencyKeys(db, batch),
          );
        } while (removed === batch);
      }
    },
  };
}
