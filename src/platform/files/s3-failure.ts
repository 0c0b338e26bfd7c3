import { S3ServiceException } from "@aws-sdk/client-s3";
import { FileNotFound, FileStoreFailed } from "./file-store.js";

/** What operators can tell from an answer without a body, which S3 gives to questions of existence. */
const meanings: Readonly<Record<number, string>> = {
  301: "the bucket is in another region",
  403: "access was denied",
  404: "there is no such bucket",
};

/** What an error about one file means here. */
export function failureOf(error: unknown): FileNotFound | FileStoreFailed {
  if (error instanceof FileNotFound) return error;
  const isGone = error instanceof S3ServiceException && (error.name === "NoSuchKey" || error.name === "NotFound");
  return isGone ? new FileNotFound() : storeFailure(error);
}

/**
 * What an error about all of the store means here. Errors of S3 carry keys, the id of the access key and texts that were
 * signed: none of it goes on, because errors are logged.
 */
export function storeFailure(error: unknown): FileStoreFailed {
  if (error instanceof FileStoreFailed) return error;
  if (!(error instanceof S3ServiceException)) return new FileStoreFailed(nameOf(error));
  const status = error.$metadata.httpStatusCode;
  const meaning = meanings[status ?? 0];
  return new FileStoreFailed(`${error.name}, status ${status}${meaning ? `: ${meaning}` : ""}`);
}

/** The code of a connection's error, such as ECONNREFUSED; else what kind of error it is. */
function nameOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return code ?? name;
}
