import type { Services } from "../../../platform/context.js";
import { selectInstitutionIds } from "../../../platform/database/institution.sql.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { ScheduledTask } from "../../../platform/jobs/index.js";
import { forgetFiles, selectExpiredFiles } from "./template-kept.sql.js";

const batch = 200;

/** Removes files of templates that have expired, and the addresses of who was told of them. */
export function importTemplatePurge(services: Services): ScheduledTask {
  return {
    queue: "contacts.import-template-purge",
    cron: "53 * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        const session = systemSession(services, institutionId);
        const asSystem = <Result>(work: (db: Sql) => Promise<Result>) =>
          inTransaction(services.pools.api, session, work);
        let expired: { id: string; fileId: string }[];
        do {
          signal.throwIfAborted();
          expired = await asSystem((db) => selectExpiredFiles(db, batch));
          for (const { fileId } of expired) await services.files.remove(fileId);
          if (expired.length > 0)
            await asSystem((db) =>
              forgetFiles(
                db,
                expired.map(({ id }) => id),
              ),
            );
        } while (expired.length === batch);
      }
    },
  };
}
