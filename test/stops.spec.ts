import { expect } from "chai";
import { createLog } from "../src/platform/log.js";
import { Stops } from "../src/stops.js";

describe("stopping", () => {
  it("ends the work, then what is between, then the ground, whatever was started first", async () => {
    const stops = new Stops(createLog("silent"));
    const ended: string[] = [];
    for (const phase of ["ground", "between", "work"] as const) stops.add(phase, async () => void ended.push(phase));

    await stops.run();

    expect(ended).to.deep.equal(["work", "between", "ground"]);
  });

  it("goes on when something cannot be stopped, and logs it", async () => {
    const lines: string[] = [];
    const stops = new Stops(createLog("error", { write: (line) => void lines.push(line) }));
    let isClosed = false;
    stops.add("work", () => Promise.reject(new Error("stuck")));
    stops.add("ground", async () => {
      isClosed = true;
    });

    await stops.run();

    expect(isClosed).to.equal(true);
    expect(lines.join()).to.include("stuck");
  });

  it("happens once, however often it is asked for", async () => {
    const stops = new Stops(createLog("silent"));
    let times = 0;
    stops.add("work", async () => void times++);

    await Promise.all([stops.run(), stops.run()]);
    await stops.run();

    expect(times).to.equal(1);
    expect(stops.isStopping).to.equal(true);
  });
});
