import type { Services } from "../context.js";
import type { Sql } from "../database/sql.js";
import { systemSession } from "../database/system-session.js";
import { inTransaction } from "../database/transaction.js";
import type { Task } from "../jobs/index.js";
import { referenceOf } from "./mail.js";
import { deleteMailFiles, selectMailFiles } from "./mail-files.sql.js";

const batch = 500;

/** Removes the files of mails whose contact was erased. Twice does no harm. */
export function mailFileTask(services: Services): Task {
  return {
    queue: "platform.mail-files",
    run: ({ institutionId }, signal) => removeMailFiles(services, institutionId, signal),
  };
}

/** Removes those of an institution. */
export async function removeMailFiles(services: Services, institutionId: number, signal: AbortSignal): Promise<void> {
  const session = systemSession(services, institutionId);
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) => inTransaction(services.pools.api, session, work);
  let ids: string[];
  do {
    signal.throwIfAborted();
    ids = await asSystem((db) => selectMailFiles(db, batch));
    for (const id of ids) await services.mail.forget(referenceOf(institutionId, id));
    if (ids.length > 0) await asSystem((db) => deleteMailFiles(db, ids));
  } while (ids.length === batch);
}
