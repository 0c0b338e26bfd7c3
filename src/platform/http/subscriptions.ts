import type { ExecutionResult } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import { callerKey } from "./authentication.js";
import { requestFault } from "./request-fault.js";

export interface SubscriptionLimits {
  /** Open ones of one caller. */
  readonly perCaller: number;
  /** Open ones of the process. */
  readonly all: number;
}

/** More than a person looks at, and what a process carries beside its requests. */
const subscriptionLimits: SubscriptionLimits = { perCaller: 20, all: 1_000 };

/** The subscriptions that somebody listens to. */
export class OpenSubscriptions {
  readonly #open = new Map<string, Set<AsyncIterator<unknown>>>();
  #count = 0;

  constructor(private readonly limits: SubscriptionLimits = subscriptionLimits) {}

  get count(): number {
    return this.#count;
  }

  /** False when there are too many. */
  add(key: string, results: AsyncIterator<unknown>): boolean {
    const own = this.#open.get(key) ?? new Set();
    if (this.#count >= this.limits.all || own.size >= this.limits.perCaller) return false;
    this.#open.set(key, own.add(results));
    this.#count++;
    return true;
  }

  delete(key: string, results: AsyncIterator<unknown>): void {
    const own = this.#open.get(key);
    if (!own?.delete(results)) return;
    this.#count--;
    if (own.size === 0) this.#open.delete(key);
  }

  /** Ends all of them: whoever listens is told that it is over, and comes back to another process. */
  async end(): Promise<void> {
    const all = [...this.#open.values()].flatMap((own) => [...own]);
    await Promise.all(all.map((results) => results.return?.()));
  }
}

/**
 * Lets a caller, and all of them together, have so many subscriptions open in this process. One too many gets
 * `RATE_LIMITED` as its only event.
 */
export function useSubscriptionLimit(subscriptions: OpenSubscriptions): Plugin {
  return {
    onSubscribe: ({ args }) => ({
      onSubscribeResult({ result, setResult }) {
        if (isAsyncIterable(result))
          setResult(
            new CountedResults(result as AsyncIterable<ExecutionResult>, subscriptions, callerKey(args.contextValue)),
          );
      },
    }),
  };
}

/** Counted from when somebody asks for the first event: the server may find that it cannot send any, and then never does. */
class CountedResults implements AsyncIterableIterator<ExecutionResult> {
  readonly #results: AsyncIterator<ExecutionResult>;
  #hasBegun = false;

  constructor(
    results: AsyncIterable<ExecutionResult>,
    private readonly subscriptions: OpenSubscriptions,
    private readonly key: string,
  ) {
    this.#results = results[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      if (!this.subscriptions.add(this.key, this)) {
        await this.#results.return?.();
        return { done: false, value: { errors: [tooMany()] } };
      }
    }
    const result = await this.#results.next();
    if (result.done) this.subscriptions.delete(this.key, this);
    return result;
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.subscriptions.delete(this.key, this);
    return (await this.#results.return?.()) ?? { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const tooMany = () => requestFault("RATE_LIMITED", 429, "Too many subscriptions are open.");
