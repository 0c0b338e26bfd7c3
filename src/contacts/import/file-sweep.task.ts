import type { Services } from "../../platform/context.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import { removeOrphans } from "../../platform/files/index.js";
import type { ScheduledTask } from "../../platform/jobs/index.js";
import { selectFilesInUse } from "./import-job.sql.js";

/** Longer than an upload and its operation take. */
const keptMs = 24 * 3_600_000;

/** Removes uploads that no import will read: those of operations that failed, and of imports whose process died. */
export function fileSweep(services: Services): ScheduledTask {
  return {
    queue: "platform.file-sweep",
    cron: "17 * * * *",
    async run() {
      const before = new Date(services.clock.now().getTime() - keptMs);
      const removed = await removeOrphans(services.files, before, (institutionId, ids) =>
        inTransaction(services.pools.api, systemSession(services, institutionId), (db) => selectFilesInUse(db, ids)),
      );
      services.log.info({ removed }, "files that nothing names were removed");
    },
  };
}
