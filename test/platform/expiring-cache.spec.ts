import { expect } from "chai";
import { ExpiringCache } from "../../src/platform/expiring-cache.js";
import { TestClock } from "../support/clock.js";

describe("ExpiringCache", () => {
  const clock = new TestClock();
  const newCache = () => new ExpiringCache<number>(clock, { lifetimeMs: 100, capacity: 3 });

  it("keeps at most its capacity, those that were used last", async () => {
    const cache = newCache();
    const loads: string[] = [];
    const get = (key: string) => cache.get(key, async () => loads.push(key));

    for (const key of ["a", "b", "c", "a", "d"]) await get(key);
    for (const key of ["a", "c", "d", "b"]) await get(key);

    expect(loads).to.deep.equal(["a", "b", "c", "d", "b"]);
  });

  it("counts the age from when it was asked for, not from when it was answered", async () => {
    const cache = newCache();
    const slow = Promise.withResolvers<number>();
    const first = cache.get("a", () => slow.promise);
    clock.advance(100);
    slow.resolve(1);

    const second = await cache.get("a", async () => 2);

    expect([await first, second]).to.deep.equal([1, 2]);
  });

  it("loads again when the clock was set back", async () => {
    const cache = newCache();
    await cache.get("a", async () => 1);
    clock.advance(-1);

    expect(await cache.get("a", async () => 2)).to.equal(2);
  });

  it("forgets a failure, and not what came after it", async () => {
    const cache = newCache();
    const failing = Promise.withResolvers<number>();
    const first = cache.get("a", () => failing.promise).catch(() => "failed");
    clock.advance(100);
    await cache.get("a", async () => 2);
    failing.reject(new Error("gone"));

    expect(await first).to.equal("failed");
    expect(await cache.get("a", async () => 3)).to.equal(2);
    await cache.get("b", () => Promise.reject(new Error("gone"))).catch(() => undefined);
    expect(await cache.get("b", async () => 4)).to.equal(4);
  });
});
