import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import yazl from "yazl";
import { FileNotFound, type FileStore, FileStoreFailed, removeOrphans } from "../../../src/platform/files/index.js";
import { S3FileStore } from "../../../src/platform/files/s3-store.js";
import { isOfStore, zipEntries } from "../../../src/platform/zip/index.js";
import { type S3Server, startS3Server } from "../../support/s3-server.js";

const limit = { maxBytes: 1024 ** 3 };
const mebibyte = 1024 ** 2;
const pieceBytes = 8 * mebibyte;
const later = new Date(Date.now() + 86_400_000);

describe("a file store in S3", () => {
  let server: S3Server;
  let prefix: string;
  let store: FileStore;
  let stores = 0;

  before(async () => {
    server = await startS3Server();
  });
  beforeEach(() => {
    prefix = `spec-${++stores}/`;
    store = new S3FileStore(server.client, { bucket: server.bucket, prefix, encryption: null });
  });
  afterEach(() => server.refuse(null));
  after(() => server.stop());

  const everything = async () => {
    const ids: string[] = [];
    for await (const id of store.olderThan(later)) ids.push(id);
    return ids;
  };
  const object = (key: string) => ({ Bucket: server.bucket, Key: key });
  const begin = async (id: string, under = prefix) => {
    const key = `${under}${id.split(".")[0]}/${id}`;
    const { UploadId } = await server.client.send(new CreateMultipartUploadCommand(object(key)));
    await server.client.send(new UploadPartCommand({ ...object(key), UploadId, PartNumber: 1, Body: "half a f" }));
    return key;
  };
  const idOf = (number: number) => `7.${number.toString(16).padStart(32, "0")}`;

  it("takes from its source no more than it can send", async () => {
    let pulled = 0;
    let most = 0;
    const sent = () => server.requests.filter((line) => line.startsWith(`PUT /${server.bucket}/${prefix}`)).length;
    const source = Readable.from(
      (function* () {
        for (; pulled < 64 * mebibyte; pulled += mebibyte) {
          most = Math.max(most, pulled - sent() * pieceBytes);
          yield Buffer.alloc(mebibyte, 1);
        }
      })(),
      { objectMode: false },
    );

    const { sizeBytes } = await store.put(7, source, limit);

    expect(sizeBytes).to.equal(64 * mebibyte);
    expect(sent()).to.equal(8);
    expect(most).to.be.below(3 * pieceBytes);
  });

  it("fetches no more than its reader takes, and keeps no connection waiting for him", async () => {
    const { id } = await store.put(7, Readable.from([Buffer.alloc(20 * mebibyte)]), limit);
    const fetched = () => server.requests.filter((line) => line.startsWith("GET ") && line.includes(id)).length;

    const file = (await store.open(id))[Symbol.asyncIterator]();
    await file.next();
    const atFirst = fetched();
    for (let read = 0; read < 9 * mebibyte; ) read += (await file.next()).value.length;

    expect([atFirst, fetched()]).to.deep.equal([1, 2]);
    await file.return?.();
  });

  it("touches nothing of the bucket but its own files", async () => {
    const { id } = await store.put(7, Readable.from(["a"]), limit);
    const others = [
      `${prefix.slice(0, -1)}0/7/${id}`,
      id,
      `7/${id}`,
      `${prefix}8/${id}`,
      `${prefix}7/x/${id}`,
      `${prefix}7/${id}.bak`,
      `${prefix}readme.txt`,
    ];
    for (const key of others) await server.client.send(new PutObjectCommand({ ...object(key), Body: "not ours" }));
    const foreign = await begin(id, `${prefix}${prefix}`);

    expect(await everything()).to.deep.equal([id]);
    expect(await removeOrphans(store, later, async () => new Set())).to.equal(1);

    expect(await everything()).to.deep.equal([]);
    for (const key of others) await server.client.send(new HeadObjectCommand(object(key)));
    expect(server.unfinished()).to.include(foreign);
  });

  it("lists more files than S3 tells at once", async () => {
    const ids = Array.from({ length: 1_005 }, (_, number) => idOf(number));
    for (let at = 0; at < ids.length; at += 67)
      await Promise.all(
        ids
          .slice(at, at + 67)
          .map((id) => server.client.send(new PutObjectCommand({ ...object(`${prefix}7/${id}`), Body: "a" }))),
      );

    expect(await everything()).to.have.members(ids);
  });

  it("lists what a process that died has left of its uploads, and removes it", async () => {
    const ids = Array.from({ length: 45 }, (_, number) => idOf(number));
    const keys = await Promise.all(ids.map((id) => begin(id)));
    const twice = await begin(idOf(3));

    const listed = await everything();
    const removed = await removeOrphans(
      store,
      later,
      async (_, asked) => new Set(asked.filter((id) => id === idOf(1))),
    );

    expect(new Set(listed)).to.deep.equal(new Set(ids));
    expect(removed).to.be.at.least(44);
    expect(server.unfinished().filter((key) => key === twice || keys.includes(key))).to.deep.equal([keys[1]]);
  });

  it("asks for the encryption that it is told", async () => {
    const encrypted = new S3FileStore(server.client, { bucket: server.bucket, prefix, encryption: "aws:kms" });
    const asked: string[] = [];
    server.client.middlewareStack.add(
      (next) => (step) => {
        const { headers, method } = step.request as { headers: Record<string, string>; method: string };
        if (method !== "GET") asked.push(`${method} ${headers["x-amz-server-side-encryption"]}`);
        return next(step);
      },
      { step: "build", name: "watch" },
    );

    await encrypted.put(7, Readable.from(["a"]), limit);
    await encrypted.put(7, Readable.from([Buffer.alloc(9 * mebibyte)]), limit);
    server.client.middlewareStack.remove("watch");

    expect(asked.filter((line) => line.endsWith("aws:kms"))).to.deep.equal(["PUT aws:kms", "POST aws:kms"]);
  });

  for (const [what, matching] of [
    ["a small file", /^PUT /],
    ["the second piece of a large one", /partNumber=2/],
    ["the end of a large one", /^POST .*uploadId=/],
  ] as const) {
    it(`leaves nothing behind when S3 refuses ${what}, and says why without its secrets`, async () => {
      server.refuse(matching);
      const content = what === "a small file" ? "a" : Buffer.alloc(20 * mebibyte);

      const error = await store.put(7, Readable.from([content]), limit).catch((reason: unknown) => reason);

      expect(error).to.be.instanceOf(FileStoreFailed).with.property("reason", "InternalError, status 500");
      expect(JSON.stringify({ ...(error as object), stack: (error as Error).stack })).to.not.include("AKIA");
      expect(await everything()).to.deep.equal([]);
    });
  }

  it("leaves nothing behind when a file was stored, and the answer lost", async () => {
    server.loseAnswersTo(/^PUT /);

    const error = await store.put(7, Readable.from(["a"]), limit).catch((reason: unknown) => reason);
    server.loseAnswersTo(null);

    expect(error).to.be.instanceOf(FileStoreFailed);
    expect(await everything()).to.deep.equal([]);
  });

  it("reads a piece again when the connection breaks in its middle, and gives up in the end", async () => {
    const content = randomBytes(9 * mebibyte);
    const { id } = await store.put(7, Readable.from([content]), limit);

    server.cutOff(2);
    const found = await buffer(await store.open(id));
    server.cutOff(Number.POSITIVE_INFINITY);
    const error = await store.open(id).catch((reason: unknown) => reason);
    server.cutOff(0);

    expect(found.equals(content)).to.equal(true);
    expect(error).to.be.instanceOf(FileStoreFailed);
  });

  it("fails, rather than to miss a file, when S3 refuses", async () => {
    const { id } = await store.put(7, Readable.from(["a"]), limit);
    server.refuse(/./);

    for (const ask of [
      () => store.open(id),
      () => store.sizeOf(id),
      () => store.remove(id),
      () => store.check(),
      () => everything(),
    ])
      expect(await ask().catch((reason: unknown) => reason)).to.be.instanceOf(FileStoreFailed);
    server.refuse(null);
    expect(await store.sizeOf(id)).to.equal(1);
  });

  it("does not take a missing bucket for a missing file", async () => {
    const lost = new S3FileStore(server.client, { bucket: "another-bucket", prefix, encryption: null });

    for (const ask of [() => lost.open(idOf(1)), () => lost.check(), () => lost.put(7, Readable.from(["a"]), limit)]) {
      const error = await ask().catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(FileStoreFailed).and.not.instanceOf(FileNotFound);
    }
  });

  it("reads a zip of many small entries in few requests", async () => {
    const zip = new yazl.ZipFile();
    for (let entry = 0; entry < 500; entry++) zip.addBuffer(Buffer.from(`${entry}`), `${entry}.txt`);
    zip.end();
    const { id } = await store.put(7, Readable.from(zip.outputStream), limit);
    const before = server.requests.length;

    const found: string[] = [];
    for await (const entry of zipEntries(store, id)) found.push(String(await buffer(entry!.content!)));

    expect(found).to.deep.equal(Array.from({ length: 500 }, (_, entry) => `${entry}`));
    expect(server.requests.length - before).to.be.below(10);
  });

  it("gives the entries of a zip piece by piece, and does not call it broken when S3 fails", async () => {
    const zip = new yazl.ZipFile();
    const contents = [randomBytes(9 * mebibyte), randomBytes(20)];
    for (const [at, content] of contents.entries()) zip.addBuffer(content, `${at}.bin`);
    zip.end();
    const { id } = await store.put(7, Readable.from(zip.outputStream), limit);

    const found: Buffer[] = [];
    for await (const entry of zipEntries(store, id)) found.push(await buffer(entry!.content!));
    server.refuse(/^GET /);
    const error = await zipEntries(store, id)
      .next()
      .catch((reason: unknown) => reason);

    expect(found.map((content, at) => content.equals(contents[at]!))).to.deep.equal([true, true]);
    expect(isOfStore(error)).to.equal(true);
  });
});
