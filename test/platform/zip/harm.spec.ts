import { expect } from "chai";
import type yauzl from "yauzl";
import { harmOf, mostUnpackedBytes } from "../../../src/platform/zip/stored-zip.js";

const mebibyte = 1024 ** 2;
const entry = (compressedSize: number, uncompressedSize: number) =>
  ({ compressedSize, uncompressedSize }) as yauzl.Entry;

describe("what a zip may unpack to (6.3.1)", () => {
  it("is as much as a file may have that is not zipped", () => {
    expect(harmOf(entry(mostUnpackedBytes / 10, mostUnpackedBytes))).to.equal(null);
    expect(harmOf(entry(mostUnpackedBytes / 10, mostUnpackedBytes + 1))).to.equal("TOO_LARGE");
  });

  it("is 250 times its size, from 64 MiB on", () => {
    expect(harmOf(entry(1, 64 * mebibyte))).to.equal(null);
    expect(harmOf(entry(mebibyte, 250 * mebibyte))).to.equal(null);
    expect(harmOf(entry(mebibyte, 250 * mebibyte + 1))).to.equal("TOO_DENSE");
  });
});
