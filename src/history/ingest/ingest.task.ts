import type { OperationContext, Services } from "../../platform/context.js";
import { type AsSystem, type FileJobKind, JobRefused, runFileJob, type Task } from "../../platform/jobs/index.js";
import { type RecordChunk, readRecords } from "./file/file-records.js";
import { followLater, followTouched } from "./followers.js";
import { insertNotTaken } from "./ingest-job.sql.js";
import { countOutcomes, notTaken } from "./ingest-report.js";
import {
  advanceIngest,
  beginReading,
  type ClaimedIngest,
  deleteNotTaken,
  ingestJobs,
  lockPlace,
  selectEarlyLines,
} from "./ingest-run.sql.js";
import { mergeRecords } from "./merge/merge-records.js";

/** A season, its products, their orders, and what belongs to those: so deep records name each other. */
const mostReadings = 5;
/** A report lists so many records; all are counted. */
const mostListed = 100_000;

const kind: FileJobKind<ClaimedIngest> = {
  table: ingestJobs,
  permission: "history:ingest",
  source: "INGESTION",
  codes: { notPermitted: "INGEST_NOT_PERMITTED", interrupted: "INGEST_INTERRUPTED" },
  async work(context, job, asSystem, signal) {
    await readWhole(context, job, asSystem, signal);
    await followTouched(context.services, context.caller.institutionId, signal);
  },
};

/** Takes in files of histories, in chunks that each commit together with their place in the file. */
export function ingestTask(services: Services): Task {
  return {
    queue: "history.ingest",
    async run(payload, signal) {
      await runFileJob(services, kind, payload, signal);
      // also of what was cancelled, or refused in the middle
      await followTouched(services, payload.institutionId, signal);
    },
  };
}

/** Reads the file as often as that brings something in. */
async function readWhole(context: OperationContext, job: ClaimedIngest, asSystem: AsSystem, signal: AbortSignal) {
  for (let { reading } = job; ; reading++) {
    const isEmpty = await readFile(context, job, reading, signal);
    if (isEmpty && reading === 1) throw new JobRefused("EMPTY_FILE");
    if (reading === mostReadings || (await selectEarlyLines(context.db, job.id)).length === 0) return;
    if (!(await asSystem((db) => beginReading(db, job, reading + 1)))) return;
  }
}

/**
 * Reads the file once: the first time all of it from the job's place on, later the records that came too early.
 * @returns true when the file holds nothing
 */
async function readFile(
  context: OperationContext,
  job: ClaimedIngest,
  reading: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { cursor } = reading === job.reading ? job : { cursor: 0 };
  const early = reading === 1 ? null : new Set(await selectEarlyLines(context.db, job.id));
  const isWanted = (line: number) => line > cursor && (early === null || early.has(line));
  const file = await context.services.files.open(job.fileId);
  let isEmpty = cursor === 0;
  for await (const chunk of readRecords(file, isWanted)) {
    signal.throwIfAborted();
    isEmpty = false;
    if (!(await ingestChunk(context, job, reading, chunk))) break;
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
  job: ClaimedIngest,
  reading: number,
  chunk: RecordChunk,
): Promise<boolean> {
  return context.bulkTransaction(async (db) => {
    const place = await lockPlace(db, job, reading);
    if (place === null) return false;
    const records = chunk.records.filter(({ line }) => line > place.cursor);
    if (records.length === 0) return true;
    const entries = await mergeRecords(db, records, {
      organizations: context.caller.organizations,
      follow: followLater,
    });
    const counts = countOutcomes(entries);
    const again = reading === 1 ? 0 : records.length;
    if (again > 0)
      await deleteNotTaken(
        db,
        job.id,
        records.map(({ line }) => line),
      );
    const room = Math.max(0, mostListed - place.listed + again);
    await insertNotTaken(db, job.id, notTaken(entries).slice(0, room));
    await advanceIngest(db, job.id, {
      ...{ cursor: records.at(-1)!.line, readBytes: chunk.readBytes },
      counts: { ...counts, errors: counts.errors - again },
      found: again - counts.errors,
    });
    return true;
  });
}
