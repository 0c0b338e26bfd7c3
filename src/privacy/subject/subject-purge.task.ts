import type { Services } from "../../platform/context.js";
import { expiryTask, type MadeFiles, removeExpired, type ScheduledTask } from "../../platform/jobs/index.js";
import { forgetSubjectFiles, selectExpiredSubjectFiles } from "./subject-kept.sql.js";

const files: MadeFiles = { select: selectExpiredSubjectFiles, forget: forgetSubjectFiles };

/** Removes files of exports that have expired, and the addresses of who was told of them. */
export function subjectExportPurge(services: Services): ScheduledTask {
  const schedule = { queue: "privacy.subject-export-purge", cron: "47 * * * *" } as const;
  return expiryTask(services, schedule, removeExpiredSubjectFiles);
}

/** Removes those of an institution. */
export function removeExpiredSubjectFiles(
  services: Services,
  institutionId: number,
  signal: AbortSignal,
): Promise<void> {
  return removeExpired(services, institutionId, files, signal);
}
