import { CodedError } from "../errors/coded-error.js";
import { databaseUnavailable, isConnectionLost } from "./lost-connection.js";

/** SQLSTATE of a text with a NUL character, the only one of Unicode that PostgreSQL's text cannot hold. */
const characterNotInRepertoire = "22021";

/** What callers may see of an error of the database, where it is no fault of ours; any other error as it is. */
export function databaseFault(error: unknown): unknown {
  if (isConnectionLost(error)) return databaseUnavailable(error);
  if (error instanceof Error && (error as { code?: string }).code === characterNotInRepertoire)
    return new CodedError("BAD_USER_INPUT", "A text must not have a NUL character.", {}, error);
  return error;
}
