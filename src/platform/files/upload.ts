import type { Caller } from "../access/caller.js";
import type { OperationContext, Services } from "../context.js";
import type { StoredFileReference, UploadedFile, UploadValue } from "../graphql/upload-scalar.js";
import { signFileReference, verifyFileReference } from "./file-reference.js";
import { FileNotFound, type StoredFile } from "./file-store.js";

/** Largest upload: what domain 6.3 allows. */
export const maximumUploadBytes = 1024 ** 3;

/** Between the upload's end and the operation that takes it, both of one request. */
const referenceLifetimeMs = 15 * 60_000;

/**
 * Brings a file of the request into the store; of a file that the gateway has stored already, takes the reference.
 * @throws FileTooLarge; FileNotFound when a reference is not one that was made for this caller just now;
 *   the coded errors of an upload that broke off
 */
export async function receiveUpload(
  context: OperationContext,
  upload: UploadValue,
  maxBytes = maximumUploadBytes,
): Promise<StoredFile> {
  const { services, caller } = context;
  if (typeof upload !== "string") {
    const file = await upload;
    return services.files.put(caller.institutionId, file.createReadStream(), { maxBytes });
  }
  const stored = verifyFileReference(services.secret, caller, upload, context.now());
  if (!stored) throw new FileNotFound();
  return stored;
}

/** For the gateway: stores a file whose operation goes to a subgraph elsewhere. What replaces it in the variables. */
export async function storeUpload(
  { files, secret, clock }: Pick<Services, "files" | "secret" | "clock">,
  caller: Caller,
  file: UploadedFile,
  maxBytes = maximumUploadBytes,
): Promise<StoredFileReference> {
  const stored = await files.put(caller.institutionId, file.createReadStream(), { maxBytes });
  return signFileReference(secret, caller, stored, new Date(clock.now().getTime() + referenceLifetimeMs));
}
