import { setTimeout as delay } from "node:timers/promises";
import type { Wakes } from "./wakes.js";

export interface WaitingOptions {
  readonly channel: string;
  readonly subject: string;
  /** Ends it, and every wait. */
  readonly signal: AbortSignal;
  /** When to look without having been told. */
  readonly pollMs: number;
}

/** Waits for what the database tells of a subject, and looks at times whether it has missed something. */
export class Waiting {
  readonly #stop: () => void;
  #isWoken = false;
  #wake: () => void = () => undefined;

  constructor(
    wakes: Wakes,
    private readonly options: WaitingOptions,
  ) {
    this.#stop = wakes.on(options.channel, options.subject, () => {
      this.#isWoken = true;
      this.#wake();
    });
  }

  /** Until there may be something new; at once when there was since the last call. @throws AbortError at the signal */
  async next(): Promise<void> {
    const { signal, pollMs } = this.options;
    if (!this.#isWoken) {
      const over = new AbortController();
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const polled = delay(pollMs, undefined, { signal: AbortSignal.any([signal, over.signal]) });
      // the one that loses is not waited for
      polled.catch(() => undefined);
      await Promise.race([woken, polled]);
      over.abort();
    }
    signal.throwIfAborted();
    this.#isWoken = false;
  }

  stop(): void {
    this.#stop();
  }
}
