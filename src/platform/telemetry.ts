import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Pools } from "./database/pools.js";

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A figure that a module has beside those of the process. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  /** By value of the label; read when Prometheus asks. */
  readonly read: () => Promise<ReadonlyMap<string, number>>;
}

/** The figures of one process, for Prometheus. Labels are ours alone: a caller cannot make a new series. */
export class Telemetry {
  readonly #registry = new Registry();
  readonly #requests: Histogram<"part" | "method" | "status">;
  readonly #operations: Histogram<"part" | "type" | "outcome">;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: "http_request_duration_seconds",
      help: "GraphQL requests over HTTP, by part, method and status.",
      labelNames: ["part", "method", "status"],
      buckets: seconds,
      registers,
    });
    this.#operations = new Histogram({
      name: "graphql_operation_duration_seconds",
      help: "Execution of GraphQL operations, by part, type and whether all of it was answered.",
      labelNames: ["part", "type", "outcome"],
      buckets: seconds,
      registers,
    });
  }

  request(part: string, method: string, status: number, durationMs: number): void {
    const known = ["GET", "POST", "OPTIONS"].includes(method) ? method : "other";
    this.#requests.observe({ part, method: known, status }, durationMs / 1_000);
  }

  operation(part: string, type: string, outcome: "ok" | "partial" | "failed", durationMs: number): void {
    this.#operations.observe({ part, type, outcome }, durationMs / 1_000);
  }

  /** A figure that is read when Prometheus asks, such as the number of jobs by state. */
  watch(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      async collect() {
        this.reset();
        for (const [value, count] of await read()) this.set({ [label]: value }, count);
      },
    });
  }

  watchPools(pools: Pools): void {
    const gauge = (name: string, help: string, read: (pool: Pools["api"]) => number) =>
      this.watch(
        name,
        help,
        "pool",
        async () =>
          new Map([
            ["api", read(pools.api)],
            ["bulk", read(pools.bulk)],
          ]),
      );
    gauge("database_connections", "Open connections.", (pool) => pool.totalCount);
    gauge("database_connections_idle", "Open connections that nobody uses.", (pool) => pool.idleCount);
    gauge("database_connections_waiting", "Callers that wait for a connection.", (pool) => pool.waitingCount);
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
