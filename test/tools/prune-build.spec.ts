import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { pruneBuild } from "../../tools/prune-build.js";

describe("pruneBuild", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "prune-build-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("deletes what was built from a source that is gone, and nothing else", () => {
    const built = join(folder, "dist");
    for (const path of ["src", "dist/src"]) mkdirSync(join(folder, path), { recursive: true });
    for (const path of ["src/kept.ts", "dist/src/kept.js", "dist/src/gone.js", "dist/src/gone.js.map"])
      writeFileSync(join(folder, path), "");

    expect(pruneBuild(folder, built)).to.deep.equal([join("src", "gone.js")]);

    expect(existsSync(join(built, "src/kept.js"))).to.equal(true);
    expect(existsSync(join(built, "src/gone.js.map"))).to.equal(false);
  });
});
