import type { Services } from "../../platform/context.js";
import { selectInstitutionIds } from "../../platform/database/institution.sql.js";
import type { Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import type { ScheduledTask } from "../../platform/jobs/index.js";
import { keptMs } from "./retention.js";
import { deleteImportRows, selectOutlivedImport, setRowsRemoved } from "./retention.sql.js";

const batch = 10_000;

/** Removes the rows of imports that ended long ago, in short transactions. What an import was, and its counters, stay. */
export function importRetention(services: Services): ScheduledTask {
  return {
    queue: "contacts.import-retention",
    cron: "23 * * * *",
    async run(signal) {
      const before = new Date(services.clock.now().getTime() - keptMs);
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        const inOne = <Result>(work: (db: Sql) => Promise<Result>) =>
          inTransaction(services.pools.api, systemSession(services, institutionId), work);
        let jobId: string | null;
        do {
          signal.throwIfAborted();
          jobId = await inOne((db) => removeSome(db, before));
        } while (jobId !== null);
      }
    },
  };
}

/** @returns the import that it was about; null when there is none left */
async function removeSome(db: Sql, before: Date): Promise<string | null> {
  const jobId = await selectOutlivedImport(db, before);
  if (jobId !== null && (await deleteImportRows(db, jobId, batch)) < batch) await setRowsRemoved(db, jobId);
  return jobId;
}
