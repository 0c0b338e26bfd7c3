import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { findPostmaster } from "../../../../src/platform/database/embedded/postmaster.js";
import { isRunning, readProcess } from "../../../../src/platform/database/embedded/process-table.js";
import { until } from "../../../../src/platform/database/embedded/until.js";
import { kill, query, useEmbedded } from "./fixture.js";

describe("startEmbedded after something died", () => {
  const embedded = useEmbedded();

  it("recovers after kill -9 of PostgreSQL, with all that was committed", async () => {
    const { dataDir } = embedded;
    const first = await embedded.start({ dataDir });
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS one");
    await killServer(dataDir);

    const second = await embedded.start({ dataDir });

    expect(second.adopted).to.equal(false);
    expect(await query(second.url, "SELECT one FROM kept")).to.deep.equal([{ one: 1 }]);
    await first.stop();
    expect(await query(second.url, "SELECT one FROM kept"), "an old handle stopped it").to.have.length(1);
  });

  it("stops the server when the process that started it is killed", async () => {
    const { dataDir } = embedded;
    const owner = await embedded.startElsewhere({ dataDir });
    const { token } = findPostmaster(dataDir)!;

    await kill(owner.child);

    await until(() => !isRunning(token), { timeoutMs: 5000, what: "the server to stop" });
    expect(existsSync(join(dataDir, "postmaster.pid")), "it was not an orderly stop").to.equal(false);
  });

  it("never hands out a server that is about to follow its killed owner", async () => {
    const { dataDir } = embedded;
    const owner = await embedded.startElsewhere({ dataDir });

    await kill(owner.child);
    const next = await embedded.start({ dataDir });

    expect(next.adopted).to.equal(false);
    expect(next.pid).not.to.equal(owner.postgres.pid);
    expect(await query(next.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
  });

  it("ends a server whose owner was killed along with the watch over it, and starts its own", async () => {
    const { dataDir } = embedded;
    const owner = await embedded.startElsewhere({ dataDir });

    process.kill(watchOver(owner.postgres.pid), "SIGKILL");
    await kill(owner.child);
    const next = await embedded.start({ dataDir });

    expect(next.adopted).to.equal(false);
    expect(await query(next.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
  });

  it("adopts a server that was to outlive its killed owner", async () => {
    const { dataDir } = embedded;
    const owner = await embedded.startElsewhere({ dataDir, onParentDeath: "keep" });

    await kill(owner.child);
    const next = await embedded.start({ dataDir });

    expect(next).to.include({ adopted: true, pid: owner.postgres.pid });
    expect(await query(next.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
  });

  it("sees through a pid file and a socket lock whose pid now belongs to another process", async () => {
    const { dataDir } = embedded;
    await embedded.start({ dataDir });
    const pidFile = await killServer(dataDir);
    replacePid(dataDir, pidFile, embedded.stranger());

    const second = await embedded.start({ dataDir });

    expect(second.adopted).to.equal(false);
    expect(await query(second.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
  });

  it("sees through a pid that now belongs to the server of another folder", async () => {
    const { dataDir } = embedded;
    const otherDir = join(embedded.folder(), "pg");
    await embedded.start({ dataDir });
    const pidFile = await killServer(dataDir);
    cpSync(dataDir, otherDir, { recursive: true });
    chmodSync(otherDir, 0o700);
    const other = await embedded.start({ dataDir: otherDir });
    replacePid(dataDir, pidFile, other.pid);

    const second = await embedded.start({ dataDir });

    expect(second.adopted).to.equal(false);
    expect(await query(other.url, "SELECT 1 AS one"), "the other one was touched").to.deep.equal([{ one: 1 }]);
  });

  it("sees through a pid that is only a zombie, as in a container without an init", async () => {
    const { dataDir } = embedded;
    await embedded.start({ dataDir });
    const pidFile = await killServer(dataDir);
    replacePid(dataDir, pidFile, await embedded.zombie());

    const second = await embedded.start({ dataDir });

    expect(await query(second.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
  });

  it("passes the lock and the half data folder of a start that was killed", async () => {
    const dataDir = join(embedded.folder(), "pg");
    symlinkSync(`${process.pid}:1`, `${dataDir}.lock`);
    mkdirSync(`${dataDir}.init-abc123`);
    writeFileSync(join(`${dataDir}.init-abc123`, "PG_VERSION"), "18\n");

    const { url } = await embedded.start({ dataDir });

    expect(await query(url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
    expect(readdirSync(join(dataDir, ".."))).to.deep.equal(["pg"]);
  });
});

/** kill -9 of the server. Returns the pid file that it left; its backends end by themselves, a little later. */
async function killServer(dataDir: string): Promise<string> {
  const { pid, token } = findPostmaster(dataDir)!;
  process.kill(pid, "SIGKILL");
  await until(() => !isRunning(token), { timeoutMs: 5000, what: "the server to die" });
  return readFileSync(join(dataDir, "postmaster.pid"), "utf8");
}

/** The shell that ends this server when its owner dies. */
function watchOver(server: number): number {
  const isWatch = (pid: number) => readProcess(pid)?.command.includes(`kill -INT ${server}`);
  const watch = readdirSync("/proc").map(Number).find(isWatch);
  return watch ?? expect.fail("nobody watches");
}

/** As if the pid had been given to another process since. */
function replacePid(dataDir: string, pidFile: string, pid: number): void {
  const content = pidFile.replace(/^\d+/, String(pid));
  writeFileSync(join(dataDir, "postmaster.pid"), content);
  writeFileSync(join(dataDir, ".s.PGSQL.5432.lock"), content);
}
