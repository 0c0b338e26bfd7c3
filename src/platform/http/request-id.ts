import { randomUUID } from "node:crypto";
import type { Plugin } from "graphql-yoga";

/** The hook of the gateway that runs before each HTTP call to a subgraph; a plain yoga never calls it. */
interface OutgoingFetch {
  onFetch(payload: {
    context: object;
    options: { headers?: Record<string, string> };
    setOptions(options: object): void;
  }): void;
}

const header = "x-request-id";
const wellFormed = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Gives each request an id: the caller's `x-request-id` when it is 1 to 64 of `[A-Za-z0-9._-]`, else a new one.
 * Anything else is dropped, because the id goes into logs and answers as it is.
 * The id is on the context as `requestId`, on each answer as `x-request-id`, and on calls to subgraphs.
 * Must be the first plugin: later ones read the id.
 */
export function useRequestId(): Plugin & OutgoingFetch {
  return {
    onRequest({ request, serverContext }) {
      const given = request.headers.get(header);
      Object.assign(serverContext, { requestId: given && wellFormed.test(given) ? given : randomUUID() });
    },
    // A websocket reaches the operation without passing onRequest.
    onEnveloped({ context, extendContext }) {
      if (context && !requestIdOf(context)) extendContext({ requestId: randomUUID() } as object);
    },
    onFetch({ context, options, setOptions }) {
      const requestId = requestIdOf(context);
      if (requestId) setOptions({ ...options, headers: { ...options.headers, [header]: requestId } });
    },
    onResponse({ response, serverContext }) {
      const requestId = requestIdOf(serverContext);
      if (requestId) response.headers.set(header, requestId);
    },
  };
}

/** The id of the request that a server context or an operation's context belongs to. */
export function requestIdOf(context: object | undefined): string | undefined {
  const id = context && "requestId" in context ? context.requestId : undefined;
  return typeof id === "string" ? id : undefined;
}
