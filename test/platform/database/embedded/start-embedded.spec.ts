import { existsSync, mkdirSync, readlinkSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { findPostmaster } from "../../../../src/platform/database/embedded/postmaster.js";
import { query, useEmbedded } from "./fixture.js";

describe("startEmbedded", () => {
  const embedded = useEmbedded();

  it("makes the data folder, its parents and the database, and keeps what is written", async () => {
    const dataDir = join(embedded.folder(), "some where", "donnÉes 100%", "pg");
    const first = await embedded.start({ dataDir, database: "Contact files é" });
    await query(first.url, "CREATE TABLE kept AS SELECT 'Zoé' AS name");
    await first.stop();

    const second = await embedded.start({ dataDir, database: "Contact files é" });

    expect(await query(second.url, "SELECT name, current_database() AS db FROM kept")).to.deep.equal([
      { name: "Zoé", db: "Contact files é" },
    ]);
    expect([first.adopted, second.adopted]).to.deep.equal([false, false]);
  });

  it("lets nobody in but its user: no network, even when a setting asks for it, and a closed folder", async () => {
    const { dataDir } = embedded;

    const { url } = await embedded.start({ dataDir, settings: { listen_addresses: "*" } });

    expect(await query(url, "SHOW listen_addresses")).to.deep.equal([{ listen_addresses: "" }]);
    expect(await query(url, "SELECT DISTINCT auth_method FROM pg_hba_file_rules WHERE type = 'host'")).to.deep.equal([
      { auth_method: "reject" },
    ]);
    expect(statSync(dataDir).mode & 0o077).to.equal(0);
  });

  it("takes settings", async () => {
    const { url } = await embedded.start({ dataDir: embedded.dataDir, settings: { work_mem: "5MB" } });

    expect(await query(url, "SHOW work_mem")).to.deep.equal([{ work_mem: "5MB" }]);
  });

  it("logs no statement and no value, for they may be personal data", async () => {
    const lines: string[] = [];
    const { url, stop } = await embedded.start({ dataDir: embedded.dataDir, log: (l) => lines.push(l) });

    const failure = await query(url, "SELECT 'zoe@example.org'::int").catch((error: Error) => error.message);
    await stop();

    expect(failure).to.contain("zoe@example.org");
    expect(lines.join("\n")).to.contain("ready to accept connections").and.to.contain("shut down");
    expect(lines.join("\n")).not.to.contain("zoe");
  });

  it("adopts the server that another process started, and leaves it to its owner to stop", async () => {
    const { dataDir } = embedded;
    const owner = await embedded.startElsewhere({ dataDir });

    const guest = await embedded.start({ dataDir, database: "another" });
    await guest.stop();

    expect(guest).to.include({ adopted: true, pid: owner.postgres.pid, runAs: owner.postgres.runAs });
    expect(await query(guest.url, "SELECT current_database() AS db")).to.deep.equal([{ db: "another" }]);
  });

  it("lets the guest stop in peace after its owner did, twice if it likes", async () => {
    const { dataDir } = embedded;
    const owner = await embedded.start({ dataDir });
    const guest = await embedded.start({ dataDir });

    await owner.stop();
    await Promise.all([guest.stop(), owner.stop(), guest.stop()]);

    expect([owner.adopted, guest.adopted]).to.deep.equal([false, true]);
    expect(findPostmaster(dataDir)).to.equal(null);
    expect(existsSync(join(dataDir, "postmaster.pid"))).to.equal(false);
  });

  it("starts one server when three processes come at once to an empty place", async () => {
    const dataDir = join(embedded.folder(), "not", "yet", "there");

    const starters = await Promise.all([1, 2, 3].map(() => embedded.startElsewhere({ dataDir })));

    expect(new Set(starters.map(({ postgres }) => postgres.pid)).size).to.equal(1);
    expect(starters.filter(({ postgres }) => !postgres.adopted)).to.have.length(1);
    expect(existsSync(`${dataDir}.lock`)).to.equal(false);
  });

  it("puts the socket elsewhere when the path is too long for one, and takes the same place again", async () => {
    const root = embedded.folder();
    const [tmpDir, dataDir] = [join(root, "t"), join(root, "x".repeat(120), "pg")];
    mkdirSync(tmpDir);
    const first = await embedded.start({ dataDir, tmpDir });
    const guest = await embedded.start({ dataDir });
    await first.stop();

    const second = await embedded.start({ dataDir, tmpDir });

    const socketDir = readlinkSync(`${dataDir}.socket`);
    expect(dirname(socketDir)).to.equal(tmpDir);
    expect(statSync(socketDir).mode & 0o077).to.equal(0);
    expect([guest.adopted, guest.url, second.url]).to.deep.equal([true, first.url, first.url]);
    expect(await query(second.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
  });
});
