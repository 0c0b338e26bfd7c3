import type { OperationContext } from "../context.js";
import type { Sql } from "../database/sql.js";
import { problem } from "../errors/user-error.js";
import { receiveFile, type StoredFile } from "../files/index.js";
import type { UploadValue } from "../graphql/upload-scalar.js";
import { idempotent, type Refused, refuse } from "../idempotency.js";
import { enqueue } from "./enqueue.js";
import { type FileJobTable, selectFileOfJob, selectFilesInUse } from "./file-job.sql.js";
import type { QueueName } from "./job.js";

export interface NewFileJob {
  readonly table: FileJobTable;
  readonly queue: QueueName;
  readonly mutation: string;
  readonly idempotencyKey: string | null | undefined;
  readonly upload: UploadValue;
  /** Of the input, all that makes two calls the same beside the content of the file. */
  readonly input: object;
  /** Inserts the row. Null when another job has this file. */
  insert(db: Sql, file: StoredFile): Promise<string | null>;
}

/**
 * Stores the file, then makes the job and queues it in one transaction. A repeat with the same key, input and content
 * answers with the first one's job.
 * @returns the database id of the job; problems FILE_TOO_LARGE, UPLOAD_NOT_AVAILABLE and those of the key
 */
export async function startFileJob(
  context: OperationContext,
  { table, queue, mutation, idempotencyKey: key, upload, input, insert }: NewFileJob,
): Promise<{ jobId: string } | Refused> {
  const stored = await receiveFile(context, upload);
  if ("code" in stored) return { problems: [stored] };
  const { id: fileId, sha256 } = stored;
  const done = await idempotent(context, { mutation, key, input: { ...input, sha256 } }, async (db) => {
    const job = await insert(db, stored);
    if (job === null) return refuse(problem("UPLOAD_NOT_AVAILABLE", ["file"]));
    await enqueue(db, queue, { institutionId: db.institutionId, id: job });
    return { job };
  });
  if ("problems" in done) {
    const inUse = await selectFilesInUse(context.db, table, [fileId]);
    if (!inUse.has(fileId)) await context.services.files.remove(fileId);
    return done;
  }
  // a repeat has the first one's file
  const used = await selectFileOfJob(context.db, table, done.ids.job);
  if (used !== null && used !== fileId) await context.services.files.remove(fileId);
  return { jobId: done.ids.job };
}
