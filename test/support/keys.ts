import { KeyRing } from "../../src/platform/key-ring.js";
import { Links, linkKeysOf } from "../../src/platform/links/index.js";

/** A ring of one key that every test may know. */
export function testKeys(): KeyRing {
  return new KeyRing([{ id: "test", key: Buffer.alloc(32, 8) }], Buffer.alloc(32, 9));
}

/** Links as they stand in mails of the tests. */
export function testLinks(): Links {
  return new Links("http://links.example.org", linkKeysOf(Buffer.alloc(32, 9)));
}
