import { createHmac } from "node:crypto";
import type { OperationContext, Services } from "../../platform/context.js";
import { CsvFileError, detectDialect, readCsvBatches } from "../../platform/csv/index.js";
import { type FileJobKind, JobRefused, runFileJob, type Task } from "../../platform/jobs/index.js";
import { importChunk } from "./import-chunk.js";
import { assertFieldsAvailable, readHeader } from "./import-header.js";
import { readRow } from "./import-row.js";
import { type ClaimedJob, importJobs, selectDefaults, setTotal } from "./import-run.sql.js";
import type { ChunkRules } from "./import-stage.sql.js";

/** One transaction each: short enough for locks, long enough for sets. */
const chunkRows = 4_000;
const kind: FileJobKind<ClaimedJob> = {
  table: importJobs,
  permission: "import:run",
  source: "IMPORT",
  codes: { notPermitted: "IMPORT_NOT_PERMITTED", interrupted: "IMPORT_INTERRUPTED" },
  async work(context, job, asSystem, signal) {
    const file = await checkFile(context, job, signal);
    if (job.total === null) await asSystem((db) => setTotal(db, job, file.total));
    await importRows(context, job, file, signal);
  },
  refusalOf: (error) => (error instanceof CsvFileError ? new JobRefused(error.code, { ...error.params }) : null),
};

/** Runs imports of contacts: checks the whole file, then deals with its rows in chunks that each commit. */
export function importTask(services: Services): Task {
  return { queue: "contacts.import", run: (payload, signal) => runFileJob(services, kind, payload, signal) };
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
  throw new JobRefused("NO_HEADER");
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
