import type { Pools } from "./platform/database/pools.js";
import type { Readiness } from "./platform/http/http-server.js";

/** One thing that requests need, asked over and over; the answer is kept for a second, whoever asks. */
export interface ReadinessCheck {
  readonly name: string;
  /** Without it nothing works. Of those that are not vital, one is enough: a part that is down leaves the rest (F01). */
  readonly isVital: boolean;
  run(): Promise<boolean>;
}

const keptMs = 1_000;
const timeoutMs = 1_000;

export function databaseCheck(pools: Pools): ReadinessCheck {
  const run = async () => {
    try {
      await pools.api.query("SELECT 1");
      return true;
    } catch {
      return false; // the answer to the question; the pool logs why
    }
  };
  return { name: "database", isVital: true, run };
}

/** A subgraph that runs apart, by its own `/ready`. */
export function subgraphCheck(name: string, endpoint: string): ReadinessCheck {
  const address = new URL("/ready", endpoint);
  const run = async () => {
    try {
      return (await fetch(address, { signal: AbortSignal.timeout(timeoutMs) })).ok;
    } catch {
      return false; // the answer to the question
    }
  };
  return { name, isVital: false, run };
}

/** Whether to send requests here, asked at most once a second of each. */
export function readinessOf(checks: readonly ReadinessCheck[]): () => Promise<{ isReady: boolean; checks: Readiness }> {
  let known: { at: number; answer: Promise<{ isReady: boolean; checks: Readiness }> } | undefined;
  return () => {
    const now = performance.now();
    if (!known || now - known.at > keptMs) known = { at: now, answer: runAll(checks) };
    return known.answer;
  };
}

async function runAll(checks: readonly ReadinessCheck[]): Promise<{ isReady: boolean; checks: Readiness }> {
  const found = await Promise.all(
    checks.map(async (check) => ({ ...check, isFine: await within(timeoutMs, check.run()) })),
  );
  const others = found.filter(({ isVital }) => !isVital);
  const isReady =
    found.every(({ isVital, isFine }) => isFine || !isVital) &&
    (others.length === 0 || others.some(({ isFine }) => isFine));
  return { isReady, checks: new Map(found.map(({ name, isFine }) => [name, isFine])) };
}

async function within(ms: number, check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  return Promise.race([check, late]).finally(() => clearTimeout(timer));
}
