import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

describe("the counting reporter", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "counting-reporter-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("writes what passed and failed, a broken hook included, beside the report for people", () => {
    const spec = join(folder, "some.spec.cjs");
    const counts = join(folder, "counts.json");
    writeFileSync(
      spec,
      `it("passes", () => {});
       it("fails", () => { throw new Error("as it should") });
       describe("hook", () => { before(() => { throw new Error("broken") }); it("never runs", () => {}) });`,
    );

    const reporter = ["--reporter", "dist/tools/counting-reporter.js", "--reporter-option", `counts=${counts}`];
    const mocha = ["node_modules/mocha/bin/mocha.js", "--no-config", "--no-color", ...reporter, spec];
    const { status, stdout } = spawnSync(process.execPath, mocha, { encoding: "utf8" });

    expect(status).to.equal(2);
    expect(stdout).to.contain("✔ passes");
    expect(JSON.parse(readFileSync(counts, "utf8"))).to.deep.equal({ passes: 1, failures: 2, pending: 0 });

    spawnSync(process.execPath, [...mocha, "--grep", "passes"]);
    expect(JSON.parse(readFileSync(counts, "utf8")), "of both runs").to.deep.equal({
      ...{ passes: 2, failures: 2, pending: 0 },
    });
  });
});
