import type { ExecutionRequest, ExecutionResult, Executor } from "@graphql-tools/utils";
import { execute, type GraphQLError, type GraphQLSchema } from "graphql";
import { CodedError } from "../platform/errors/coded-error.js";
import { subscribeLive } from "../platform/graphql/live.js";
import { operationOf, renewalOf } from "../platform/http/operation.js";
import { type ErrorPlace, failedResult, withErrorsAtFields } from "./missing-fields.js";

type MaybeEvents = ExecutionResult | AsyncIterableIterator<ExecutionResult>;

/** Calls a subgraph of this process: the planner's document goes straight to its schema, unprinted and unparsed. */
export function inProcessExecutor(schema: GraphQLSchema, errorPlace: ErrorPlace): Executor {
  const run = async (request: ExecutionRequest): Promise<MaybeEvents> => {
    try {
      const { document, variables, operationName, context } = request;
      if (request.operationType === "subscription")
        return await subscribeLive({ schema, document, variableValues: variables, operationName }, renewalOf(context));
      const contextValue = await operationOf(context);
      const result = await execute({ schema, document, variableValues: variables, operationName, contextValue });
      return withErrorsAtFields(request, result as ExecutionResult, errorPlace);
    } catch (error) {
      return failedResult(request, error instanceof CodedError ? error : internal(error), errorPlace);
    }
  };
  return run as Executor;
}

function internal(cause: unknown): GraphQLError {
  return new CodedError("INTERNAL_SERVER_ERROR", "Unexpected error.", {}, cause);
}
