import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { signFileReference, verifyFileReference } from "../../../src/platform/files/index.js";

describe("signed references to stored files", () => {
  const secret = randomBytes(32);
  const bearer = { institutionId: 7, kind: "PARTNER", login: "partner-1" } as const;
  const file = { id: `7.${"ab".repeat(16)}`, sizeBytes: 12, sha256: "cd".repeat(32) };
  const expiresAt = new Date("2026-11-21T12:00:00Z");
  const before = new Date("2026-11-21T11:59:59Z");
  const reference = signFileReference(secret, bearer, file, expiresAt);

  it("open for the caller they were made for, until they expire", () => {
    expect(verifyFileReference(secret, bearer, reference, before)).to.deep.equal(file);
    expect(verifyFileReference(secret, bearer, reference, new Date("2026-11-21T12:00:01Z"))).to.equal(null);
  });

  it("open for nobody else", () => {
    expect(verifyFileReference(secret, { ...bearer, login: "partner-2" }, reference, before)).to.equal(null);
    expect(verifyFileReference(secret, { ...bearer, kind: "OPERATOR" }, reference, before)).to.equal(null);
    expect(verifyFileReference(secret, { ...bearer, institutionId: 8 }, reference, before)).to.equal(null);
    expect(verifyFileReference(randomBytes(32), bearer, reference, before)).to.equal(null);
  });

  it("do not open another institution's file, however signed", () => {
    const foreign = signFileReference(secret, bearer, { ...file, id: `8.${"ab".repeat(16)}` }, expiresAt);

    expect(verifyFileReference(secret, bearer, foreign, before)).to.equal(null);
  });

  it("do not survive a change of any character", () => {
    for (let at = 0; at < reference.length; at++) {
      const changed = reference.slice(0, at) + (reference[at] === "1" ? "2" : "1") + reference.slice(at + 1);
      expect(verifyFileReference(secret, bearer, changed, before), changed).to.equal(null);
    }
    expect(verifyFileReference(secret, bearer, "", before)).to.equal(null);
  });
});
