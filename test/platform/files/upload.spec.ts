import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { expect } from "chai";
import { CodedError } from "../../../src/platform/errors/coded-error.js";
import { DirectoryFileStore, FileTooLarge, storeUpload } from "../../../src/platform/files/index.js";
import { createLog } from "../../../src/platform/log.js";

describe("an upload on its way into the store", () => {
  let folder: string;
  let lines: string[];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const given = (root: string) => ({ files: new DirectoryFileStore(path.join(folder, root)), log });

  beforeEach(async () => {
    lines = [];
    folder = await mkdtemp(path.join(tmpdir(), "upload-"));
    await writeFile(path.join(folder, "taken"), "no folder");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is refused as not available when the store fails, which the log explains", async () => {
    const error = await storeUpload(given("taken"), 7, Readable.from(["a"]), 10).catch((reason: unknown) => reason);

    expect(error).to.be.instanceOf(CodedError).with.nested.property("extensions.code", "SERVICE_UNAVAILABLE");
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include("a file could not be stored").and.include("ENOTDIR");
  });

  it("fails as its source does, and as it is too large, which is no fault of the store", async () => {
    const cutOff = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });
    const source = new Readable({ read: () => void source.destroy(cutOff) });

    const broken = await storeUpload(given("files"), 7, source, 10).catch((reason: unknown) => reason);
    const large = await storeUpload(given("files"), 7, Readable.from(["a"]), 0).catch((reason: unknown) => reason);

    expect(broken).to.equal(cutOff);
    expect(large).to.be.instanceOf(FileTooLarge);
    expect(lines).to.deep.equal([]);
  });
});
