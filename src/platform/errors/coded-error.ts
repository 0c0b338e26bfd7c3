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

const httpStatus: Partial<Record<FaultCode, number>> = { UNAUTHENTICATED: 401, SERVICE_BUSY: 503, SERVICE_UNAVAILABLE: 503 };

/** A fault that a client may see: a stable code, and a message without personal data. */
export class CodedError extends GraphQLError {
  constructor(code: FaultCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    const status = httpStatus[code];
    const headers = code === "SERVICE_BUSY" ? { "retry-after": "1" } : undefined;
    super(message, { extensions: { ...details, code, ...(status && { http: { status, headers } }) } });
    if (cause !== undefined) this.cause = cause;
  }
}
