import type { Pools } from "./platform/database/pools.js";
import type { FileStore } from "./platform/files/index.js";
import type { Readiness } from "./platform/http/http-server.js";

/** One thing that requests need, asked over and over; the answer is kept for a second, whoever asks. */
export interface ReadinessCheck {
  readonly name: string;
  /**
   * Without what is VITAL nothing works. Of the parts, one is enough: one that is down leaves the rest (F01). What is
   * SHOWN is for those who watch: most requests do without.
   */
  readonly need: "VITAL" | "PART" | "SHOWN";
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
  return { name: "database", need: "VITAL", run };
}

/** Without it neither files are taken nor given out; everything else goes on. */
export function filesCheck(files: FileStore): ReadinessCheck {
  const run = async () => {
    try {
      await files.check();
      return true;
    } catch {
      return false; // the answer to the question; whoever needs a file is told why in the log
    }
  };
  return { name: "files", need: "SHOWN", run };
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
  return { name, need: "PART", run };
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
  const parts = found.filter(({ need }) => need === "PART");
  const isReady =
    found.every(({ need, isFine }) => isFine || need !== "VITAL") &&
    (parts.length === 0 || parts.some(({ isFine }) => isFine));
  return { isReady, checks: new Map(found.map(({ name, isFine }) => [name, isFine])) };
}

async function within(ms: number, check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  return Promise.race([check, late]).finally(() => clearTimeout(timer));
}
