import http from "node:http";
import https from "node:https";
import type { ExecutionRequest, ExecutionResult, Executor } from "@graphql-tools/utils";
import { type GraphQLFormattedError, print } from "graphql";
import { subscribeOverHttp } from "./http-subscription.js";
import { type ErrorPlace, failedResult, withErrorsAtFields } from "./missing-fields.js";
import { type RemoteSubgraph, remoteHeaders, revived, unreachable } from "./remote-subgraph.js";

type MaybeEvents = ExecutionResult | AsyncIterableIterator<ExecutionResult>;

interface Answer {
  readonly data?: ExecutionResult["data"];
  readonly errors?: readonly GraphQLFormattedError[];
}

const connectTimeoutMs = 1_000;
const connections = 128;
const agentOptions = { keepAlive: true, maxSockets: connections, scheduling: "lifo" } as const;
const agents = { "http:": new http.Agent(agentOptions), "https:": new https.Agent(agentOptions) };

/**
 * Calls a subgraph that runs elsewhere, with the caller's token, language and request id. Our own and not the one of
 * the gateway's library, which joins equal requests in flight whoever sent them, takes ten seconds to notice a host
 * that is gone, and asks for streams that no subgraph of ours gives.
 */
export function httpExecutor(subgraph: RemoteSubgraph, errorPlace: ErrorPlace): Executor {
  const run = async (request: ExecutionRequest): Promise<MaybeEvents> => {
    if (request.operationType === "subscription") return subscribeOverHttp(subgraph, request);
    try {
      const answer = await callTwice(subgraph, request);
      const errors = answer.errors?.map(revived);
      if (!answer.data && errors?.[0]) return failedResult(request, errors[0], errorPlace); // refused as a whole
      return withErrorsAtFields(request, { data: answer.data, errors }, errorPlace);
    } catch (error) {
      subgraph.onFailure(error as Error);
      return failedResult(request, unreachable(subgraph.name), errorPlace);
    }
  };
  return run as Executor;
}

/** A kept connection may be closed by the other side just when it is taken: queries are then sent again, once. */
async function callTwice(subgraph: RemoteSubgraph, request: ExecutionRequest): Promise<Answer> {
  try {
    return await call(subgraph, request);
  } catch (error) {
    if (!(error instanceof StaleConnection) || request.operationType !== "query") throw error;
    return call(subgraph, request);
  }
}

async function call({ url, timeoutMs }: RemoteSubgraph, request: ExecutionRequest): Promise<Answer> {
  const body = JSON.stringify({
    query: print(request.document),
    variables: request.variables,
    operationName: request.operationName,
  });
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(request.signal ? [request.signal] : [])]);
  const accept = "application/graphql-response+json, application/json";
  const text = await post(new URL(url), body, { ...remoteHeaders(request.context), accept }, signal);
  const answer = JSON.parse(text) as Answer | null;
  if (!answer || typeof answer !== "object" || !("data" in answer || "errors" in answer))
    throw new Error("no GraphQL answer");
  return answer;
}

class StaleConnection extends Error {}

function post(url: URL, body: string, headers: Record<string, string>, signal: AbortSignal): Promise<string> {
  const secure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) }, signal };
    const agent = secure ? agents["https:"] : agents["http:"];
    const request = (secure ? https : http).request(url, { ...options, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    request.once("socket", (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => request.destroy(new Error("no connection in time")), connectTimeoutMs);
      for (const event of ["connect", "close"]) socket.once(event, () => clearTimeout(timer));
    });
    request.once("error", (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      reject(isStale ? new StaleConnection(error.message) : error);
    });
    request.end(body);
  });
}
