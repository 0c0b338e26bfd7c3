import type { Logger } from "pino";

/** In this order: what takes work, what work runs through, what everything stands on. Within one, all at once. */
const phases = ["work", "between", "ground"] as const;
type Phase = (typeof phases)[number];

/** What has to be stopped of an application, in order, whether it stands completely or failed half-way. */
export class Stops {
  readonly #stops: Record<Phase, (() => Promise<void>)[]> = { work: [], between: [], ground: [] };
  #running: Promise<void> | undefined;

  constructor(private readonly log: Logger) {}

  add(phase: Phase, stop: () => Promise<void>): void {
    this.#stops[phase].push(stop);
  }

  /** True from the first call of {@link run}. */
  get isStopping(): boolean {
    return this.#running !== undefined;
  }

  /** One that fails is logged, and the others are stopped all the same. */
  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  async #runAll(): Promise<void> {
    for (const phase of phases) {
      for (const outcome of await Promise.allSettled(this.#stops[phase].map((stop) => stop())))
        if (outcome.status === "rejected") this.log.error({ err: outcome.reason }, "stopping failed");
    }
  }
}
