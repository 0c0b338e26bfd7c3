import type { OperationContext, Services } from "../../platform/context.js";
import { knowInstitution } from "../../platform/database/known-institution.js";
import {
  type AsSystem,
  assertSameRights,
  type FileJobKind,
  JobRefused,
  runFileJob,
  type Task,
} from "../../platform/jobs/index.js";
import { type RecordChunk, readRecords } from "./file/file-records.js";
import { LineSet } from "./file/line-set.js";
import { openRecordFile } from "./file/record-file.js";
import { followLater, followTouched } from "./followers.js";
import { insertNotTaken } from "./ingest-job.sql.js";
import { countOutcomes, reported } from "./ingest-report.js";
import {
  advanceIngest,
  beginReading,
  type ClaimedIngest,
  countListed,
  cutReport,
  deleteNotTaken,
  ingestJobs,
  lockPlace,
  selectEarlyLines,
} from "./ingest-run.sql.js";
import { mergeRecords } from "./merge/merge-records.js";

/** A season, its products, their orders, and what belongs to those: so deep records name each other. */
const mostReadings = 5;
/** A report lists so many records; all are counted. Those that are to be read again are kept in any case. */
const mostListed = 100_000;
/** Lines that are asked for at a time. */
const linesOfPage = 50_000;

const kindOf = (listed: number): FileJobKind<ClaimedIngest> => ({
  table: ingestJobs,
  permission: "history:ingest",
  source: "INGESTION",
  codes: { notPermitted: "INGEST_NOT_PERMITTED", interrupted: "INGEST_INTERRUPTED" },
  async work(context, job, asSystem, signal) {
    const room = listed - (await countListed(context.db, job.id));
    await readWhole(context, { ...job, room }, asSystem, signal);
    await asSystem((db) => cutReport(db, job, listed));
    // what follows reads what came in
    await knowInstitution(context.services, context.caller.institutionId);
    await followTouched(context.services, context.caller.institutionId, signal);
  },
});

/** A delivery, and how many more records its report can list. */
interface Delivery extends ClaimedIngest {
  room: number;
}

/** Takes in files of histories, in chunks that each commit together with their place in the file. */
export function ingestTask(services: Services, listed = mostListed): Task {
  return {
    queue: "history.ingest",
    async run(payload, signal) {
      await runFileJob(services, kindOf(listed), payload, signal);
      // also of what was cancelled, or refused in the middle
      await followTouched(services, payload.institutionId, signal);
    },
  };
}

/** Reads the file as often as that brings something in. */
async function readWhole(context: OperationContext, job: Delivery, asSystem: AsSystem, signal: AbortSignal) {
  for (let { reading } = job; ; reading++) {
    const isEmpty = await readFile(context, job, reading, signal);
    if (isEmpty && reading === 1) throw new JobRefused("EMPTY_FILE");
    const early = await selectEarlyLines(context.db, job.id, { after: 0, limit: 1 });
    if (reading === mostReadings || early.length === 0) return;
    if (!(await asSystem((db) => beginReading(db, job, reading + 1)))) return;
  }
}

/** Where the records stand that came too early. */
async function earlyLines({ db }: OperationContext, jobId: string): Promise<LineSet> {
  const early = new LineSet();
  let page: number[] = [];
  do {
    page = await selectEarlyLines(db, jobId, { after: page.at(-1) ?? 0, limit: linesOfPage });
    for (const line of page) early.add(line);
  } while (page.length === linesOfPage);
  return early;
}

/**
 * Reads the file once: the first time all of it from the job's place on, later the records that came too early.
 * @returns true when the file holds nothing
 */
async function readFile(
  context: OperationContext,
  job: Delivery,
  reading: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { cursor } = reading === job.reading ? job : { cursor: 0 };
  const early = reading === 1 ? null : await earlyLines(context, job.id);
  const isWanted = (line: number) => line > cursor && (early === null || early.has(line));
  const { files } = context.services;
  const { open, sizeBytes } = await openRecordFile(files, job.fileId);
  // progress is that of the stored file
  const share = sizeBytes === 0 ? 1 : (await files.sizeOf(job.fileId)) / sizeBytes;
  let isEmpty = cursor === 0;
  for await (const chunk of readRecords(await open(), isWanted)) {
    signal.throwIfAborted();
    await assertSameRights(context, job.claims);
    isEmpty = false;
    const readBytes = Math.floor(chunk.readBytes * share);
    if (!(await ingestChunk(context, job, reading, { ...chunk, readBytes }))) break;
  }
  return isEmpty;
}

/**
 * Merges a chunk in one transaction, which also moves the job's place: killed at any moment, a delivery is before or
 * after a chunk, never within.
 * @returns false when another run has the job, or it was cancelled
 */
async function ingestChunk(
  context: OperationContext,
  job: Delivery,
  reading: number,
  chunk: RecordChunk,
): Promise<boolean> {
  const listed = await context.bulkTransaction(async (db) => {
    const place = await lockPlace(db, job, reading);
    if (place === null) return null;
    const records = chunk.records.filter(({ line }) => line > place.cursor);
    if (records.length === 0) return 0;
    const entries = await mergeRecords(db, records, {
      organizations: context.caller.organizations,
      follow: followLater,
      keys: context.services.identityKeys,
    });
    const counts = countOutcomes(entries);
    const again = reading === 1 ? 0 : records.length;
    if (again > 0)
      await deleteNotTaken(
        db,
        job.id,
        records.map(({ line }) => line),
      );
    const { kept, forGood } = reported(entries, job.room);
    await insertNotTaken(db, job.id, kept);
    await advanceIngest(db, job.id, {
      ...{ cursor: records.at(-1)!.line, readBytes: chunk.readBytes },
      counts: { ...counts, errors: counts.errors - again },
      found: again - counts.errors,
    });
    return forGood;
  });
  job.room -= listed ?? 0;
  return listed !== null;
}
