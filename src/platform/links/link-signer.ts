import { timingSafeEqual } from "node:crypto";
import type { RingKey } from "../key-ring.js";
import { KeyedHash } from "./keyed-hash.js";

const longestToken = 1_000;
/** 132 bits: half of the hash is as hard to guess (RFC 2104, section 5), and links stay short in mails and files. */
const signatureLength = 22;
/** The second form has the whole hash, as links in old mails do. */
const form = /^([\w-]{1,40})\.([\w-]{1,800})\.([\w-]{22}|[\w-]{43})$/;

/** What a link says, such as ids and an end. Whole numbers and texts; readable by whoever has the link. */
export type LinkPayload = readonly (string | number)[];

/** Signs links that act for whoever has them (HMAC-SHA-256): the first key signs, all of them verify. */
export class LinkSigner {
  readonly #signing: string;
  /** By the ids of the keys. */
  readonly #hashes: ReadonlyMap<string, KeyedHash>;

  constructor(keys: readonly [RingKey, ...RingKey[]]) {
    this.#signing = keys[0].id;
    // of two with one id the first counts
    this.#hashes = new Map(keys.toReversed().map(({ id, key }) => [id, new KeyedHash(key)]));
  }

  /**
   * The same each time for the same payload and key.
   * @param purpose what the link does: a token for one thing is none for another
   */
  sign(purpose: string, payload: LinkPayload): string {
    const keyed = this.#hashes.get(this.#signing)!;
    const body = Buffer.from(JSON.stringify(payload)).toString("base64url");
    return `${this.#signing}.${body}.${signature(keyed, purpose, body).slice(0, signatureLength)}`;
  }

  /** What was signed for this purpose; null for anything else, and for a key that is no longer kept. */
  verify(purpose: string, token: string | null): LinkPayload | null {
    const [, keyId, body, given] = token && token.length <= longestToken ? (form.exec(token) ?? []) : [];
    const keyed = this.#hashes.get(keyId ?? "");
    if (!keyed || !body || !given) return null;
    const expected = signature(keyed, purpose, body).slice(0, given.length);
    if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return null;
    return JSON.parse(Buffer.from(body, "base64url").toString()) as LinkPayload;
  }
}

function signature(keyed: KeyedHash, purpose: string, body: string): string {
  // as JSON.stringify writes the three; the last one has nothing to escape
  return keyed.digest(`["link",${JSON.stringify(purpose)},"${body}"]`);
}
