import { createHmac } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { LinkSigner } from "../../../src/platform/links/link-signer.js";

const key = (byte: number) => Buffer.alloc(32, byte);

describe("signed links", () => {
  const signer = new LinkSigner([{ id: "new", key: key(1) }]);
  const payloads = fc.array(fc.oneof(fc.integer(), fc.string({ maxLength: 20 })), { maxLength: 5 });

  it("say what was signed, for the purpose that it was signed for and no other", () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const token = signer.sign("unsubscribe", payload);

        expect(token).to.match(/^[\w.-]+$/);
        expect(signer.verify("unsubscribe", token)).to.deep.equal(payload);
        expect(signer.verify("confirm", token)).to.equal(null);
      }),
    );
  });

  it("say nothing once a character was changed, left out or added", () => {
    const token = signer.sign("unsubscribe", [1, "17", 0]);
    const changes = fc.record({
      at: fc.nat(token.length - 1),
      to: fc.constantFrom("", "A", "b", ".", "AA", "é", "\0"),
    });

    fc.assert(
      fc.property(changes, ({ at, to }) => {
        const changed = token.slice(0, at) + to + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(signer.verify("unsubscribe", changed)).to.equal(null);
      }),
    );
    for (const bad of [null, "", "new", "new..", `${token}.`, "x".repeat(5_000)])
      expect(signer.verify("unsubscribe", bad)).to.equal(null);
  });

  it("are taken with the whole hash too, as old mails have them", () => {
    const payload = Buffer.from('[1,"17",0]').toString("base64url");
    const whole = createHmac("sha256", key(1)).update(`["link","unsubscribe","${payload}"]`).digest("base64url");
    const read = (signature: string) => signer.verify("unsubscribe", `new.${payload}.${signature}`);

    expect(read(whole)).to.deep.equal([1, "17", 0]);
    expect(read(whole.slice(0, 22))).to.deep.equal([1, "17", 0]);
    for (let length = 0; length < whole.length; length++)
      if (length !== 22) expect(read(whole.slice(0, length)), `${length} characters`).to.equal(null);
    expect(read(`${whole.slice(0, 42)}${whole.endsWith("A") ? "B" : "A"}`)).to.equal(null);
  });

  it("live on when another key signs, until their own is kept no more", () => {
    const old = new LinkSigner([{ id: "old", key: key(2) }]).sign("unsubscribe", [1]);

    const rotated = new LinkSigner([
      { id: "new", key: key(1) },
      { id: "old", key: key(2) },
    ]);

    expect(rotated.verify("unsubscribe", old)).to.deep.equal([1]);
    expect(rotated.sign("unsubscribe", [1])).to.equal(signer.sign("unsubscribe", [1]));
    expect(signer.verify("unsubscribe", old)).to.equal(null);
  });
});
