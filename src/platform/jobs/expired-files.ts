import type { Services } from "../context.js";
import { selectInstitutionIds } from "../database/institution.sql.js";
import type { Sql } from "../database/sql.js";
import { systemSession } from "../database/system-session.js";
import { inTransaction } from "../database/transaction.js";
import type { ScheduledTask } from "./job.js";

const batch = 200;

/** Files that were made for somebody to fetch, and the rows that name them. */
export interface MadeFiles {
  /** Some of those that have expired. */
  select(db: Sql, limit: number): Promise<readonly { readonly id: string; readonly fileId: string }[]>;
  /** Files that are gone. */
  forget(db: Sql, ids: readonly string[]): Promise<void>;
}

/** Removes the files of an institution that have expired: with their time, or because somebody was erased. */
export async function removeExpired(
  services: Services,
  institutionId: number,
  { select, forget }: MadeFiles,
  signal: AbortSignal,
): Promise<void> {
  const session = systemSession(services, institutionId);
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) => inTransaction(services.pools.api, session, work);
  let count: number;
  do {
    signal.throwIfAborted();
    const expired = await asSystem((db) => select(db, batch));
    for (const { fileId } of expired) await services.files.remove(fileId);
    const ids = expired.map(({ id }) => id);
    if (ids.length > 0) await asSystem((db) => forget(db, ids));
    count = expired.length;
  } while (count === batch);
}

/** Does the same for one institution after the other, on a schedule. */
export function expiryTask(
  services: Services,
  schedule: Pick<ScheduledTask, "queue" | "cron">,
  remove: (services: Services, institutionId: number, signal: AbortSignal) => Promise<void>,
): ScheduledTask {
  return {
    ...schedule,
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api))
        await remove(services, institutionId, signal);
    },
  };
}
