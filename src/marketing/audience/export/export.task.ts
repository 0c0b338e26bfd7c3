import { isPermitted } from "../../../platform/access/allow.js";
import { OperationContext, type Services } from "../../../platform/context.js";
import { knowInstitution } from "../../../platform/database/known-institution.js";
import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { StoredFile } from "../../../platform/files/file-store.js";
import { encodeId } from "../../../platform/graphql/opaque-id.js";
import { type JobPayload, type Task, uncountRun } from "../../../platform/jobs/index.js";
import { type ShownAudience, shownAudience } from "../audience.service.js";
import {
  type ClaimedExport,
  claimExport,
  failExport,
  lockOutdated,
  lowerClearance,
  publishExport,
  showProgress,
} from "./export-job.sql.js";
import { fileColumnsOf } from "./file-columns.js";
import { type FileRow, recipientFile } from "./recipient-file.js";
import { readRecipients, selectHasGone, takeRecipients } from "./recipient-rows.sql.js";

/** Runs that came to no end, such as those of a worker that is killed again and again. */
const mostVainRuns = 20;
const mostBytes = 64 * 1024 ** 3;
const keptMs = 24 * 3_600_000;
/** How often the row is told how far it is, in recipients. */
const progressEvery = 20_000;

/** Why there is no file. Codes are part of the API. */
class ExportRefused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Another run has the export. */
class ExportTaken extends Error {}

/** Writes files with the recipients of campaigns. A run that dies is begun anew by another one. */
export function exportTask(services: Services): Task {
  return { queue: "marketing.audience-export", run: (payload, signal) => runExport(services, payload, signal) };
}

type AsSystem = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

/** Begins anew when somebody was erased who stands in the file. */
async function runExport(services: Services, payload: JobPayload, signal: AbortSignal): Promise<void> {
  let hasEnded = false;
  while (!hasEnded) hasEnded = await runOnce(services, payload, signal);
}

async function runOnce(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<boolean> {
  const asSystem: AsSystem = (work) => inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const job = await asSystem((db) => claimExport(db, id));
  if (!job) return true;
  try {
    if (job.vainRuns > mostVainRuns) throw new ExportRefused("EXPORT_INTERRUPTED");
    const context = await contextOf(services, institutionId, job, signal);
    await asSystem((db) => lowerClearance(db, job, context.caller.clearance));
    await knowInstitution(services, institutionId);
    const found = await shownAudience(context, encodeId("Campaign", job.campaignId));
    if (typeof found === "string") throw new ExportRefused(found);
    return await makeFile(context, job, found, asSystem);
  } catch (error) {
    if (error instanceof ExportTaken) return true;
    if (error instanceof ExportRefused) {
      await asSystem((db) => failExport(db, job, error.code));
      return true;
    }
    if (signal.aborted) await asSystem((db) => uncountRun(db, { name: "marketing.audience_export" }, job));
    throw error;
  }
}

/** Who asked for it, with the lower of his rights then and of now. */
async function contextOf(
  services: Services,
  institutionId: number,
  { id, claims }: ClaimedExport,
  signal: AbortSignal,
): Promise<OperationContext> {
  const { privacy } = services.ports;
  const caller = await privacy.callerOf(claims);
  if (!caller || !isPermitted(caller, "audience:export") || caller.institutionId !== institutionId)
    throw new ExportRefused("EXPORT_NOT_PERMITTED");
  const raisedLevels = await privacy.raisedLevels(institutionId);
  return new OperationContext(services, {
    caller,
    raisedLevels,
    locale: "en",
    requestId: `audience-export-${id}`,
    signal,
  });
}

interface Made {
  readonly file: StoredFile;
  readonly count: number;
}

/**
 * Streams the recipients from one COPY into the store, with nothing but a batch of them in memory, and makes the file
 * available. False when one of them was erased meanwhile: the file is gone, and another one has to be made.
 */
async function makeFile(
  context: OperationContext,
  job: ClaimedExport,
  found: ShownAudience,
  asSystem: AsSystem,
): Promise<boolean> {
  return found.asker.bulkTransaction(async (db: BulkSql) => {
    const made = await writeFile(context, job, { db, found, asSystem });
    try {
      while (!(await publish(context, job, made))) {
        if (!(await selectHasGone(db))) continue;
        await context.services.files.remove(made.file.id);
        return false;
      }
      return true;
    } catch (error) {
      await context.services.files.remove(made.file.id);
      throw error;
    }
  });
}

async function writeFile(
  context: OperationContext,
  job: ClaimedExport,
  { db, found, asSystem }: { readonly db: BulkSql; readonly found: ShownAudience; readonly asSystem: AsSystem },
): Promise<Made> {
  const { services, caller, signal } = context;
  const columns = fileColumnsOf(context, found);
  const total = await takeRecipients(db, found.audience);
  const told = async (processed: number) => {
    signal?.throwIfAborted();
    if (!(await asSystem((sql) => showProgress(sql, job, { processed, total })))) throw new ExportTaken();
  };
  await told(0);
  const rows = counted(readRecipients(db, columns.read), columns.write, told);
  const zip = recipientFile(columns.names, rows, context.now());
  return { file: await services.files.put(caller.institutionId, zip, { maxBytes: mostBytes }), count: total };
}

async function* counted(
  batches: AsyncIterable<(string | null)[][]>,
  write: (row: (string | null)[]) => FileRow,
  told: (processed: number) => Promise<void>,
): AsyncGenerator<FileRow[]> {
  let processed = 0;
  let next = progressEvery;
  for await (const batch of batches) {
    yield batch.map(write);
    processed += batch.length;
    if (processed < next) continue;
    next = processed + progressEvery;
    await told(processed);
  }
}

/**
 * The access log names the export in the transaction that makes the file available (F65). False when somebody was erased
 * since it was begun, or since this was last asked.
 */
async function publish(context: OperationContext, job: ClaimedExport, { file, count }: Made): Promise<boolean> {
  const { services, requestId } = context;
  const expiresAt = new Date(context.now().getTime() + keptMs);
  return context.transaction(async (db) => {
    const isOutdated = await lockOutdated(db, job);
    if (isOutdated === null) throw new ExportTaken();
    if (isOutdated) return false;
    await publishExport(db, job, { file, count, expiresAt });
    const taken = { subject: "Audience", contactCount: count, noticeVersion: job.noticeVersion, requestId };
    await services.ports.privacy.recordExport(db, taken);
    return true;
  });
}
