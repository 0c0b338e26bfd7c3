import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from "graphql";
import type { OperationContext } from "../context.js";
import { CodedError } from "../errors/coded-error.js";

/** What a subscription emits: the root field's value, and the operation that it was read by. */
export interface LiveEvent<Value = unknown> {
  /** Of this event alone: its loaders and rights are those of the moment. */
  readonly context: OperationContext;
  readonly value: Value;
}

/** An operation that goes on. */
export interface LiveOperation {
  /** Whether anybody still listens. */
  readonly signal: AbortSignal;
  /**
   * The operation anew, with today's rights.
   * @throws CodedError UNAUTHENTICATED when the token has expired, FORBIDDEN when its bearer has left
   */
  renew(): Promise<OperationContext>;
}

/** The live operation that a context was made for, in the `subscribe` of a field. @throws Error elsewhere */
export function liveOf(context: OperationContext): LiveOperation {
  const live = lives.get(context);
  if (!live) throw new Error("this operation is no subscription");
  return live;
}

const lives = new WeakMap<OperationContext, LiveOperation>();

/** A subscription with its selection; `contextValue` is not looked at. */
export type LiveArguments = Pick<ExecutionArgs, "schema" | "document" | "variableValues" | "operationName">;

/**
 * Subscribes to a schema whose subscriptions emit {@link LiveEvent}: each event is executed in an operation of its own.
 * What is thrown ends the subscription, as its last event. Nothing is left behind when nobody listens any more, also not
 * while it waits for the next event.
 */
export async function subscribeLive(
  args: LiveArguments,
  renew: () => Promise<OperationContext>,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const ending = new AbortController();
  const contextValue = await renew();
  lives.set(contextValue, { renew, signal: ending.signal });
  const source = await createSourceEventStream({ ...args, contextValue });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]() as AsyncIterator<LiveEvent>;
  return new LiveResults(events, ending, ({ value, context }) =>
    execute({ ...args, rootValue: value, contextValue: context }),
  );
}

class LiveResults implements AsyncIterableIterator<ExecutionResult> {
  constructor(
    private readonly events: AsyncIterator<LiveEvent>,
    private readonly ending: AbortController,
    private readonly run: (event: LiveEvent) => Promise<ExecutionResult> | ExecutionResult,
  ) {}

  async next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.ending.signal.aborted) return finished;
    try {
      const { done, value } = await this.events.next();
      if (!done) return { done: false, value: await this.run(value) };
      this.ending.abort();
      return finished;
    } catch (error) {
      if (this.ending.signal.aborted) return finished;
      this.ending.abort();
      return { done: false, value: { errors: [asGraphQLError(error)] } };
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.ending.abort();
    await this.events.return?.();
    return finished;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const finished = { done: true, value: undefined } as const;

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new CodedError("INTERNAL_SERVER_ERROR", "Unexpected error.", {}, error);
}
