import type { OperationContext, Services } from "../../platform/context.js";
import {
  type CsvDialect,
  CsvFileError,
  type CsvRecord,
  countCsvRows,
  detectDialect,
  readCsvBatches,
} from "../../platform/csv/index.js";
import { type AsSystem, type FileJobKind, JobRefused, runFileJob, type Task } from "../../platform/jobs/index.js";
import { openCsvFile } from "../../platform/zip/index.js";
import { awaitErasures } from "../erasure/index.js";
import { type ImportChunk, readChunks } from "./chunk-reader.js";
import { importChunks } from "./import-lanes.js";
import { type ClaimedJob, importJobs, setPlanHash, setTotal } from "./import-run.sql.js";
import { importStrategies } from "./import-strategies.js";
import type { ImportRules, OpenedImport } from "./import-strategy.js";
import { queueImportMail } from "./mail/import-mail.js";
import { keepReport, writeReport } from "./report/index.js";

/**
 * Rows that are read at once. With 1,000 each of them outlived two collections of the young generation and became work for
 * the old one's: reading a row took 2.4 µs instead of 1.3.
 */
const batchSize = 200;
const batchCharacters = 1_000_000;

const kind: FileJobKind<ClaimedJob> = {
  table: importJobs,
  permission: "import:run",
  source: "IMPORT",
  codes: { notPermitted: "IMPORT_NOT_PERMITTED", interrupted: "IMPORT_INTERRUPTED" },
  async work(context, job, asSystem, signal) {
    await asSystem(awaitErasures);
    const rules = rulesOf(context, job);
    const file = await checkFile(context, job, rules, signal);
    const { total, opened } = file;
    if (job.total === null) await asSystem((db) => setTotal(db, job, { total, warnings: opened.warnings }));
    const { overlaps } = importStrategies[job.type]!;
    if (!(await importChunks({ context, job, rules, file: opened, overlaps }, file.chunks(), signal))) return;
    if (job.mode === "CHECK") await asSystem((db) => setPlanHash(db, job));
    await report(context, job, file, asSystem);
  },
  ended: (db, job) => queueImportMail(db, "IMPORT_ENDED", job),
  refusalOf: (error) => (error instanceof CsvFileError ? new JobRefused(error.code, { ...error.params }) : null),
};

/** Runs imports: checks the whole file, then deals with its rows in chunks that each commit. */
export function importTask(services: Services): Task {
  return { queue: "contacts.import", run: (payload, signal) => runFileJob(services, kind, payload, signal) };
}

function rulesOf(
  { caller }: OperationContext,
  { id, mode, onMatch, organization, planJobId }: ClaimedJob,
): ImportRules {
  const organizations = caller.organizations.filter((code) => organization === null || code === organization);
  return { jobId: id, mode, onMatch, organizations, planJobId };
}

/** How long a report can be fetched. */
const reportKeptMs = 7 * 24 * 3_600_000;

/** Before the job ends: with it its file goes. */
async function report(
  context: OperationContext,
  job: ClaimedJob,
  file: CheckedFile,
  asSystem: AsSystem,
): Promise<void> {
  const { dialect, records } = file;
  const fileId = await writeReport(context, job.id, { dialect, records, locale: job.locale });
  if (fileId === null) return;
  const expiresAt = new Date(context.now().getTime() + reportKeptMs);
  const isOurs = await asSystem((db) => keepReport(db, job, { fileId, expiresAt }));
  if (!isOurs) await context.services.files.remove(fileId);
}

interface CheckedFile {
  readonly dialect: CsvDialect;
  /** All that are not blank, the header first. */
  records(): AsyncGenerator<CsvRecord[]>;
  /** Rows in chunks, without the header. */
  chunks(): AsyncGenerator<ImportChunk>;
  readonly opened: OpenedImport;
  readonly total: number;
}

/**
 * Reads the file through once, so that one that breaks in its last line is refused before a row is looked at; not again
 * in a later run, or when a check has read it.
 */
async function checkFile(
  context: OperationContext,
  job: ClaimedJob,
  rules: ImportRules,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const open = await openCsvFile(context.services.files, job.fileId);
  const strategy = importStrategies[job.type]!;
  const dialect = await detectDialect(open);
  const header = await firstRow(readCsvBatches(open, dialect, { batchSize: 1 }));
  const opened = await strategy.open(context, rules, header.cells);
  const total = job.total ?? (await countCsvRows(open, dialect, { signal })) - 1;
  const cut = { rows: strategy.chunkRows, cursor: job.cursor, today: context.today() };
  const records = () => readCsvBatches(open, dialect, { batchSize, batchCharacters });
  return {
    dialect,
    records,
    opened,
    total,
    chunks: () => readChunks(opened, records(), cut),
  };
}

async function firstRow<Row>(batches: AsyncGenerator<Row[]>): Promise<Row> {
  for await (const [row] of batches) if (row) return row;
  throw new JobRefused("NO_HEADER");
}
