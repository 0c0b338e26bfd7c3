import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import { problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { startFileJob } from "../../platform/jobs/index.js";
import type { CancelIngestInput, StartIngestInput } from "./ingest.inputs.js";
import { type IngestAnswer, refusal, toJob } from "./ingest.service.js";
import { insertFileJob, selectIngestJobs } from "./ingest-job.sql.js";
import { cancelIngestJob, ingestJobs } from "./ingest-run.sql.js";

/** Takes a file in and queues its delivery. */
export async function startIngest(context: OperationContext, input: StartIngestInput): Promise<IngestAnswer> {
  const { caller } = context;
  const { file, idempotencyKey } = input;
  const started = await startFileJob(context, {
    ...{ table: ingestJobs, queue: "history.ingest", mutation: "startIngest", idempotencyKey, upload: file, input: {} },
    insert: (db, { id: fileId, sizeBytes }) =>
      insertFileJob(db, { fileId, sizeBytes, claims: claimsOf(caller), clearance: caller.clearance }),
  });
  if ("problems" in started) return refusal(context, started.problems);
  return answer(context, started.jobId);
}

/** Ends a delivery; what was written until then stays. */
export async function cancelIngest(context: OperationContext, input: CancelIngestInput): Promise<IngestAnswer> {
  const id = decodeId("IngestJob", input.id);
  const call = { mutation: "cancelIngest", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const [job] = id === null ? [] : await selectIngestJobs(db, [id]);
    if (!job) return refuse(problem("INGEST_NOT_FOUND", ["id"]));
    if (!(await cancelIngestJob(db, job.id))) return refuse(problem("INGEST_HAS_ENDED", ["id"]));
    return { ingestJob: job.id };
  });
  if ("problems" in done) return refusal(context, done.problems);
  const [job] = await selectIngestJobs(context.db, [done.ids.ingestJob]);
  if (job?.fileId) await context.services.files.remove(job.fileId);
  return answer(context, done.ids.ingestJob);
}

async function answer(context: OperationContext, jobId: string): Promise<IngestAnswer> {
  const [job] = await selectIngestJobs(context.db, [jobId]);
  return { ingestJob: job ? toJob(context, job) : null, userErrors: [], warnings: [] };
}
