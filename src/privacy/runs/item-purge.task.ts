import type { Services } from "../../platform/context.js";
import { selectInstitutionIds } from "../../platform/database/institution.sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inBulkTransaction } from "../../platform/database/transaction.js";
import type { ScheduledTask } from "../../platform/jobs/index.js";
import { deleteRecencyOfGone } from "../recency/index.js";
import { deleteOldItems } from "./item.sql.js";

/** How long the lists of runs are kept: they are personal data themselves (4.6). */
const keptMs = 30 * 86_400_000;

/**
 * Deletes the lists of runs 30 days after they ended. The runs stay, with their counts and their log. And what a run that was
 * cancelled has kept of people who were deleted meanwhile.
 */
export function runItemPurge(services: Services): ScheduledTask {
  return {
    queue: "privacy.run-item-purge",
    cron: "41 * * * *",
    async run(signal) {
      const before = new Date(services.clock.now().getTime() - keptMs);
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        signal.throwIfAborted();
        const session = systemSession(services, institutionId);
        await inBulkTransaction(services.pools.bulk, session, async (db) => {
          await deleteOldItems(db, before);
          await deleteRecencyOfGone(db);
        });
      }
    },
  };
}
