import { expect } from "chai";
import fc from "fast-check";
import { KeyRing, type RingKey } from "../../src/platform/key-ring.js";

const ringKey = (id: string) =>
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((key): RingKey => ({ id, key: Buffer.from(key) }));
const digestKey = Buffer.alloc(32, 1);

describe("a ring of keys", () => {
  it("opens whatever any of its keys sealed, and seals with the first", () => {
    fc.assert(
      fc.property(ringKey("old"), ringKey("new"), fc.string({ unit: "grapheme" }), (old, fresh, text) => {
        const sealed = new KeyRing([old], digestKey).seal(text, "here");
        const ring = new KeyRing([fresh, old], digestKey);

        const again = ring.seal(ring.open(sealed, "here"), "here");

        expect(sealed.keyId).to.equal("old");
        expect(again.keyId).to.equal("new");
        expect(new KeyRing([fresh], digestKey).open(again, "here")).to.equal(text);
      }),
    );
  });

  it("never seals a text twice alike", () => {
    const ring = new KeyRing([{ id: "a", key: Buffer.alloc(32, 2) }], digestKey);

    expect(ring.seal("text", "here").sealed.equals(ring.seal("text", "here").sealed)).to.equal(false);
  });

  it("opens nothing elsewhere, changed, shortened, or with another key; its refusals hold no text", () => {
    const ring = new KeyRing([{ id: "a", key: Buffer.alloc(32, 2) }], digestKey);
    const { keyId, sealed } = ring.seal("a number", "here");
    const changed = Buffer.from(sealed);
    changed[14]! ^= 1;
    const attempts = [
      () => ring.open({ keyId, sealed }, "there"),
      () => ring.open({ keyId, sealed: changed }, "here"),
      () => ring.open({ keyId, sealed: sealed.subarray(0, -1) }, "here"),
      () => ring.open({ keyId: "b", sealed }, "here"),
      () => new KeyRing([{ id: "a", key: Buffer.alloc(32, 3) }], digestKey).open({ keyId, sealed }, "here"),
    ];

    for (const attempt of attempts) expect(attempt).to.throw(/^(?!.*number)/);
  });

  it("hashes alike only what is alike, with a key that is not one of the ring", () => {
    const ring = new KeyRing([{ id: "a", key: digestKey }], Buffer.alloc(32, 4));

    expect(ring.digest("x").equals(ring.digest("x"))).to.equal(true);
    expect(ring.digest("x").equals(ring.digest("y"))).to.equal(false);
    expect(ring.digest("x").equals(new KeyRing([{ id: "a", key: digestKey }], digestKey).digest("x"))).to.equal(false);
  });
});
