import { GraphQLError } from "graphql";

/** Codes of requests that are refused before anything is executed. Part of the API: add, never rename. */
export const requestFaultCodes = [
  "CSRF_HEADER_MISSING",
  "DOCUMENT_TOO_LONG",
  "INTROSPECTION_MIXED",
  "MULTIPART_NOT_ALLOWED",
  "PAYLOAD_TOO_LARGE",
  "QUERY_TOO_COSTLY",
  "QUERY_TOO_DEEP",
  "RATE_LIMITED",
  "TOO_MANY_ALIASES",
  "TOO_MANY_DIRECTIVES",
  "TOO_MANY_TOKENS",
  "UPLOAD_FILE_MISSING",
  "UPLOAD_INTERRUPTED",
] as const;

export type RequestFaultCode = (typeof requestFaultCodes)[number] | "BAD_REQUEST";

/** An error that answers the whole request with this HTTP status, whatever media type the caller accepts. */
export function requestFault(
  code: RequestFaultCode,
  status: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, ...(headers && { headers }) } } });
}
