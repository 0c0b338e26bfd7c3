import { createHmac } from "node:crypto";
import { OperationContext, type Services } from "../../platform/context.js";
import { CsvFileError, detectDialect, readCsvBatches } from "../../platform/csv/index.js";
import type { Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import { FileNotFound } from "../../platform/files/index.js";
import type { JobPayload, Task } from "../../platform/jobs/index.js";
import { importChunk } from "./import-chunk.js";
import { ImportRefused } from "./import-file.errors.js";
import { assertFieldsAvailable, readHeader } from "./import-header.js";
import { readRow } from "./import-row.js";
import { type ClaimedJob, claimJob, endJob, failJob, selectDefaults, setTotal, uncountRun } from "./import-run.sql.js";
import type { ChunkRules } from "./import-stage.sql.js";

/** One transaction each: short enough for locks, long enough for sets. */
const chunkRows = 4_000;
/** Runs without a step forward, such as those of a file that kills its worker. */
const maximumVainRuns = 20;

/** Runs imports of contacts: checks the whole file, then deals with its rows in chunks that each commit. */
export function importTask(services: Services): Task {
  return { queue: "contacts.import", run: (payload, signal) => runImport(services, payload, signal) };
}

async function runImport(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<void> {
  const asSystem: AsSystem = (work) => inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const job = await asSystem((db) => claimJob(db, id));
  if (!job) return;
  let hasEnded: boolean;
  try {
    await importFile(services, institutionId, job, asSystem, signal);
    hasEnded = await asSystem((db) => endJob(db, job));
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused) {
      if (signal.aborted) await asSystem((db) => uncountRun(db, job));
      throw error;
    }
    hasEnded = await asSystem((db) => failJob(db, job, refused));
  }
  if (hasEnded) await services.files.remove(job.fileId);
}

type AsSystem = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

async function importFile(
  services: Services,
  institutionId: number,
  job: ClaimedJob,
  asSystem: AsSystem,
  signal: AbortSignal,
): Promise<void> {
  if (job.vainRuns > maximumVainRuns) throw new ImportRefused("IMPORT_INTERRUPTED");
  const context = await importerContext(services, institutionId, job, signal);
  const file = await checkFile(context, job, signal);
  if (job.total === null) await asSystem((db) => setTotal(db, job, file.total));
  await importRows(context, job, file, signal);
}

/** The importer with the lower of his rights at the start and of today. @throws ImportRefused IMPORT_NOT_PERMITTED */
async function importerContext(
  services: Services,
  institutionId: number,
  job: ClaimedJob,
  signal: AbortSignal,
): Promise<OperationContext> {
  const { privacy } = services.ports;
  const caller = await privacy.callerOf(job.claims);
  if (!caller?.permissions.has("import:run") || caller.institutionId !== institutionId) {
    throw new ImportRefused("IMPORT_NOT_PERMITTED");
  }
  const raisedLevels = await privacy.raisedLevels(institutionId);
  const operation = { caller, raisedLevels, locale: "en", requestId: `import-${job.id}`, signal } as const;
  return new OperationContext(services, operation, "IMPORT");
}

interface CheckedFile {
  /** Rows in chunks, without the header. */
  chunks(): AsyncGenerator<Parameters<typeof readRow>[0][]>;
  readonly header: ReturnType<typeof readHeader>;
  readonly total: number;
}

/** Reads the file through once, so that one that breaks in its last line is refused before a row is looked at. */
async function checkFile(context: OperationContext, job: ClaimedJob, signal: AbortSignal): Promise<CheckedFile> {
  const open = () => context.services.files.open(job.fileId);
  const dialect = await detectDialect(open);
  const header = readHeader((await firstRow(readCsvBatches(open, dialect, { batchSize: 1 }))).cells);
  assertFieldsAvailable(header, context.fields);
  let total = job.total ?? -1;
  if (job.total === null) {
    for await (const rows of readCsvBatches(open, dialect, { batchSize: chunkRows })) {
      signal.throwIfAborted();
      total += rows.length;
    }
  }
  return { header, total, chunks: () => withoutHeader(readCsvBatches(open, dialect, { batchSize: chunkRows })) };
}

async function firstRow<Row>(batches: AsyncGenerator<Row[]>): Promise<Row> {
  for await (const [row] of batches) if (row) return row;
  throw new ImportRefused("NO_HEADER");
}

async function* withoutHeader<Row>(batches: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  let isFirst = true;
  for await (const batch of batches) {
    const rows = isFirst ? batch.slice(1) : batch;
    isFirst = false;
    if (rows.length > 0) yield rows;
  }
}

async function importRows(context: OperationContext, job: ClaimedJob, file: CheckedFile, signal: AbortSignal) {
  const { secret } = context.services;
  const scope = JSON.stringify(["import", context.caller.institutionId, job.id]);
  const rules: ChunkRules = {
    jobId: job.id,
    mode: job.mode,
    onMatch: job.onMatch,
    key: createHmac("sha256", secret).update(scope).digest(),
    ...(await selectDefaults(context.db)),
  };
  for await (const records of file.chunks()) {
    signal.throwIfAborted();
    const today = context.today();
    const isOurs = await importChunk(context, job, rules, records.at(-1)!.line, (cursor) =>
      records.filter(({ line }) => line > cursor).map((record) => readRow(record, file.header, today)),
    );
    if (!isOurs) return;
  }
}

/** Why the import ends here; null for a fault after which it is tried again. */
function refusalOf(error: unknown): ImportRefused | null {
  if (error instanceof ImportRefused) return error;
  if (error instanceof FileNotFound) return new ImportRefused("FILE_NOT_AVAILABLE");
  if (error instanceof CsvFileError) return new ImportRefused(error.code, { ...error.params });
  return null;
}
