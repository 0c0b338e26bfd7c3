import type { Services } from "../../../platform/context.js";
import { selectInstitutionIds } from "../../../platform/database/institution.sql.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { ScheduledTask } from "../../../platform/jobs/index.js";
import { forgetReports, selectExpiredReports } from "../report/index.js";
import { forgetAddresses, forgetFiles, selectExpiredFiles } from "./template-kept.sql.js";

const batch = 200;
/** Of who was told that there is no file: as long as the file would have been there. */
const addressKeptMs = 7 * 24 * 3_600_000;

interface Expired {
  readonly id: string;
  readonly fileId: string;
}

/** Files that were made for somebody to fetch. */
const kinds: readonly {
  readonly select: (db: Sql, limit: number) => Promise<Expired[]>;
  readonly forget: (db: Sql, ids: readonly string[]) => Promise<void>;
}[] = [
  { select: selectExpiredFiles, forget: forgetFiles },
  { select: selectExpiredReports, forget: forgetReports },
];

/** Removes files of templates and reports that have expired, and the addresses of who was told of them. */
export function importTemplatePurge(services: Services): ScheduledTask {
  return {
    queue: "contacts.import-template-purge",
    cron: "53 * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api))
        await removeExpiredFiles(services, institutionId, signal);
    },
  };
}

/** Removes those of an institution. */
export async function removeExpiredFiles(
  services: Services,
  institutionId: number,
  signal: AbortSignal,
): Promise<void> {
  const session = systemSession(services, institutionId);
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) => inTransaction(services.pools.api, session, work);
  const before = new Date(services.clock.now().getTime() - addressKeptMs);
  await asSystem((db) => forgetAddresses(db, before));
  for (const kind of kinds) {
    let expired: Expired[];
    do {
      signal.throwIfAborted();
      expired = await asSystem((db) => kind.select(db, batch));
      for (const { fileId } of expired) await services.files.remove(fileId);
      const ids = expired.map(({ id }) => id);
      if (ids.length > 0) await asSystem((db) => kind.forget(db, ids));
    } while (expired.length === batch);
  }
}
