import { createHmac } from "node:crypto";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { ErasedIdentifier } from "../../../platform/personal-data/index.js";
import { leastDigits, leastLetters, mostDigits, type TokenShape, tokensOf } from "./token.js";

/** What is looked for after an erasure: who has the table, but not its key, learns nothing from it. */
export interface ErasedDigest {
  readonly contactId: string;
  readonly kind: ErasedIdentifier["kind"];
  /** Small hash of the token, which most others do not have. */
  readonly filter: number;
  readonly digest: Buffer;
}

/** Enough that no two of a database meet by chance. */
const digestBytes = 16;

/** Keyed with what goes when the pass is done. */
export class ProofKey {
  /** Of the small hashes. */
  readonly seed: number;

  constructor(private readonly key: Buffer) {
    this.seed = createHmac("sha256", key).update("filter").digest().readInt32LE(0);
  }

  digest(shape: TokenShape, token: string): Buffer {
    return createHmac("sha256", this.key).update(`${shape} ${token}`).digest().subarray(0, digestBytes);
  }
}

/** The digests by which these identifiers are found again. */
export function digestsOf(key: ProofKey, identifiers: readonly ErasedIdentifier[]): ErasedDigest[] {
  const digests = identifiers.flatMap(({ contactId, kind, text }) =>
    spellingsOf(kind, text).flatMap((spelling) => {
      const tokens = tokensOf(key.seed, spelling);
      const wanted = tokens.filter(({ shape }) => shape === shapeOf(kind, tokens));
      return wanted
        .filter((token) => token.text.length >= leastLetters)
        .map(({ shape, text: token, hash }) => ({ contactId, kind, filter: hash, digest: key.digest(shape, token) }));
    }),
  );
  return distinct(digests);
}

/** A name is two words; whatever else is of several words is known by each two of them. */
function shapeOf(kind: ErasedIdentifier["kind"], tokens: readonly { shape: TokenShape }[]): TokenShape {
  if (kind === "PHONE") return "d";
  return kind === "NAME" || tokens.some(({ shape }) => shape === "p") ? "p" : "w";
}

function spellingsOf(kind: ErasedIdentifier["kind"], text: string): string[] {
  if (kind === "PHONE") return phoneSpellings(text);
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  const written = [...new Set([text.normalize("NFC").toLowerCase(), plain.toLowerCase()])];
  return kind === "NAME" ? written.flatMap(nameSpellings) : written;
}

/** First name before last name and the other way round: the words that meet. */
function nameSpellings(text: string): string[] {
  const [first = "", last = ""] = text.split("\n").map((name) => name.trim().split(/\s+/));
  const [a, b] = [first.at(-1), last.at(0)];
  const [c, d] = [last.at(-1), first.at(0)];
  return a && b && c && d ? [...new Set([`${a} ${b}`, `${c} ${d}`])] : [];
}

/** As it was typed in, and as it is dialled at home; zeros before a number are never compared. */
function phoneSpellings(text: string): string[] {
  const bare = text.replace(/\D/g, "").replace(/^0+/, "");
  const isInternational = /^\s*(\+|00)/.test(text);
  const national = isInternational ? nationalOf(`+${bare}`) : null;
  const spellings = national ? [bare, national] : [bare];
  return spellings.filter(({ length }) => length >= leastDigits && length <= mostDigits);
}

function nationalOf(international: string): string | null {
  return parsePhoneNumberFromString(international)?.nationalNumber ?? null;
}

/** A token of an identifier is wanted once for each contact. */
function distinct(digests: readonly ErasedDigest[]): ErasedDigest[] {
  return [...new Map(digests.map((each) => [`${each.contactId} ${each.digest.toString("latin1")}`, each])).values()];
}
