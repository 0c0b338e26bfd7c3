import { lowerClearance } from "../../../platform/access/clearance.js";
import type { OperationContext, Services } from "../../../platform/context.js";
import { knowInstitution } from "../../../platform/database/known-institution.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { type JobPayload, JobRefused, starterContext, type Task } from "../../../platform/jobs/index.js";
import { selectDefaults } from "../import-run.sql.js";
import { queueImportMail } from "../mail/import-mail.js";
import { type UndoRules, undoChunk } from "./undo-chunk.js";
import { type ClaimedUndo, claimUndo, endUndo, failUndo, uncountUndo } from "./undo-job.sql.js";

/** Runs without a step forward. */
const mostVainRuns = 20;

/** Undoes imports, in chunks that each commit. A run that dies is resumed by another one. */
export function importUndoTask(services: Services): Task {
  return { queue: "contacts.import-undo", run: (payload, signal) => runUndo(services, payload, signal) };
}

async function runUndo(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<void> {
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) =>
    inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const job = await asSystem((db) => claimUndo(db, id));
  if (!job) return;
  const end = (finish: (db: Sql) => Promise<boolean>) =>
    asSystem(async (db) => {
      if (await finish(db)) await queueImportMail(db, "IMPORT_UNDONE", job);
    });
  try {
    if (job.vainRuns > mostVainRuns) throw new JobRefused("IMPORT_INTERRUPTED");
    await knowInstitution(services, institutionId);
    await undo(job, signal, () => contextOf(services, institutionId, job, signal));
    await end((db) => endUndo(db, job));
  } catch (error) {
    if (error instanceof JobRefused) {
      await end((db) => failUndo(db, job, error.code));
      return;
    }
    if (signal.aborted) await asSystem((db) => uncountUndo(db, job));
    throw error;
  }
}

/** Who has it undone, who sees no more in it than the import did: what became of its rows is shown as the import is. */
async function contextOf(
  services: Services,
  institutionId: number,
  { id, claims: given, clearance }: ClaimedUndo,
  signal: AbortSignal,
): Promise<OperationContext> {
  const claims = { ...given, clearance: lowerClearance(given.clearance, clearance) };
  const requestId = `import-undo-${id}`;
  const starter = { institutionId, claims, permission: "import:run", requestId, signal, source: "UNDO" } as const;
  const context = await starterContext(services, starter);
  if (!context) throw new JobRefused("UNDO_NOT_PERMITTED");
  return context;
}

/** @param begin makes the context of a chunk: rights that are taken away count for the next one */
async function undo(job: ClaimedUndo, signal: AbortSignal, begin: () => Promise<OperationContext>): Promise<void> {
  let context: OperationContext;
  let rules: UndoRules;
  do {
    signal.throwIfAborted();
    context = await begin();
    const { country } = await selectDefaults(context.db);
    const organizations = context.caller.organizations.filter(
      (code) => job.organization === null || code === job.organization,
    );
    rules = { organizations, country };
  } while (await undoChunk(context, job, rules));
}
