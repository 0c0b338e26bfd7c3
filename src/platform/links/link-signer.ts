import { createHmac, timingSafeEqual } from "node:crypto";
import type { RingKey } from "../key-ring.js";

const longestToken = 1_000;
const form = /^([\w-]{1,40})\.([\w-]{1,800})\.([\w-]{43})$/;

/** What a link says, such as ids and an end. Whole numbers and texts; readable by whoever has the link. */
export type LinkPayload = readonly (string | number)[];

/** Signs links that act for whoever has them (HMAC-SHA-256): the first key signs, all of them verify. */
export class LinkSigner {
  readonly #keys: readonly [RingKey, ...RingKey[]];

  constructor(keys: readonly [RingKey, ...RingKey[]]) {
    this.#keys = keys;
  }

  /**
   * The same each time for the same payload and key.
   * @param purpose what the link does: a token for one thing is none for another
   */
  sign(purpose: string, payload: LinkPayload): string {
    const [{ id, key }] = this.#keys;
    const body = Buffer.from(JSON.stringify(payload)).toString("base64url");
    return `${id}.${body}.${signature(key, purpose, body).toString("base64url")}`;
  }

  /** What was signed for this purpose; null for anything else, and for a key that is no longer kept. */
  verify(purpose: string, token: string | null): LinkPayload | null {
    const [, keyId, body, given] = token && token.length <= longestToken ? (form.exec(token) ?? []) : [];
    const key = this.#keys.find(({ id }) => id === keyId)?.key;
    if (!key || !body || !given) return null;
    const expected = signature(key, purpose, body);
    const found = Buffer.from(given, "base64url");
    if (found.length !== expected.length || !timingSafeEqual(found, expected)) return null;
    return JSON.parse(Buffer.from(body, "base64url").toString()) as LinkPayload;
  }
}

function signature(key: Buffer, purpose: string, body: string): Buffer {
  return createHmac("sha256", key)
    .update(JSON.stringify(["link", purpose, body]))
    .digest();
}
