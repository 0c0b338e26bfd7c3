import { KeyRing } from "../../src/platform/key-ring.js";

/** A ring of one key that every test may know. */
export function testKeys(): KeyRing {
  return new KeyRing([{ id: "test", key: Buffer.alloc(32, 8) }], Buffer.alloc(32, 9));
}
