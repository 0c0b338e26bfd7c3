import { createHmac } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { KeyedHash } from "../../../src/platform/links/keyed-hash.js";

describe("KeyedHash", () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 100 }), fc.string({ minLength: 900, maxLength: 3_000 }));

  it("is HMAC-SHA-256, whatever the key, one text after another", () => {
    fc.assert(
      fc.property(bytes, fc.array(text, { minLength: 1, maxLength: 4 }), (key, texts) => {
        const keyed = new KeyedHash(key);

        const found = texts.map((each) => keyed.digest(each));

        expect(found).to.deep.equal(texts.map((each) => createHmac("sha256", key).update(each).digest("base64url")));
      }),
    );
  });
});
