import { CodedError } from "../errors/coded-error.js";

/** SQLSTATE of a server that goes down or cuts us off, and what the system says of a broken socket. */
const codes = /^(08...|57P0[1235]|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** Of a pooler that lets us go; but also, without ending anything, of a statement with other values than it asks for. */
const protocolViolation = "08P01";
/** Of `pg`, which gives them no code. */
const messages = /^(Connection terminated|Client has encountered a connection error|Client was closed)/;

/** Whether the statement failed because its connection did: nothing is known of the statement itself. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "", severity } = error as { code?: string; severity?: string };
  if (code === protocolViolation && severity === "ERROR") return false;
  return codes.test(code) || messages.test(error.message);
}

/** As callers may see it. */
export function databaseUnavailable(cause: unknown): CodedError {
  return new CodedError("SERVICE_UNAVAILABLE", "The database cannot be reached.", {}, cause);
}
