import { expect } from "chai";
import fc from "fast-check";
import { poolBudget } from "../../../src/platform/database/pool-budget.js";

describe("poolBudget", () => {
  it("gives a process a quarter of its share for long work, and keeps a few beside the pools", () => {
    expect(poolBudget({ connections: 24, processes: 1 })).to.deep.equal({ apiConnections: 15, bulkConnections: 5 });
    expect(poolBudget({ connections: 7, processes: 1 })).to.deep.equal({ apiConnections: 2, bulkConnections: 1 });
  });

  it("never lets the processes together hold more than the budget, and gives each of both kinds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 7, max: 40 }), (processes, share) => {
        const connections = processes * share;
        const { apiConnections, bulkConnections } = poolBudget({ connections, processes });

        expect(processes * (apiConnections + bulkConnections)).to.be.below(connections);
        expect(apiConnections).to.be.at.least(2);
        expect(bulkConnections).to.be.at.least(1);
      }),
    );
  });

  it("says how many are needed when there are too few", () => {
    expect(() => poolBudget({ connections: 20, processes: 3 }))
      .to.throw("20 database connections are too few for 3 process(es): they need at least 21.")
      .with.property("code", "SETTING_INVALID");
  });
});
