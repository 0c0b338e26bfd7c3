import { expect } from "chai";
import type { Measured } from "../../bench/harness/measure.js";
import { reportOf, tableOf } from "../../bench/harness/report.js";

const measured: Measured[] = [
  { name: "short", product: 2.34567, baseline: 1, unit: "ms/request", ratio: 2.34567, peakMemoryMb: 99.6 },
  { name: "a longer name", product: 1234.5, baseline: 617.25, unit: "s", ratio: 2, peakMemoryMb: 140.2 },
];

describe("a bench's report", () => {
  it("has the worst case's ratio and the most memory on top, and the cases without memory", () => {
    expect(reportOf("contact-file", 200, measured)).to.deep.equal({
      bench: "contact-file",
      scale: 200,
      ratio: 2.35,
      peakMemoryMb: 140,
      cases: [
        { name: "short", product: 2.35, baseline: 1, unit: "ms/request", ratio: 2.35 },
        { name: "a longer name", product: 1230, baseline: 617, unit: "s", ratio: 2 },
      ],
    });
  });

  it("keeps the order of its keys on the line that programs read", () => {
    const line = JSON.stringify(reportOf("contact-file", 200, measured.slice(0, 1)));

    expect(line).to.equal(
      '{"bench":"contact-file","scale":200,"ratio":2.35,"peakMemoryMb":100,"cases":' +
        '[{"name":"short","product":2.35,"baseline":1,"unit":"ms/request","ratio":2.35}]}',
    );
  });

  it("is a table with numbers to the right", () => {
    expect(tableOf(measured).split("\n")).to.deep.equal([
      "case           product  baseline  unit        ratio  memory MB",
      "-------------  -------  --------  ----------  -----  ---------",
      "short             2.35         1  ms/request   2.35        100",
      "a longer name     1230       617  s            2.00        140",
      "",
    ]);
  });
});
