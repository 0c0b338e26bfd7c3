import { PassThrough, pipeline, type Readable } from "node:stream";
import { GraphQLError } from "graphql";
import { isArrivingUpload, type UploadedFile } from "../platform/graphql/upload-scalar.js";
import { requestFault } from "../platform/http/request-fault.js";

/**
 * Makes every fault of the files in these variables visible to whoever reads them, as a coded error.
 * graphql-upload-minimal ends a file over the limit as if it were complete, and reports a missing part as a plain error.
 */
export function announceFaults(variables: unknown, maxFileSize: number): void {
  if (isArrivingUpload(variables)) {
    const promise = variables.promise.then((file) => withFaults(file, maxFileSize), failedUpload);
    promise.catch(() => undefined); // nobody may be waiting for the file any more; whoever is gets the error
    Object.assign(variables, { promise });
  } else if (typeof variables === "object" && variables !== null) {
    for (const value of Object.values(variables)) announceFaults(value, maxFileSize);
  }
}

function withFaults(file: UploadedFile, maxFileSize: number): UploadedFile {
  const { filename, mimetype, encoding } = file;
  return { filename, mimetype, encoding, createReadStream: () => faultyStream(file, maxFileSize) };
}

function faultyStream(file: UploadedFile, maxFileSize: number): Readable {
  const source = openSource(file) as Readable & { truncated?: boolean };
  const tooLarge = () => requestFault("PAYLOAD_TOO_LARGE", 413, `The file has more than ${maxFileSize} bytes.`);
  const checked = new PassThrough({ flush: (done) => done(source.truncated ? tooLarge() : null) });
  source.once("limit", () => checked.destroy(tooLarge()));
  source.once("error", () => checked.destroy(interrupted()));
  pipeline(source, checked, () => undefined); // its reader gets the error; this keeps an unread one from being thrown
  return checked;
}

function openSource(file: UploadedFile): Readable {
  try {
    return file.createReadStream();
  } catch (error) {
    return failedUpload(error);
  }
}

/** @throws always: what the caller did wrong, coded */
function failedUpload(error: unknown): never {
  if (!(error instanceof Error) || error instanceof GraphQLError) throw error;
  if (!("status" in error)) throw interrupted(); // the parser's own: the body ended, or broke, within a part
  if (error.status === 413)
    throw requestFault("PAYLOAD_TOO_LARGE", 413, "The request has more or larger files than allowed.");
  if (error.status === 499) throw interrupted();
  throw requestFault("UPLOAD_FILE_MISSING", 400, "The request has no part for a file that its map names.");
}

const interrupted = () => requestFault("UPLOAD_INTERRUPTED", 400, "The request ended before its file was complete.");
