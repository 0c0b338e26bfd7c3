import { GraphQLError, type GraphQLSchema } from "graphql";
import { handleStreamOrSingleExecutionResult, isAsyncIterable, mapAsyncIterator, type Plugin } from "graphql-yoga";
import type { FaultCode } from "../errors/coded-error.js";
import { requestFault, requestFaultCodes } from "./request-fault.js";
import { requestIdOf } from "./request-id.js";
import { badVariable, isAboutVariable, scalarHint, variableErrors, withoutValues } from "./variable-errors.js";

export interface ErrorMaskingOptions {
  /** Gets what the caller does not get to see: the original error, and the id that the answer carries. */
  log(error: unknown, requestId: string | undefined): void;
  /** More codes that may reach callers, next to the shipped ones. */
  codes?: Iterable<string>;
  /** Knows the scalars that variables must fit, where the schema that executes takes them as they are. */
  inputSchema?: GraphQLSchema;
}

const faultCodes = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "BAD_USER_INPUT",
  "FIELD_NOT_AVAILABLE",
  "SERVICE_BUSY",
  "SERVICE_UNAVAILABLE",
] as const satisfies readonly FaultCode[];

/** What the libraries below us answer with. */
const libraryCodes = [
  "BAD_REQUEST",
  "GATEWAY_TIMEOUT",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "REQUEST_ENTITY_TOO_LARGE",
  "UNAUTHORIZED_FIELD_OR_TYPE",
];

/** What the gateway's HTTP transport answers with when it gets no answer. */
const unreachedCodes = new Set<unknown>(["SUBREQUEST_HTTP_ERROR", "TIMEOUT_ERROR"]);

/** Extensions that tell about our inside, or repeat the caller's input (JSON.parse quotes it). */
const privateExtensions = new Set([
  "originalError",
  "exception",
  "stacktrace",
  "serviceName",
  "request",
  "response",
  "unexpected",
]);

interface Result {
  errors?: readonly unknown[];
}

/**
 * Lets errors with a known `extensions.code` pass, without the caller's values in their message; any other becomes
 * `Unexpected error.` (`INTERNAL_SERVER_ERROR`, `extensions.requestId`) and goes to the log. Variables are checked here
 * before execution, so that gateway and subgraph word their errors alike. A subgraph that cannot be reached is
 * `SERVICE_UNAVAILABLE` on its fields, and logged. `extensions.http` sets status and headers.
 *
 * Replaces the masking of yoga and the gateway: give them `maskedErrors: false`. Second plugin, after the request id.
 */
export function useErrorMasking({ log, codes = [], inputSchema }: ErrorMaskingOptions): Plugin {
  const known = new Set<string>([...faultCodes, ...requestFaultCodes, ...libraryCodes, ...codes]);
  const published = new WeakSet<object>();

  const publish = (error: unknown, requestId: string | undefined): GraphQLError => {
    if (error instanceof GraphQLError && published.has(error)) return error;
    const allowed = publicError(error, known);
    if (!allowed) log(causeOf(error), requestId);
    const safe = allowed ?? unreached(error) ?? masked(error, requestId);
    published.add(safe);
    return safe;
  };
  const publishAll = <R extends Result>(result: R, context: object): R =>
    result.errors ? { ...result, errors: result.errors.map((error) => publish(error, requestIdOf(context))) } : result;

  return {
    onRequestParse({ requestParser, setRequestParser }) {
      if (requestParser) setRequestParser(async (request) => readable(() => requestParser(request)));
    },
    onPluginInit({ registerContextErrorHandler }) {
      registerContextErrorHandler(({ error, context, setError }) =>
        setError(publish(error, requestIdOf(context as object))),
      );
    },
    onExecute({ args, setResultAndStopExecution }) {
      const errors = variableErrors(inputSchema ? { ...args, schema: inputSchema } : args);
      if (errors.length) setResultAndStopExecution({ errors });
      return {
        onExecuteDone: (payload) =>
          handleStreamOrSingleExecutionResult(payload, ({ result, setResult }) =>
            setResult(publishAll(result, args.contextValue)),
          ),
      };
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const errors = variableErrors(inputSchema ? { ...args, schema: inputSchema } : args);
      if (errors.length) setResultAndStopExecution({ errors });
      return {
        onSubscribeResult: (payload) =>
          handleStreamOrSingleExecutionResult(payload, ({ result, setResult }) =>
            setResult(publishAll(result, args.contextValue)),
          ),
        onSubscribeError: ({ error, setError }) => setError(publish(error, requestIdOf(args.contextValue))),
      };
    },
    // What failed before or between: parsing, validation, other plugins, a broken stream.
    onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result)) setResult(result.map((one) => publishAll(one, serverContext)));
      else if (isAsyncIterable(result)) setResult(mapAsyncIterator(result, (one) => publishAll(one, serverContext)));
      else setResult(publishAll(result, serverContext));
    },
  };
}

/** Yoga answers 500 to `variables` and `extensions` of a GET or a form that are no JSON. */
async function readable<Params>(parse: () => Params): Promise<Awaited<Params>> {
  try {
    return await parse();
  } catch (error) {
    if (error instanceof SyntaxError) throw requestFault("BAD_REQUEST", 400, "The parameters are not valid JSON.");
    throw error;
  }
}

function publicError(error: unknown, known: ReadonlySet<string>): GraphQLError | null {
  if (!(error instanceof GraphQLError)) return null;
  if (isAboutVariable(error.message)) return badVariable(withoutValues(error.message) + scalarHint(causeOf(error)));
  const { code } = error.extensions;
  if (typeof code !== "string" || !known.has(code)) return null;
  const extensions = Object.fromEntries(
    Object.entries(error.extensions).filter(([key]) => !privateExtensions.has(key)),
  );
  // Yoga answers 200 to an unreadable body when the caller accepts application/json; GraphQL over HTTP asks for 400.
  if (code === "BAD_REQUEST") extensions.http = { status: 400, ...(extensions.http as object), spec: false };
  // Below a path, the positions are those of the query that a subgraph got.
  const { nodes, source, positions, path } = error;
  return new GraphQLError(withoutValues(error.message), {
    ...(path ? { path } : { nodes, source, positions }),
    extensions,
  });
}

/** A subgraph that runs apart is down or too slow; the gateway's own error tells its address and what it was asked. */
function unreached(error: unknown): GraphQLError | null {
  if (!(error instanceof GraphQLError) || !unreachedCodes.has(error.extensions.code)) return null;
  const { path } = error;
  const message = "A part of the answer is not available at the moment.";
  return new GraphQLError(message, { path, extensions: { code: "SERVICE_UNAVAILABLE" satisfies FaultCode } });
}

function masked(error: unknown, requestId: string | undefined): GraphQLError {
  const path = error instanceof GraphQLError ? error.path : undefined;
  // `unexpected` makes it a 500 when there is no data; yoga takes it out of the answer.
  const extensions = { code: "INTERNAL_SERVER_ERROR", ...(requestId && { requestId }), unexpected: true };
  return new GraphQLError("Unexpected error.", { path, extensions });
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}
