import type { ExecutionRequest, ExecutionResult, Executor } from "@graphql-tools/utils";
import pg from "pg";

/** A statement that the product sent. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What a caller names: variables of the operation, and database ids as the statements have them. */
export interface Sample {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
}

/** The named statements that are sent while `work` runs, grouped by transaction. */
export async function recordStatements(work: () => Promise<unknown>): Promise<SentStatement[][]> {
  const waves: SentStatement[][] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...sent: unknown[]) {
    const [first] = sent as [string | pg.QueryConfig];
    if (typeof first === "string") {
      if (first.startsWith("BEGIN")) waves.push([]);
    } else waves.at(-1)?.push({ text: first.text, values: first.values ?? [] });
    return Reflect.apply(query, this, sent);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return waves;
}

/** A request of the gateway to a subgraph. Those of one stage were under way at the same time. */
export interface SentRequest {
  readonly stage: number;
  readonly request: ExecutionRequest;
  readonly executor: Executor;
}

/** Executors that write down what they are asked. */
export class RequestRecorder {
  readonly sent: SentRequest[] = [];
  #stage = 0;
  #running = 0;

  watch(executor: Executor): Executor {
    return (async (request: ExecutionRequest) => {
      if (this.#running === 0) this.#stage++;
      this.#running++;
      this.sent.push({ stage: this.#stage, request, executor });
      try {
        return (await executor(request)) as ExecutionResult;
      } finally {
        this.#running--;
      }
    }) as Executor;
  }
}

/** A recorded value with what one sample names in place of what another one does, however deep it stands. */
export function exchange<Value>(value: Value, from: Sample, to: Sample): Value {
  const replacements = new Map<unknown, unknown>();
  for (const [name, variable] of Object.entries(from.variables)) replacements.set(variable, to.variables[name]);
  for (const [index, each] of from.values.entries()) replacements.set(each, to.values[index]);
  const exchanged = (one: unknown): unknown => {
    if (replacements.has(one)) return replacements.get(one);
    if (Array.isArray(one)) return one.map(exchanged);
    if (typeof one !== "object" || one === null || one instanceof Date) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, exchanged(inner)]));
  };
  return exchanged(value) as Value;
}
