import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import { DirectoryFileStore, FileNotFound, FileTooLarge, removeOrphans } from "../../../src/platform/files/index.js";

const limit = { maxBytes: 10_000_000 };

describe("DirectoryFileStore", () => {
  let root: string;
  let store: DirectoryFileStore;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "files-"));
    store = new DirectoryFileStore(path.join(root, "store"));
  });

  afterEach(() => rm(root, { recursive: true }));

  it("gives back what was put, as often as asked, with its size and hash", async () => {
    const content = randomBytes(300_000);

    const { id, sizeBytes, sha256 } = await store.put(
      7,
      Readable.from([content.subarray(0, 9), content.subarray(9)]),
      limit,
    );

    expect(await buffer(await store.open(id))).to.deep.equal(content);
    expect(await buffer(await store.open(id))).to.deep.equal(content);
    expect(sizeBytes).to.equal(300_000);
    expect(await store.sizeOf(id)).to.equal(300_000);
    expect(sha256).to.equal(createHash("sha256").update(content).digest("hex"));
  });

  it("keeps institutions apart and the files to their owner", async () => {
    const { id } = await store.put(7, Readable.from(["a"]), limit);

    const [file] = await filesBelow(root);

    expect(file)
      .to.match(/\/store\/7\/[0-9a-f]{2}\/7\.[0-9a-f]{32}$/)
      .and.to.satisfy((name: string) => name.endsWith(id));
    expect((await stat(file!)).mode & 0o777).to.equal(0o600);
    expect((await stat(path.dirname(file!))).mode & 0o777).to.equal(0o700);
  });

  it("stops at the limit and leaves nothing behind", async () => {
    let pulled = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1000 + 0 * pulled++);
      })(),
    );

    const error = await store.put(7, endless, { maxBytes: 50_000 }).catch((reason: unknown) => reason);

    expect(error).to.be.instanceOf(FileTooLarge);
    expect(pulled).to.be.lessThan(100);
    expect(endless.destroyed).to.equal(true);
    expect(await filesBelow(root)).to.deep.equal([]);
  });

  it("leaves nothing behind when the source breaks", async () => {
    const broken = Readable.from(
      (async function* () {
        yield "begun";
        throw new Error("connection lost");
      })(),
    );

    const error = await store.put(7, broken, limit).catch((reason: unknown) => reason);

    expect(error).to.have.property("message", "connection lost");
    expect(await filesBelow(root)).to.deep.equal([]);
  });

  it("has no file for an id that is gone, unknown, or leads elsewhere", async () => {
    const { id } = await store.put(7, Readable.from(["a"]), limit);
    await store.remove(id);
    await store.remove(id);

    for (const wrong of [id, `8.${"0".repeat(32)}`, "../../etc/passwd", `7.${"0".repeat(31)}/`, ""]) {
      const error = await store.open(wrong).catch((reason: unknown) => reason);
      expect(error, wrong).to.be.instanceOf(FileNotFound);
    }
  });

  it("removes what is old and named by nothing, and abandoned parts, and nothing else", async () => {
    const [used, orphan, fresh] = await Promise.all(
      [3, 3, 4].map((institution) => store.put(institution, Readable.from(["a"]), limit)),
    );
    const abandoned = path.join(root, "store", "3", "ab", `3.ab${"0".repeat(30)}.part`);
    await writeFile(await ensureDirectory(abandoned), "half a f");
    for (const file of await filesBelow(root)) if (!file.endsWith(fresh!.id)) await utimes(file, 1000, 1000);
    const asked: number[] = [];

    const removed = await removeOrphans(store, new Date(2_000_000), async (institutionId, ids) => {
      asked.push(institutionId);
      return new Set(ids.filter((id) => id === used!.id));
    });

    expect(removed).to.equal(2);
    expect(asked).to.deep.equal([3]);
    expect((await filesBelow(root)).map((file) => path.basename(file))).to.have.members([used!.id, fresh!.id]);
    expect(orphan!.id).to.not.equal(used!.id);
  });

  it("finds no old files where none was ever stored", async () => {
    expect(await removeOrphans(store, new Date(), async () => new Set())).to.equal(0);
  });
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function ensureDirectory(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  return file;
}
