import type { Readable } from "node:stream";
import { GraphQLError, GraphQLScalarType } from "graphql";

/** A file that is still arriving: it must be read while the operation runs, once, and in the order of the request. */
export interface UploadedFile {
  /** As the caller sent it: personal data, maybe, and never a path. */
  readonly filename: string;
  readonly mimetype: string;
  readonly encoding: string;
  /** Fails with `PAYLOAD_TOO_LARGE` or `UPLOAD_INTERRUPTED` in the middle: what was done with the bytes must be undone. */
  createReadStream(): Readable;
}

/**
 * Stands for a file that the gateway has put into the file store before the operation went to a subgraph elsewhere.
 * Opaque text; callers can send any text here, so whoever opens it must verify that the gateway has made it.
 */
export type StoredFileReference = string;

/** What a resolver gets for an argument of type `Upload`. */
export type UploadValue = Promise<UploadedFile> | StoredFileReference;

/** What the gateway puts into the variables. JSON cannot hold a promise, so no caller can forge it. */
export interface ArrivingUpload {
  readonly promise: Promise<UploadedFile>;
}

/** True for what the gateway put into the variables in place of a file of the request. */
export function isArrivingUpload(value: unknown): value is ArrivingUpload {
  return typeof value === "object" && value !== null && "promise" in value && value.promise instanceof Promise;
}

export const UploadScalar = new GraphQLScalarType<UploadValue, never>({
  name: "Upload",
  description: "A file, sent as the GraphQL multipart request specification says. Only as a variable.",
  parseValue(value) {
    if (isArrivingUpload(value)) return value.promise;
    if (typeof value === "string") return value;
    throw refused();
  },
  parseLiteral() {
    throw refused();
  },
  serialize() {
    throw refused();
  },
});

const refused = () =>
  new GraphQLError("An Upload is a file of a multipart request.", { extensions: { code: "BAD_USER_INPUT" } });
