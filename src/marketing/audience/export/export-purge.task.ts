import type { Services } from "../../../platform/context.js";
import { expiryTask, type MadeFiles, removeExpired, type ScheduledTask } from "../../../platform/jobs/index.js";
import { forgetExportFiles, selectExpiredExports } from "./export-kept.sql.js";

const files: MadeFiles = { select: selectExpiredExports, forget: forgetExportFiles };

/** Removes files of exports that have expired: with their time, or because somebody was erased. */
export function audienceExportPurge(services: Services): ScheduledTask {
  const schedule = { queue: "marketing.audience-export-purge", cron: "37 * * * *" } as const;
  return expiryTask(services, schedule, removeExpiredExports);
}

/** Removes those of an institution. */
export function removeExpiredExports(services: Services, institutionId: number, signal: AbortSignal): Promise<void> {
  return removeExpired(services, institutionId, files, signal);
}
