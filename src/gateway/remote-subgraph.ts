import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { CodedError } from "../platform/errors/coded-error.js";
import { requestIdOf } from "../platform/http/request-id.js";

export interface RemoteSubgraph {
  readonly name: string;
  readonly url: string;
  /** For the whole answer; of a subscription, until it stands. The connection must stand after a second. */
  readonly timeoutMs: number;
  /** Gets why a call failed; callers only learn that the part cannot be reached. */
  onFailure(error: Error): void;
}

interface Context {
  readonly request: Request;
}

/** The caller's token, language and request id. @param context of the gateway's operation */
export function remoteHeaders(context: object): Record<string, string> {
  const { request } = context as Context;
  const headers: Record<string, string> = { "content-type": "application/json" };
  for (const name of ["authorization", "accept-language"]) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  const requestId = requestIdOf(context);
  if (requestId) headers["x-request-id"] = requestId;
  return headers;
}

export function revived({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path, extensions });
}

export function unreachable(name: string): GraphQLError {
  return new CodedError("SERVICE_UNAVAILABLE", `The part "${name}" cannot be reached at the moment.`);
}
