import type { Services } from "../context.js";
import type { Sql } from "../database/sql.js";
import { systemSession } from "../database/system-session.js";
import { inTransaction } from "../database/transaction.js";
import type { FileId } from "../files/file-store.js";
import { type FilesInUse, removeOrphans } from "../files/index.js";
import { type FileJobTable, selectFilesInUse } from "./file-job.sql.js";
import type { ScheduledTask } from "./job.js";

/** Longer than an upload and its operation take. */
const keptMs = 24 * 3_600_000;

/** Of these files of an institution, those that somebody may still fetch. */
export type KeptFiles = (db: Sql, ids: readonly FileId[]) => Promise<ReadonlySet<FileId>>;

/**
 * Removes uploads that no job will read: those of operations that failed, and of jobs whose process died; and files that
 * were made for somebody to fetch, when their time is over.
 */
export function fileSweep(
  services: Services,
  tables: readonly FileJobTable[],
  made: readonly KeptFiles[] = [],
): ScheduledTask {
  const inUse: FilesInUse = (institutionId, ids) =>
    inTransaction(services.pools.api, systemSession(services, institutionId), async (db) => {
      const used = new Set<string>();
      for (const table of tables) for (const id of await selectFilesInUse(db, table, ids)) used.add(id);
      for (const kept of made) for (const id of await kept(db, ids)) used.add(id);
      return used;
    });
  return {
    queue: "platform.file-sweep",
    cron: "17 * * * *",
    async run() {
      const before = new Date(services.clock.now().getTime() - keptMs);
      const removed = await removeOrphans(services.files, before, inUse);
      services.log.info({ removed }, "files that nothing names were removed");
    },
  };
}
