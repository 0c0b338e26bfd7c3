import type { ExecutionRequest, ExecutionResult, Executor } from "@graphql-tools/utils";
import { execute, type GraphQLError, type GraphQLSchema } from "graphql";
import { CodedError } from "../platform/errors/coded-error.js";
import { operationOf } from "../platform/http/operation.js";
import { type ErrorPlace, failedResult, withErrorsAtFields } from "./missing-fields.js";

/** Calls a subgraph of this process: the planner's document goes straight to its schema, unprinted and unparsed. */
export function inProcessExecutor(schema: GraphQLSchema, errorPlace: ErrorPlace): Executor {
  const run = async (request: ExecutionRequest): Promise<ExecutionResult> => {
    try {
      const { document, variables, operationName, context } = request;
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
