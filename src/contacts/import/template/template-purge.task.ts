import type { Services } from "../../../platform/context.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { expiryTask, type MadeFiles, removeExpired, type ScheduledTask } from "../../../platform/jobs/index.js";
import { forgetReports, selectExpiredReports } from "../report/index.js";
import { forgetAddresses, forgetFiles, selectExpiredFiles } from "./template-kept.sql.js";

/** Of who was told that there is no file: as long as the file would have been there. */
const addressKeptMs = 7 * 24 * 3_600_000;

const kinds: readonly MadeFiles[] = [
  { select: selectExpiredFiles, forget: forgetFiles },
  { select: selectExpiredReports, forget: forgetReports },
];

/** Removes files of templates and reports that have expired, and the addresses of who was told of them. */
export function importTemplatePurge(services: Services): ScheduledTask {
  const schedule = { queue: "contacts.import-template-purge", cron: "53 * * * *" } as const;
  return expiryTask(services, schedule, removeExpiredFiles);
}

/** Removes those of an institution. */
export async function removeExpiredFiles(
  services: Services,
  institutionId: number,
  signal: AbortSignal,
): Promise<void> {
  const before = new Date(services.clock.now().getTime() - addressKeptMs);
  await inTransaction(services.pools.api, systemSession(services, institutionId), (db) => forgetAddresses(db, before));
  for (const files of kinds) await removeExpired(services, institutionId, files, signal);
}
