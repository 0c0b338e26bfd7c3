import { setTimeout as pause } from "node:timers/promises";

export interface Patience {
  timeoutMs: number;
  /** Ends the sentence "gave up waiting for …". */
  what: string;
}

const intervalMs = 10;

/**
 * Asks again every few milliseconds until the answer is true.
 *
 * @throws Error after `timeoutMs`, and whatever `ask` throws
 */
export async function until(ask: () => boolean, { timeoutMs, what }: Patience): Promise<void> {
  for (const startedMs = performance.now(); !ask(); await pause(intervalMs)) {
    if (performance.now() - startedMs > timeoutMs) throw new Error(`gave up waiting for ${what} after ${timeoutMs} ms`);
  }
}
