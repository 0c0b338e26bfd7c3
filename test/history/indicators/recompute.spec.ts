import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import { Reckoner } from "./reckoner.js";
import { steps, World } from "./world.js";

describe("working indicators out", () => {
  const db = useDatabase();

  it("gives the same by increments as for everybody at once, whatever was delivered in whatever order", async function () {
    this.timeout(300_000);
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        db.clock.set("2026-03-10T09:00:00Z");
        const world = await World.make(db);
        const reckoner = new Reckoner(db, world.institution);
        for (const step of history) await world.take(step);
        const byIncrements = await reckoner.all();

        await world.forget();
        await world.request("REQUEST");
        await world.work();

        expect(byIncrements).to.deep.equal(await reckoner.all());
      }),
      { numRuns: 20 },
    );
  });
});
