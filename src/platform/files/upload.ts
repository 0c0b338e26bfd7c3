import type { Readable } from "node:stream";
import type { OperationContext, Services } from "../context.js";
import { CodedError } from "../errors/coded-error.js";
import { type Problem, problem } from "../errors/user-error.js";
import type { UploadValue } from "../graphql/upload-scalar.js";
import { verifyFileReference } from "./file-reference.js";
import "./file.messages.js";
import { FileNotFound, FileStoreFailed, FileTooLarge, type StoredFile } from "./file-store.js";

/** What domain 6.3 allows. The gateway may be set to allow less. */
const maximumUploadBytes = 1024 ** 3;

/**
 * Stores what a caller is sending. That the store cannot take it is told to him and, with the reason, to the log.
 * @throws FileTooLarge; CodedError SERVICE_UNAVAILABLE; errors of the source as they are
 */
export async function storeUpload(
  { files, log }: Pick<Services, "files" | "log">,
  institutionId: number,
  source: Readable,
  maxBytes: number,
): Promise<StoredFile> {
  try {
    return await files.put(institutionId, source, { maxBytes });
  } catch (error) {
    const isOfStore = error instanceof FileStoreFailed || (error as NodeJS.ErrnoException).syscall !== undefined;
    if (!isOfStore || error === source.errored) throw error;
    log.error({ err: error }, "a file could not be stored");
    throw new CodedError("SERVICE_UNAVAILABLE", "Files cannot be stored at the moment.", {}, error);
  }
}

/**
 * Brings a file of the request into the store; of a file that the gateway has stored already, takes the reference.
 * @throws as {@link storeUpload}; FileNotFound when a reference is not one that was made for this caller just now;
 *   the coded errors of an upload that broke off
 */
async function receiveUpload(
  context: OperationContext,
  upload: UploadValue,
  maxBytes = maximumUploadBytes,
): Promise<StoredFile> {
  const { services, caller } = context;
  if (typeof upload !== "string") {
    const file = await upload;
    return storeUpload(services, caller.institutionId, file.createReadStream(), maxBytes);
  }
  const stored = verifyFileReference(services.secret, caller, upload, context.now());
  if (!stored) throw new FileNotFound();
  return stored;
}

/** As {@link receiveUpload}, with what the caller can mend as a problem of the field `file`. */
export async function receiveFile(context: OperationContext, upload: UploadValue): Promise<StoredFile | Problem> {
  try {
    return await receiveUpload(context, upload);
  } catch (error) {
    if (error instanceof FileTooLarge) return problem("FILE_TOO_LARGE", ["file"], { limit: error.maxBytes });
    if (error instanceof FileNotFound) return problem("UPLOAD_NOT_AVAILABLE", ["file"]);
    throw error;
  }
}
