/** How hard a round presses: so many clients, each with one call at a time, for that long. */
export interface Pressure {
  readonly clients: number;
  readonly durationMs: number;
}

/** Counts on from round to round, so that each reads other contacts than the one before. */
const counter = () => {
  let count = 0;
  return () => count++;
};

/**
 * A function that runs rounds of calls and gives the milliseconds per call: elapsed time by number of calls. With one
 * client that is the mean time of a call; with several it is the inverse of the throughput.
 * @param call gets a number that goes up by one with each call, across rounds
 */
export function closedLoop(call: (count: number) => Promise<unknown>): (pressure: Pressure) => Promise<number> {
  const next = counter();
  return async ({ clients, durationMs }) => {
    let calls = 0;
    const startedAt = performance.now();
    const client = async () => {
      while (performance.now() - startedAt < durationMs) {
        await call(next());
        calls++;
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return (performance.now() - startedAt) / calls;
  };
}

/**
 * As {@link closedLoop}, but each round gives the milliseconds that 95 of 100 calls stayed below.
 * @param call gets a number that goes up by one with each call, across rounds
 */
export function tailLoop(call: (count: number) => Promise<unknown>): (pressure: Pressure) => Promise<number> {
  const next = counter();
  return async ({ clients, durationMs }) => {
    const times: number[] = [];
    const until = performance.now() + durationMs;
    const client = async () => {
      for (let startedAt = performance.now(); startedAt < until; startedAt = performance.now()) {
        await call(next());
        times.push(performance.now() - startedAt);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!;
  };
}
