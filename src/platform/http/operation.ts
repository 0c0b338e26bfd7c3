import { execute, type GraphQLError } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import type { Caller } from "../access/caller.js";
import { logReads } from "../access/confidential-reads.js";
import { OperationContext, type Services } from "../context.js";
import { subscribeLive } from "../graphql/live.js";
import { negotiateLocale } from "../i18n/locale.js";
import { type AuthenticationContext, type AuthenticationOptions, authenticate } from "./authentication.js";
import { requestIdOf } from "./request-id.js";

/** What {@link useOperationContext} puts on the context of each operation. */
interface WithOperation extends AuthenticationContext {
  request: Request;
  operation(): Promise<OperationContext>;
  /** Of a subscription: the operation anew, which is the one of the context from then on. */
  renew(): Promise<OperationContext>;
}

/**
 * Gives each operation, also each of a batch, one {@link OperationContext}, made when the first subgraph of this
 * process is called and shared by all of them: one set of loaders, one reading of the field levels. A subscription has
 * one for each event, whose token and rights are asked again. No answer leaves before the access log has what it shows of
 * confidential contacts.
 */
export function useOperationContext(
  services: Services,
  authentication: AuthenticationOptions,
): Plugin<Partial<WithOperation>> {
  return {
    onSubscribe({ args, extendContext }) {
      const context = args.contextValue as WithOperation;
      let opened: Promise<OperationContext> | undefined;
      const renew = async () => {
        opened = authenticate(authentication, context.request).then((caller) =>
          openOperation(services, context, caller),
        );
        return opened;
      };
      extendContext({ operation: () => opened ?? renew(), renew });
      return {
        onSubscribeResult: () => ({
          async onNext() {
            const operation = await opened?.catch(() => undefined);
            if (operation) await logReads(operation);
          },
        }),
      };
    },
    onExecute({ args, extendContext }) {
      const context = args.contextValue as WithOperation;
      let opened: Promise<OperationContext> | undefined;
      extendContext({
        operation: () => {
          opened ??= openOperation(services, context, context.caller);
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

/** The subscription that a gateway's or server's context belongs to: each call is its next operation. */
export function renewalOf(context: object): () => Promise<OperationContext> {
  return (context as WithOperation).renew;
}

async function openOperation(services: Services, context: WithOperation, caller: Caller): Promise<OperationContext> {
  const { request } = context;
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
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn((args) => subscribeLive(args, renewalOf(args.contextValue)));
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
