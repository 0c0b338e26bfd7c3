import { GraphQLError } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { operationCostOf } from "./cost.js";
import { requestFault } from "./request-fault.js";

export interface RateLimitOptions {
  /** Names the caller that pays. Also called for requests that failed early, whose context has no caller yet. */
  key(context: object): string;
  /** What one caller may spend in each period, in points of the operation cost. */
  points?: number;
  periodSeconds?: number;
}

/** An answer for which nothing was executed costs this. */
const refusalCost = 1;

/**
 * Lets each caller spend so many points of operation cost in a period, which starts with its first request. Over it:
 * 429, `RATE_LIMITED`, `Retry-After`, nothing executed. Events of subscriptions cost what their operation does. All GraphQL answers carry `RateLimit-Limit`, `-Remaining` and
 * `-Reset` (seconds). The body says no figures, so that equal requests get equal bodies. Counted per process.
 * After {@link useOperationCost}.
 */
export function useRateLimit({ key, points = 600_000, periodSeconds = 60 }: RateLimitOptions): Plugin {
  const limiter = new RateLimiterMemory({ points, duration: periodSeconds });
  const states = new WeakMap<Request, RateLimiterRes>();

  const spend = async (context: { request?: Request }) => {
    const cost = Math.max(1, operationCostOf(context)?.requested ?? 1);
    const state = await limiter.penalty(key(context), cost);
    if (context.request) states.set(context.request, state);
    if (state.consumedPoints > points) throw rateLimited(state);
  };

  return {
    onExecute: ({ args }) => spend(args.contextValue),
    async onSubscribe({ args }) {
      await spend(args.contextValue);
      return {
        onSubscribeResult({ result }) {
          if (!isAsyncIterable(result)) return undefined;
          const results = result as AsyncIterableIterator<unknown>;
          return {
            // each event is executed anew; above the limit it is the last one
            async onNext({ setResult }) {
              try {
                await spend(args.contextValue);
              } catch (error) {
                if (!(error instanceof GraphQLError)) throw error;
                setResult({ errors: [error] });
                void results.return?.();
              }
            },
          };
        },
      };
    },
    async onResultProcess({ request, serverContext }) {
      if (!states.has(request)) states.set(request, await limiter.penalty(key(serverContext), refusalCost));
    },
    onResponse({ request, response }) {
      const state = states.get(request);
      if (!state) return;
      response.headers.set("ratelimit-limit", String(points));
      response.headers.set("ratelimit-remaining", String(Math.max(0, points - state.consumedPoints)));
      response.headers.set("ratelimit-reset", String(secondsLeft(state)));
    },
  };
}

function rateLimited(state: RateLimiterRes) {
  const headers = { "retry-after": String(secondsLeft(state)) };
  return requestFault("RATE_LIMITED", 429, "Too many requests. Retry-After says when to come back.", headers);
}

const secondsLeft = (state: RateLimiterRes) => Math.max(1, Math.ceil(state.msBeforeNext / 1000));
