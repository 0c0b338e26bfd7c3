import type { Services } from "../../platform/context.js";
import { selectInstitutionIds } from "../../platform/database/institution.sql.js";
import type { Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import type { ScheduledTask } from "../../platform/jobs/index.js";
import { forgetSubjectFiles, selectExpiredSubjectFiles } from "./subject-kept.sql.js";

const batch = 200;

/** Removes files of exports that have expired, and the addresses of who was told of them. */
export function subjectExportPurge(services: Services): ScheduledTask {
  return {
    queue: "privacy.subject-export-purge",
    cron: "47 * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api))
        await removeExpiredSubjectFiles(services, institutionId, signal);
    },
  };
}

/** Removes those of an institution. */
export async function removeExpiredSubjectFiles(
  services: Services,
  institutionId: number,
  signal: AbortSignal,
): Promise<void> {
  const session = systemSession(services, institutionId);
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) => inTransaction(services.pools.api, session, work);
  let expired: { readonly id: string; readonly fileId: string }[];
  do {
    signal.throwIfAborted();
    expired = await asSystem((db) => selectExpiredSubjectFiles(db, batch));
    for (const { fileId } of expired) await services.files.remove(fileId);
    const ids = expired.map(({ id }) => id);
    if (ids.length > 0) await asSystem((db) => forgetSubjectFiles(db, ids));
  } while (expired.length === batch);
}
