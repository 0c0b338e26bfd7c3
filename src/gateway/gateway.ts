import type { RequestListener } from "node:http";
import { createGatewayRuntime, Logger as HiveLogger } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import type { Executor } from "@graphql-tools/utils";
import type { Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import type { ModuleName } from "../platform/module.js";

export interface GatewayOptions {
  readonly supergraph: string;
  /** How each subgraph is called: in this process, or over HTTP. Both may be mixed. */
  readonly executors: ReadonlyMap<ModuleName, Executor>;
  readonly planner: "router" | "stitching";
  readonly maxBatch: number;
  readonly plugins: readonly Plugin[];
  readonly log: Logger;
}

export interface Gateway {
  readonly handle: RequestListener;
  /** Answers without sockets. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  dispose(): Promise<void>;
}

/** The endpoint that clients see: plans each operation, calls the subgraphs, and puts their answers together. */
export function createGateway({ supergraph, executors, planner, maxBatch, plugins, log }: GatewayOptions): Gateway {
  const transport = {
    getSubgraphExecutor: ({ subgraphName }: { subgraphName: string }) => executorOf(executors, subgraphName),
  };
  const runtime = withoutSignalHandlers(() =>
    createGatewayRuntime({
      supergraph,
      ...(planner === "router" && { unifiedGraphHandler }),
      transports: () => transport,
      batching: { limit: maxBatch },
      // All of these have a plugin of ours, shared with subgraphs that run apart
      cors: false,
      graphiql: false,
      landingPage: false,
      maskedErrors: false,
      requestId: false,
      subgraphErrors: false,
      multipart: false,
      logging: quietLog(log),
      plugins: () => [...plugins],
    }),
  );
  return {
    handle: (request, response) => void runtime(request, response),
    fetch: async (url, init) => runtime.fetch(url, init),
    dispose: async () => runtime.dispose(),
  };
}

/** The supergraph writes the names of subgraphs in upper case. */
function executorOf(executors: ReadonlyMap<ModuleName, Executor>, subgraphName: string): Executor {
  const executor = executors.get(subgraphName.toLowerCase() as ModuleName);
  if (!executor) throw new Error(`unknown subgraph ${subgraphName}`);
  return executor;
}

/** The library's own log, warnings and worse, without its attributes: they may hold variables. */
function quietLog(log: Logger): HiveLogger {
  return new HiveLogger({
    level: "warn",
    writers: [
      { write: (level, _attributes, message) => log[level === "error" ? "error" : "warn"](message ?? "gateway") },
    ],
  });
}

/** The library ends itself at the first signal, while requests are still running. Ending is the application's business. */
function withoutSignalHandlers<Result>(make: () => Result): Result {
  const signals = ["SIGINT", "SIGTERM", "exit"] as const;
  const before = signals.map((signal) => new Set(process.listeners(signal as NodeJS.Signals)));
  const result = make();
  for (const [index, signal] of signals.entries())
    for (const listener of process.listeners(signal as NodeJS.Signals))
      if (!before[index]!.has(listener)) process.removeListener(signal, listener);
  return result;
}
