import { existsSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { ownToken } from "../../../../src/platform/database/embedded/process-table.js";
import { withStartLock } from "../../../../src/platform/database/embedded/start-lock.js";
import { useEmbedded } from "./fixture.js";

describe("withStartLock", () => {
  const embedded = useEmbedded();

  it("lets one in at a time, also when all of them find a dead owner's lock", async () => {
    const path = join(embedded.folder(), "lock");
    symlinkSync("999999999:1", path);
    let inside = 0;
    const seen: number[] = [];

    await Promise.all(
      Array.from({ length: 8 }, () =>
        withStartLock(path, async () => {
          inside += 1;
          seen.push(inside);
          await turn();
          inside -= 1;
        }),
      ),
    );

    expect(seen).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(existsSync(path)).to.equal(false);
  });

  it("knows a dead owner whose pid is in use again", async () => {
    const path = join(embedded.folder(), "lock");
    symlinkSync(`${process.pid}:1`, path);

    expect(await withStartLock(path, async () => readlinkSync(path))).to.equal(ownToken());
  });

  it("knows an owner that is only a zombie", async () => {
    const path = join(embedded.folder(), "lock");
    const pid = await embedded.zombie();
    const startTicks = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[21];
    symlinkSync(`${pid}:${startTicks}`, path);

    expect(await withStartLock(path, async () => readlinkSync(path))).to.equal(ownToken());
  });

  it("passes over a file that is no lock of ours", async () => {
    const path = join(embedded.folder(), "lock");
    writeFileSync(path, "");

    expect(await withStartLock(path, async () => "done")).to.equal("done");
  });

  it("is free again after a failure", async () => {
    const path = join(embedded.folder(), "lock");

    const failure = await withStartLock(path, () => Promise.reject(new Error("no"))).catch((error: Error) => error);

    expect(failure).to.have.property("message", "no");
    expect(existsSync(path)).to.equal(false);
  });
});
