import { expect } from "chai";
import * as fc from "fast-check";
import type { Case } from "../../bench/harness/bench.js";
import { measure, median } from "../../bench/harness/measure.js";
import type { BenchProcess } from "../../bench/harness/process.js";

const processOf = (mb: number) => ({ peakMemoryMb: async () => mb }) as BenchProcess;

/** A case that writes down which side ran, and gives these values in turn. */
function caseOf(product: readonly number[], baseline: readonly number[], memory: readonly number[] = []) {
  const ran: string[] = [];
  const next = (side: string, values: readonly number[]) => {
    let count = 0;
    return async () => {
      ran.push(side);
      return values[count++ % values.length]!;
    };
  };
  const one: Case = {
    name: "a case",
    unit: "ms",
    product: next("product", product),
    baseline: next("baseline", baseline),
    processes: memory.map(processOf),
  };
  return { one, ran };
}

describe("measuring a case", () => {
  it("takes the median of the rounds behind the warm-up, and divides product by baseline", async () => {
    const { one } = caseOf([1000, 1000, 3, 90, 6], [1000, 1000, 2, 1, 30]);

    const measured = await measure(one, 3);

    expect(measured).to.deep.include({ name: "a case", unit: "ms", product: 6, baseline: 2, ratio: 3 });
  });

  it("lets the sides take turns, and each of them begin", async () => {
    const { one, ran } = caseOf([1], [1]);

    await measure(one, 2);

    const [p, b] = ["product", "baseline"];
    expect(ran).to.deep.equal([p, b, b, p, p, b, b, p]);
  });

  it("adds up the memory of the product's processes", async () => {
    const { one } = caseOf([1], [1], [100, 23]);

    expect((await measure(one, 1)).peakMemoryMb).to.equal(123);
  });
});

describe("a median", () => {
  it("has as many values below it as above it", () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const middle = median(all);
        const below = all.filter((value) => value < middle).length;
        const above = all.filter((value) => value > middle).length;
        expect(Math.max(below, above)).to.be.at.most(all.length / 2);
      }),
    );
  });

  it("is the mean of the two in the middle of an even number", () => {
    expect(median([4, 1, 3, 2])).to.equal(2.5);
  });

  it("is not to be had of nothing", () => {
    expect(() => median([])).to.throw(RangeError);
  });
});
