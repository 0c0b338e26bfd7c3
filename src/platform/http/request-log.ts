import { type ExecutionArgs, getOperationAST, type OperationDefinitionNode } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import type { Telemetry } from "../telemetry.js";
import { claimsOf } from "./authentication.js";
import { requestIdOf } from "./request-id.js";

export interface RequestLogOptions {
  /** Name of the part that answers. */
  readonly part: string;
  readonly log: Logger;
  readonly telemetry: Telemetry;
}

/** What is known of a request while it runs. Batched operations share it. */
interface Running {
  readonly startedAt: number;
  operations: number;
  operationName?: string;
}

const running = Symbol("running request");
const longestName = 64;

/**
 * One line and one observation per request, one observation per operation. Logged are the names of what was asked and
 * who asked (a login says nothing about the person, F66); never the query, its variables or the token.
 */
export function useRequestLog({ part, log, telemetry }: RequestLogOptions): Plugin {
  return {
    onRequest({ serverContext }) {
      Object.assign(serverContext, { [running]: { startedAt: performance.now(), operations: 0 } satisfies Running });
    },
    onExecute({ args }) {
      const startedAt = performance.now();
      const operation = noted(args);
      return {
        onExecuteDone({ result }) {
          if (isAsyncIterable(result)) return;
          const outcome = !result.errors?.length ? "ok" : result.data ? "partial" : "failed";
          telemetry.operation(part, operation?.operation ?? "unknown", outcome, performance.now() - startedAt);
        },
      };
    },
    onSubscribe({ args }) {
      const startedAt = performance.now();
      noted(args);
      return {
        onSubscribeResult({ result }) {
          const outcome = isAsyncIterable(result) ? "ok" : "failed";
          telemetry.operation(part, "subscription", outcome, performance.now() - startedAt);
        },
      };
    },
    onResponse({ request, response, serverContext }) {
      const state = runningOf(serverContext);
      if (!state) return;
      const durationMs = performance.now() - state.startedAt;
      const claims = claimsOf(serverContext);
      telemetry.request(part, request.method, response.status, durationMs);
      log.info(
        {
          part,
          requestId: requestIdOf(serverContext),
          method: request.method,
          status: response.status,
          durationMs: Math.round(durationMs * 10) / 10,
          operation: state.operationName,
          ...(state.operations > 1 && { operations: state.operations }),
          ...(claims && { institution: claims.institution, caller: claims.subject }),
        },
        "request",
      );
    },
  };
}

/** Its name stands in the log, when it is the first of the request. */
function noted({ document, operationName, contextValue }: ExecutionArgs): OperationDefinitionNode | null | undefined {
  const operation = getOperationAST(document, operationName);
  const state = runningOf(contextValue as object);
  if (state) {
    state.operations++;
    state.operationName ??= operation?.name?.value.slice(0, longestName);
  }
  return operation;
}

function runningOf(context: object): Running | undefined {
  return (context as { [running]?: Running })[running];
}
