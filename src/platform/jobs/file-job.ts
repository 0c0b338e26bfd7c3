import type { Permission } from "../access/permissions.js";
import type { OperationContext, Services } from "../context.js";
import { knowInstitution } from "../database/known-institution.js";
import type { ChangeSource, Sql } from "../database/sql.js";
import { systemSession } from "../database/system-session.js";
import { inTransaction } from "../database/transaction.js";
import { FileNotFound } from "../files/index.js";
import {
  type ClaimedFileJob,
  claimFileJob,
  endFileJob,
  type FileJobTable,
  failFileJob,
  uncountRun,
} from "./file-job.sql.js";
import type { JobPayload } from "./job.js";
import { starterContext } from "./starter-context.js";
import { RightsChanged } from "./starter-rights.js";

/** Runs without a step forward, such as those of a file that kills its worker. */
const maximumVainRuns = 20;

/** The file, or the job, as a whole is refused. Codes are part of the API. Source: domain 6.3 */
export class JobRefused extends Error {
  override readonly name = "JobRefused";

  /** @param parameters for the message; positions and limits, never content of the file */
  constructor(
    readonly code: string,
    readonly parameters: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

export type AsSystem = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

/** A kind of job that works through an uploaded file, in chunks that commit together with their place in it. */
export interface FileJobKind<Job extends ClaimedFileJob> {
  readonly table: FileJobTable<Job>;
  /** What its starter has to be permitted, at the start and in each run. */
  readonly permission: Permission;
  readonly source: ChangeSource;
  /** Codes of JobRefused: the starter may not any more; the file has ended too many runs. */
  readonly codes: { readonly notPermitted: string; readonly interrupted: string };
  /**
   * Works from the job's place on to the end of the file. May throw {@link JobRefused}, and {@link RightsChanged}: then it
   * is called again, with the rights of that moment.
   * @param context the starter, with the lower of his rights at the start and of today
   */
  work(context: OperationContext, job: Job, asSystem: AsSystem, signal: AbortSignal): Promise<void>;
  /** In the transaction in which the job ends, in whatever way but by being cancelled. */
  ended?(db: Sql, job: Job): Promise<void>;
  /** Why an error of `work` ends the job; null for a fault after which it is tried again. */
  refusalOf?(error: unknown): JobRefused | null;
}

/** Runs a job until it has ended, and then removes its file. A run that dies is resumed by another one. */
export async function runFileJob<Job extends ClaimedFileJob>(
  services: Services,
  kind: FileJobKind<Job>,
  payload: JobPayload,
  signal: AbortSignal,
): Promise<void> {
  while (!(await runOnce(services, kind, payload, signal)));
}

/** @returns false when it is to go on with other rights */
async function runOnce<Job extends ClaimedFileJob>(
  services: Services,
  kind: FileJobKind<Job>,
  { institutionId, id }: JobPayload,
  signal: AbortSignal,
): Promise<boolean> {
  const { table } = kind;
  const asSystem: AsSystem = (work) => inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const job = await asSystem((db) => claimFileJob(db, table, id));
  if (!job) return true;
  const end = (finish: (db: Sql) => Promise<boolean>) =>
    asSystem(async (db) => {
      const isOurs = await finish(db);
      if (isOurs) await kind.ended?.(db, job);
      return isOurs;
    });
  let hasEnded: boolean;
  try {
    if (job.vainRuns > maximumVainRuns) throw new JobRefused(kind.codes.interrupted);
    const context = await contextOf(services, kind, institutionId, job, signal);
    await knowInstitution(services, institutionId);
    await kind.work(context, job, asSystem, signal);
    // who asks about what came in is not to wait for autovacuum
    await knowInstitution(services, institutionId);
    hasEnded = await end((db) => endFileJob(db, table, job));
  } catch (error) {
    const refused = refusalOf(error) ?? kind.refusalOf?.(error) ?? null;
    if (!refused) {
      const hasChanged = error instanceof RightsChanged;
      if (signal.aborted || hasChanged) await asSystem((db) => uncountRun(db, table, job));
      if (hasChanged) return false;
      throw error;
    }
    hasEnded = await end((db) => failFileJob(db, table, job, refused));
  }
  if (hasEnded) await services.files.remove(job.fileId);
  return true;
}

function refusalOf(error: unknown): JobRefused | null {
  if (error instanceof JobRefused) return error;
  return error instanceof FileNotFound ? new JobRefused("FILE_NOT_AVAILABLE") : null;
}

async function contextOf<Job extends ClaimedFileJob>(
  services: Services,
  { permission, source, codes, table }: FileJobKind<Job>,
  institutionId: number,
  { id, claims }: Job,
  signal: AbortSignal,
): Promise<OperationContext> {
  const requestId = `${table.name}-${id}`;
  const context = await starterContext(services, { institutionId, claims, permission, requestId, signal, source });
  if (!context) throw new JobRefused(codes.notPermitted);
  return context;
}
