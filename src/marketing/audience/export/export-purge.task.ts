import type { Services } from "../../../platform/context.js";
import { selectInstitutionIds } from "../../../platform/database/institution.sql.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { ScheduledTask } from "../../../platform/jobs/index.js";
import { forgetExportFiles, selectExpiredExports } from "./export-kept.sql.js";

const batch = 200;

/** Removes files of exports that have expired: with their time, or because somebody was erased. */
export function audienceExportPurge(services: Services): ScheduledTask {
  return {
    queue: "marketing.audience-export-purge",
    cron: "37 * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api))
        await removeExpiredExports(services, institutionId, signal);
    },
  };
}

/** Removes those of an institution. */
export async function removeExpiredExports(
  services: Services,
  institutionId: number,
  signal: AbortSignal,
): Promise<void> {
  const session = systemSession(services, institutionId);
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) => inTransaction(services.pools.api, session, work);
  let expired: { readonly id: string; readonly fileId: string }[];
  do {
    signal.throwIfAborted();
    expired = await asSystem((db) => selectExpiredExports(db, batch));
    for (const { fileId } of expired) await services.files.remove(fileId);
    const ids = expired.map(({ id }) => id);
    if (ids.length > 0) await asSystem((db) => forgetExportFiles(db, ids));
  } while (expired.length === batch);
}
