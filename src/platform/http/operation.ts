import { execute, type GraphQLError } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import { logReads } from "../access/confidential-reads.js";
import { OperationContext, type Services } from "../context.js";
import { negotiateLocale } from "../i18n/locale.js";
import type { AuthenticationContext } from "./authentication.js";
import { requestIdOf } from "./request-id.js";

/** What {@link useOperationContext} puts on the context of each operation. */
interface WithOperation extends AuthenticationContext {
  request: Request;
  operation(): Promise<OperationContext>;
}

/**
 * Gives each operation, also each of a batch, one {@link OperationContext}, made when the first subgraph of this
 * process is called and shared by all of them: one set of loaders, one reading of the field levels. No answer leaves
 * before the access log has what it shows of confidential contacts.
 */
export function useOperationContext(services: Services): Plugin<Partial<WithOperation>> {
  return {
    onExecute({ args, extendContext }) {
      const context = args.contextValue as WithOperation;
      let opened: Promise<OperationContext> | undefined;
      extendContext({
        operation: () => {
          opened ??= openOperation(services, context);
          return opened;
        },
      });
      return {
        async onExecuteDone() {
          // one that could not be opened has read nothing
          const operation = await opened?.catch(() => undefined);
          if (operation) await logReads(operation);
        },
      };
    },
  };
}

/** The operation that a gateway's or server's context belongs to. @throws CodedError when the database is gone */
export function operationOf(context: object): Promise<OperationContext> {
  return (context as WithOperation).operation();
}

async function openOperation(services: Services, context: WithOperation): Promise<OperationContext> {
  const { caller, request } = context;
  return new OperationContext(services, {
    caller,
    raisedLevels: await services.ports.privacy.raisedLevels(caller.institutionId),
    locale: negotiateLocale(request.headers.get("accept-language")),
    requestId: requestIdOf(context) ?? "",
    signal: request.signal,
  });
}

/** Executes on the operation's own context, in a server of one subgraph. After {@link useOperationContext}. */
export function useSubgraphExecution(): Plugin {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn(async (args) => execute({ ...args, contextValue: await operationOf(args.contextValue) }));
    },
  };
}

/**
 * Answers 200 when a part of what was asked for is there: a part that is down makes its own errors, and clients drop
 * the body of a 503. What failed as a whole keeps its status.
 */
export function usePartialAnswers(): Plugin {
  return {
    onExecutionResult({ result, setResult }) {
      if (!result || isAsyncIterable(result) || !result.errors || !hasAnyValue(result.data)) return;
      for (const error of result.errors as GraphQLError[]) delete error.extensions.http;
      setResult(result);
    },
  };
}

function hasAnyValue(data: unknown): boolean {
  return typeof data === "object" && data !== null && Object.values(data).some((value) => value !== null);
}
