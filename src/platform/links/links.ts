import { createHmac } from "node:crypto";
import type { RingKey } from "../key-ring.js";
import { type LinkPayload, LinkSigner } from "./link-signer.js";

/** A page of ours that a link leads to, and what the link is for. */
export interface LinkPlace {
  /** Where it is served, such as `/consent/unsubscribe`. */
  readonly path: string;
  readonly purpose: string;
}

/** Links in mails: addresses under which this installation is reached from outside, signed. */
export class Links {
  readonly #base: string;
  readonly #signer: LinkSigner;

  /**
   * @param baseUrl address of the gateway, or of marketing, as the world sees it; with a path where a proxy adds one
   */
  constructor(baseUrl: string, keys: readonly [RingKey, ...RingKey[]]) {
    this.#base = baseUrl.replace(/\/+$/, "");
    this.#signer = new LinkSigner(keys);
  }

  /** The whole address. */
  to({ path, purpose }: LinkPlace, payload: LinkPayload): string {
    return `${this.#base}${path}?token=${this.#signer.sign(purpose, payload)}`;
  }

  /** The whole address of a place where callers show their own token, with parameters that are no secret. */
  at(path: string, parameters: Readonly<Record<string, string>>): string {
    return `${this.#base}${path}?${new URLSearchParams(parameters)}`;
  }

  /** What the token of a request to this place says; null when nobody signed it. */
  read({ purpose }: LinkPlace, token: string | null): LinkPayload | null {
    return this.#signer.verify(purpose, token);
  }
}

/** The keys of links where no others are set: one that follows from the key of keyed hashes. */
export function linkKeysOf(secret: Buffer): readonly [RingKey] {
  return [{ id: "secret", key: createHmac("sha256", secret).update("keys of links").digest() }];
}
