import "./ingest.messages.js";
import DataLoader from "dataloader";
import { claimsOf } from "../../platform/access/claims.js";
import { OperationContext } from "../../platform/context.js";
import type { BulkSql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { UserError } from "../../platform/graphql/shared-types.js";
import { message } from "../../platform/i18n/messages.js";
import { idempotentInBulk } from "../../platform/idempotency.js";
import { JobStatus } from "../../platform/jobs/index.js";
import { followNow } from "./followers.js";
import type { IngestHistoryInput } from "./ingest.inputs.js";
import type { IngestedRecord, IngestJob } from "./ingest.type.js";
import {
  type IngestJobRow,
  insertBatch,
  insertNotTaken,
  type NotTakenRow,
  selectIngestJobPage,
  selectIngestJobs,
  selectNotTaken,
} from "./ingest-job.sql.js";
import { countOutcomes, notTaken } from "./ingest-report.js";
import { mergeRecords } from "./merge/merge-records.js";
import { readRecord } from "./records/read-record.js";

export interface IngestAnswer {
  ingestJob: IngestJob | null;
  userErrors: UserError[];
  warnings: [];
}

/** Longer lists belong into a file. */
const mostRecords = 500;

/** Takes the records of a request: the good ones are written, the others reported, in one transaction. */
export async function ingestHistory(context: OperationContext, input: IngestHistoryInput): Promise<IngestAnswer> {
  const { records, idempotencyKey: key } = input;
  if (records.length === 0) return refusal(context, [problem("FIELD_REQUIRED", ["records"])]);
  if (records.length > mostRecords)
    return refusal(context, [problem("RECORD_LIST_TOO_LONG", ["records"], { maximum: mostRecords })]);
  const call = { mutation: "ingestHistory", key, input };
  const done = await idempotentInBulk(ingesting(context), call, (db) => take(context, db, records));
  if ("problems" in done) return refusal(context, done.problems);
  const jobId = done.ids.ingestJob;
  const wanted = { outcome: "ERROR", after: 0, limit: mostRecords };
  const [[job], refused] = await Promise.all([
    selectIngestJobs(context.db, [jobId]),
    selectNotTaken(context.db, jobId, wanted),
  ]);
  return {
    ingestJob: job ? toJob(context, job) : null,
    userErrors: userErrors(refused.flatMap(problemsOf), context.locale),
    warnings: [],
  };
}

/** The same caller, whose changes come from a delivery. */
function ingesting({ services, caller, locale, requestId, signal }: OperationContext): OperationContext {
  const operation = { caller, raisedLevels: new Map(), locale, requestId, ...(signal && { signal }) };
  return new OperationContext(services, operation, "INGESTION");
}

async function take({ caller, services }: OperationContext, db: BulkSql, records: readonly object[]) {
  const placed = records.map((record, index) => ({ line: index + 1, read: readRecord(record) }));
  const entries = await mergeRecords(db, placed, {
    ...{ organizations: caller.organizations, follow: followNow, keys: services.identityKeys },
  });
  const counts = countOutcomes(entries);
  const job = await insertBatch(db, { claims: claimsOf(caller), clearance: caller.clearance, counts });
  await insertNotTaken(db, job, notTaken(entries));
  return { ingestJob: job };
}

function problemsOf({ line, problems }: NotTakenRow): Problem[] {
  const elementIndex = line - 1;
  return (problems ?? []).map(({ path, ...rest }) => ({
    ...rest,
    field: ["records", String(elementIndex), ...path],
    elementIndex,
  }));
}

/** Null for an id of no delivery, and of one that does not exist for the caller. */
export async function findIngestJob(context: OperationContext, id: string): Promise<IngestJob | null> {
  const key = decodeId("IngestJob", id);
  return key === null ? null : context.once(jobLoader).load(key);
}

function jobLoader(context: OperationContext) {
  return new DataLoader<string, IngestJob | null>(async (ids) => {
    const rows = await selectIngestJobs(context.db, ids);
    const byId = new Map(rows.map((row) => [row.id, toJob(context, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

interface PageArguments {
  first: number;
  after?: string | null;
}

/** The newest first. */
export async function findIngestJobs(
  context: OperationContext,
  { first, after }: PageArguments,
): Promise<Connection<IngestJob>> {
  assertFirst(first);
  const key = decodeCursor(after, 1);
  if (key && !/^[1-9]\d{0,17}$/.test(String(key[0]))) throw notACursor();
  const rows = await selectIngestJobPage(context.db, { before: key && String(key[0]), limit: first + 1 });
  const jobs = rows.map((row) => toJob(context, row));
  return page(jobs, { first, after: after ?? null }, ({ id }) => [decodeId("IngestJob", id)]);
}

/** Records that were not taken, of a job that was found for the caller. */
export async function recordsNotTaken(
  context: OperationContext,
  job: IngestJob,
  { outcome, first, after }: PageArguments & { outcome: string | null },
): Promise<Connection<IngestedRecord>> {
  assertFirst(first);
  const [line] = decodeCursor(after, 1) ?? [0];
  if (typeof line !== "number" || !Number.isInteger(line) || line < 0 || line >= 2 ** 31) throw notACursor();
  const wanted = { outcome: outcome ?? null, after: line, limit: first + 1 };
  const rows = await selectNotTaken(context.db, decodeId("IngestJob", job.id)!, wanted);
  const records = rows.map((row) => toRecord(context, row));
  return page(records, { first, after: after ?? null }, (record) => [record.line]);
}

export function refusal(context: OperationContext, problems: readonly Problem[]): IngestAnswer {
  return { ingestJob: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

/** What has been read may be read again. */
const mostUnended = 0.99;

export function toJob({ locale }: OperationContext, row: IngestJobRow): IngestJob {
  const { id, status, created, updated, unchanged, stale, errors, createdAt, startedAt, finishedAt } = row;
  const { failureCode: code, failureParameters, sizeBytes, readBytes } = row;
  const isDone = status === JobStatus.DONE || status === JobStatus.DONE_WITH_ERRORS;
  const processed = created + updated + unchanged + stale + errors;
  return {
    ...{ id: encodeId("IngestJob", id), status: JobStatus[status], createdAt, startedAt, finishedAt },
    progress: isDone ? 1 : sizeBytes === 0 ? 0 : Math.min(mostUnended, readBytes / sizeBytes),
    counters: { processed, created, updated, unchanged, stale, errors },
    fileError: code === null ? null : { code, message: message(code, locale, failureParameters ?? {}) },
  };
}

function toRecord({ locale }: OperationContext, { line, kind, outcome, problems }: NotTakenRow): IngestedRecord {
  const stale = outcome === "STALE" ? [{ code: "RECORD_STALE", path: [] }] : [];
  return {
    ...{ line, kind, outcome },
    problems: [...stale, ...(problems ?? [])].map(({ code, path, ...rest }) => ({
      ...{ code, path: [...path] },
      message: message(code, locale, "parameters" in rest ? rest.parameters : {}),
    })),
  };
}
