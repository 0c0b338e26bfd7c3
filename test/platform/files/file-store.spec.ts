import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect } from "chai";
import {
  DirectoryFileStore,
  FileNotFound,
  type FileStore,
  FileTooLarge,
  removeOrphans,
} from "../../../src/platform/files/index.js";
import { S3FileStore } from "../../../src/platform/files/s3-store.js";
import { type S3Server, startS3Server } from "../../support/s3-server.js";

/** A backend of the product, and what it really keeps. */
interface Backend {
  readonly name: string;
  start(): Promise<void>;
  /** Empty. */
  store(): Promise<FileStore>;
  /** Names of everything that lies there, whole or not. */
  kept(): Promise<string[]>;
  stop(): Promise<void>;
}

class Folder implements Backend {
  readonly name = "a folder";
  #root = "";
  async start() {
    this.#root = await mkdtemp(path.join(tmpdir(), "files-"));
  }
  async store() {
    await rm(path.join(this.#root, "store"), { recursive: true, force: true });
    return new DirectoryFileStore(path.join(this.#root, "store"));
  }
  async kept() {
    const entries = await readdir(this.#root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  }
  stop() {
    return rm(this.#root, { recursive: true });
  }
}

class Bucket implements Backend {
  readonly name = "a bucket of S3";
  #server!: S3Server;
  #stores = 0;
  async start() {
    this.#server = await startS3Server();
  }
  async store() {
    const { client, bucket } = this.#server;
    return new S3FileStore(client, { bucket, prefix: `test-${++this.#stores}/`, encryption: null });
  }
  async kept() {
    const Prefix = `test-${this.#stores}/`;
    const { Contents = [] } = await this.#server.client.send(
      new ListObjectsV2Command({ Bucket: this.#server.bucket, Prefix }),
    );
    const keys = [...Contents.map(({ Key }) => Key!), ...this.#server.unfinished()];
    return keys.filter((key) => key.startsWith(Prefix)).map((key) => path.basename(key));
  }
  stop() {
    return this.#server.stop();
  }
}

const limit = { maxBytes: 100_000_000 };
const mebibyte = 1024 ** 2;

for (const backend of [new Folder(), new Bucket()]) {
  describe(`a file store in ${backend.name}`, () => {
    let store: FileStore;

    before(() => backend.start());
    beforeEach(async () => {
      store = await backend.store();
    });
    after(() => backend.stop());

    for (const sizeBytes of [0, 1, 300_000, 8 * mebibyte, 8 * mebibyte + 1, 20 * mebibyte]) {
      it(`gives back ${sizeBytes} bytes as often as asked, with their size and hash`, async () => {
        const content = randomBytes(sizeBytes);

        const stored = await store.put(7, Readable.from(pieces(content, 700_001)), limit);

        expect(stored.sizeBytes).to.equal(sizeBytes);
        expect(stored.sha256).to.equal(sha256(content));
        expect(await store.sizeOf(stored.id)).to.equal(sizeBytes);
        expect(sha256(await buffer(await store.open(stored.id)))).to.equal(stored.sha256);
        expect(sha256(await buffer(await store.open(stored.id)))).to.equal(stored.sha256);
        expect(await backend.kept()).to.deep.equal([stored.id]);
      });
    }

    it("opens any range, as far as the file goes", async () => {
      const content = randomBytes(20 * mebibyte);
      const { id } = await store.put(7, Readable.from(pieces(content, mebibyte)), limit);
      const { id: empty } = await store.put(7, Readable.from([]), limit);
      const end = content.length;
      const ranges = [
        [0, 4],
        [3, 3],
        [8 * mebibyte - 1, 8 * mebibyte + 1],
        [1, end],
        [end - 5, end],
        [end - 5, end + 100],
        [end, end + 5],
        [end + 5, end + 9],
        [0, end + 1],
      ] as const;

      for (const [from, to] of ranges) {
        const found = await buffer(await store.open(id, { start: from, end: to }));
        expect(sha256(found), `${from} to ${to}`).to.equal(sha256(content.subarray(from, to)));
      }
      expect(await buffer(await store.open(empty, { start: 0, end: 4 }))).to.have.length(0);
      expect(await buffer(await store.open(empty, { start: 0, end: 0 }))).to.have.length(0);
    });

    it("lets go of a file that nobody reads to its end", async () => {
      const { id } = await store.put(7, Readable.from(pieces(randomBytes(9 * mebibyte), mebibyte)), limit);
      const file = await store.open(id);
      for await (const _ of file) break;

      expect(file.destroyed).to.equal(true);
      await store.remove(id);
      expect(await backend.kept()).to.deep.equal([]);
    });

    for (const [name, maxBytes] of [
      ["small", 50_000],
      ["large", 30 * mebibyte],
    ] as const) {
      it(`stops at a ${name} limit and leaves nothing behind`, async () => {
        let pulled = 0;
        const endless = Readable.from(
          (function* () {
            for (;;) {
              pulled += 100_000;
              yield Buffer.alloc(100_000);
            }
          })(),
        );

        const error = await store.put(7, endless, { maxBytes }).catch((reason: unknown) => reason);

        expect(error).to.be.instanceOf(FileTooLarge).with.property("maxBytes", maxBytes);
        expect(pulled).to.be.below(maxBytes + 40 * 100_000);
        expect(endless.destroyed).to.equal(true);
        expect(await backend.kept()).to.deep.equal([]);
      });
    }

    for (const sizeBytes of [0, 5, 20 * mebibyte]) {
      it(`leaves nothing behind when the source breaks after ${sizeBytes} bytes`, async () => {
        const broken = Readable.from(
          (async function* () {
            yield* pieces(Buffer.alloc(sizeBytes), mebibyte);
            throw new Error("connection lost");
          })(),
        );

        const error = await store.put(7, broken, limit).catch((reason: unknown) => reason);

        expect(error).to.have.property("message", "connection lost");
        expect(await backend.kept()).to.deep.equal([]);
      });
    }

    it("refuses a source that broke before it was read", async () => {
      const broken = new Readable({ read: () => undefined });
      broken.destroy(new Error("connection lost"));

      const error = await store.put(7, broken, limit).catch((reason: unknown) => reason);

      expect(error).to.be.instanceOf(Error).with.property("message", "connection lost");
      expect(await backend.kept()).to.deep.equal([]);
    });

    it("has no file for an id that is gone, unknown, or leads elsewhere", async () => {
      const { id } = await store.put(7, Readable.from(["a"]), limit);
      await store.remove(id);
      await store.remove(id);

      for (const wrong of [id, `8.${"0".repeat(32)}`, "../../etc/passwd", `7.${"0".repeat(31)}/`, "", "7"]) {
        for (const ask of [
          () => store.open(wrong),
          () => store.open(wrong, { start: 0, end: 4 }),
          () => store.open(wrong, { start: 4, end: 4 }),
          () => store.sizeOf(wrong),
        ])
          expect(await ask().catch((reason: unknown) => reason), wrong).to.be.instanceOf(FileNotFound);
      }
    });

    it("keeps institutions apart", async () => {
      const { id } = await store.put(7, Readable.from(["a"]), limit);
      const [, digits] = id.split(".");

      const foreign = await store.open(`8.${digits}`).catch((reason: unknown) => reason);
      await store.remove(`8.${digits}`);

      expect(foreign).to.be.instanceOf(FileNotFound);
      expect(await store.sizeOf(id)).to.equal(1);
    });

    it("lists what was written before an instant, and removes what nothing names", async () => {
      const [used, orphan, other] = await Promise.all(
        [3, 3, 4].map((institution) => store.put(institution, Readable.from(["a"]), limit)),
      );
      const instant = await aMomentLater();
      const fresh = await store.put(4, Readable.from(["a"]), limit);
      const asked: number[] = [];

      const removed = await removeOrphans(store, instant, async (institutionId, ids) => {
        asked.push(institutionId);
        return new Set(ids.filter((id) => id === used!.id));
      });

      expect(removed).to.equal(2);
      expect(asked).to.have.members([3, 4]);
      expect(await backend.kept()).to.have.members([used!.id, fresh.id]);
      expect([orphan!.id, other!.id]).to.not.include(used!.id);
    });

    it("finds no old files where none was ever stored", async () => {
      expect(await removeOrphans(store, new Date(), async () => new Set())).to.equal(0);
    });

    it("says that it can be used", async () => {
      await store.check();
    });
  });
}

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

function* pieces(content: Buffer, sizeBytes: number): Generator<Buffer> {
  for (let at = 0; at < content.length; at += sizeBytes) yield content.subarray(at, at + sizeBytes);
}

/** An instant after everything that was written, and before what is written next; a disk's clock ticks every 4 ms. */
async function aMomentLater(): Promise<Date> {
  const wanted = Date.now() + 10;
  while (Date.now() < wanted + 10) await setImmediate();
  return new Date(wanted);
}
