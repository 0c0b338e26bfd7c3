import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

export interface RingKey {
  /** Kept beside what the key sealed. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** A text as the database keeps it. */
export interface Sealed {
  readonly keyId: string;
  /** Nonce, ciphertext, tag. */
  readonly sealed: Buffer;
}

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Keys that seal texts (AES-256-GCM): the first seals, all of them open, so that keys can be rotated. */
export class KeyRing {
  readonly #byId: ReadonlyMap<string, Buffer>;
  readonly #digestKey: Buffer;
  readonly #current: RingKey;

  constructor(keys: readonly [RingKey, ...RingKey[]], digestKey: Buffer) {
    this.#byId = new Map(keys.map(({ id, key }) => [id, key]));
    this.#current = keys[0];
    this.#digestKey = digestKey;
  }

  /** Id of the key that seals. */
  get currentId(): string {
    return this.#current.id;
  }

  /** @param place where the text will be kept: it opens there and nowhere else */
  seal(text: string, place: string): Sealed {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#current.key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([nonce, sealing.update(text, "utf8"), sealing.final(), sealing.getAuthTag()]);
    return { keyId: this.#current.id, sealed };
  }

  /** @throws Error when the key is not in the ring, or the text was sealed for another place or changed */
  open({ keyId, sealed }: Sealed, place: string): string {
    const key = this.#byId.get(keyId);
    if (!key) throw new Error(`the key ${keyId} is not in the ring`);
    const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-tagBytes));
    return opening.update(sealed.subarray(nonceBytes, -tagBytes), undefined, "utf8") + opening.final("utf8");
  }

  /** A keyed hash for finding a text again without opening any: a key of its own, which does not rotate. */
  digest(text: string): Buffer {
    return createHmac("sha256", this.#digestKey).update(text).digest();
  }
}
