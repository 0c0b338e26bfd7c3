import type { Case } from "./bench.js";

/** What came out of a case. Product and baseline are medians of the rounds, in the case's unit. */
export interface Measured {
  readonly name: string;
  readonly product: number;
  readonly baseline: number;
  readonly unit: string;
  /** Product over baseline: 1 is the baseline, lower is better. */
  readonly ratio: number;
  /** Of the product's processes together, since their start, in MB. */
  readonly peakMemoryMb: number;
}

/**
 * Measures a case: product and baseline take turns, so that whatever else the machine does falls on both. The one that
 * begins changes with each round. The first rounds are not counted.
 */
export async function measure(one: Case, rounds: number): Promise<Measured> {
  const { warmUpRounds = 2 } = one;
  const product: number[] = [];
  const baseline: number[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    const sides = [async () => product.push(await one.product()), async () => baseline.push(await one.baseline())];
    for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
  }
  const medians = { product: median(product.slice(warmUpRounds)), baseline: median(baseline.slice(warmUpRounds)) };
  const memory = await Promise.all(one.processes.map((process) => process.peakMemoryMb()));
  return {
    name: one.name,
    ...medians,
    unit: one.unit,
    ratio: medians.product / medians.baseline,
    peakMemoryMb: memory.reduce((sum, mb) => sum + mb, 0),
  };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no values, no median");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
