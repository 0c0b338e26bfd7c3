import { GraphQLError } from "graphql";

/** Codes of faults that reach clients in `errors[].extensions.code`. Part of the API: add, never rename. */
export type FaultCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BAD_USER_INPUT"
  | "FIELD_NOT_AVAILABLE"
  | "SERVICE_BUSY"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

const http: Partial<Record<FaultCode, { status: number; headers?: Record<string, string> }>> = {
  UNAUTHENTICATED: { status: 401, headers: { "www-authenticate": "Bearer" } },
  SERVICE_BUSY: { status: 503, headers: { "retry-after": "1" } },
  SERVICE_UNAVAILABLE: { status: 503 },
};

/** A fault that a client may see: a stable code, and a message without personal data. */
export class CodedError extends GraphQLError {
  constructor(code: FaultCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, { extensions: { ...details, code, ...(http[code] && { http: http[code] }) } });
    if (cause !== undefined) this.cause = cause;
  }
}
