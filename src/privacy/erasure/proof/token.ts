/**
 * How texts are taken apart, so that an identifier is found wherever it stands: words (also e-mail addresses, logins and
 * codes), pairs of words that follow each other, and runs of digits, however these are grouped. Of letters, ASCII and
 * Latin-1 are compared without regard to capitals.
 */

/** What a byte is in a token. */
const other = 0;
const letter = 1;
const digit = 2;
/** Within a word, not at its ends: `@ . _ + - '`. */
const joint = 3;

const classes = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  if (/[0-9]/.test(char)) classes[byte] = digit;
  else if (byte >= 0x80 || /[A-Za-z]/.test(char)) classes[byte] = letter;
  else classes[byte] = "@._+-'".includes(char) ? joint : other;
}

/** Groups of digits of one number may stand this far apart. */
const groupsApart = 2;
const mostGroups = 6;
export const leastDigits = 8;
export const mostDigits = 15;

/** The shape of a token: a word, two words, or digits alone. */
export type TokenShape = "w" | "p" | "d";

/** Is told each token by a hash of 32 bits, and where it stands. */
export interface TokenSink {
  /** True to be told the text. */
  wants(hash: number): boolean;
  found(shape: TokenShape, text: string): void;
}

const prime = 0x01000193;

/** Spreads what a hash of few bytes leaves together. */
function mixed(hash: number): number {
  let spread = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  spread = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35);
  return (spread ^ (spread >>> 16)) | 0;
}

/** The byte without its capital; in UTF-8 the letters of Latin-1 are two bytes, of which the second tells. */
function folded(byte: number, before: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return byte | 0x20;
  return before === 0xc3 && byte >= 0x80 && byte <= 0x9e && byte !== 0x97 ? byte | 0x20 : byte;
}

/** Finds the tokens of texts, byte by byte: for a whole database, nothing is made for those that nobody wants. */
class TokenScanner {
  readonly #seed: number;
  readonly #groupStarts = new Int32Array(mostGroups);
  readonly #groupEnds = new Int32Array(mostGroups);
  #groups = 0;
  #previousHash = 0;
  #previousStart = -1;
  #previousEnd = -1;

  constructor(
    seed: number,
    private readonly sink: TokenSink,
  ) {
    this.#seed = seed | 0;
  }

  /** @param text UTF-8, with COPY's escapes: what follows a backslash belongs to no token */
  scan(text: Uint8Array, start: number, end: number): void {
    this.#groups = 0;
    this.#previousStart = -1;
    let at = start;
    while (at < end) {
      const kind = classes[text[at]!]!;
      if (text[at] === 0x5c) at += text[at + 1] === 0x5c ? 3 : 2;
      else if (kind === letter || kind === digit) at = this.#word(text, at, end);
      else at++;
    }
  }

  /** One word from its first letter or digit on; @returns where the next thing begins */
  #word(text: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    let hashAtEnd = hash;
    let wordEnd = start;
    let at = start;
    let before = 0;
    let digitStart = -1;
    for (; at < end; at++) {
      const byte = text[at]!;
      const kind = classes[byte]!;
      if (kind === other) break;
      hash = Math.imul(hash ^ folded(byte, before), prime);
      before = byte;
      if (kind !== joint) {
        hashAtEnd = hash;
        wordEnd = at + 1;
      }
      if (kind === digit) {
        if (digitStart < 0) digitStart = at;
      } else if (digitStart >= 0) {
        this.#digits(text, digitStart, at);
        digitStart = -1;
      }
    }
    if (digitStart >= 0) this.#digits(text, digitStart, at);
    this.#end(text, start, wordEnd, hashAtEnd);
    return at;
  }

  #end(text: Uint8Array, start: number, end: number, hash: number): void {
    const spread = mixed(hash);
    if (this.sink.wants(spread)) this.sink.found("w", textOf(text, start, end));
    if (this.#previousStart >= 0 && this.sink.wants(mixed(Math.imul(this.#previousHash, prime) ^ spread)))
      this.sink.found("p", `${textOf(text, this.#previousStart, this.#previousEnd)} ${textOf(text, start, end)}`);
    this.#previousHash = spread;
    this.#previousStart = start;
    this.#previousEnd = end;
  }

  /** A group of digits ends: alone, and together with those that stand right before it. */
  #digits(text: Uint8Array, start: number, end: number): void {
    const isNear = this.#groups > 0 && start - this.#groupEnds[this.#groups - 1]! <= groupsApart;
    if (!isNear) this.#groups = 0;
    if (this.#groups === mostGroups) this.#dropFirstGroup();
    this.#groupStarts[this.#groups] = start;
    this.#groupEnds[this.#groups] = end;
    this.#groups++;
    let count = 0;
    for (let first = this.#groups - 1; first >= 0; first--) {
      count += this.#groupEnds[first]! - this.#groupStarts[first]!;
      if (count > mostDigits) return;
      if (count >= leastDigits) this.#number(text, first);
    }
  }

  #dropFirstGroup(): void {
    this.#groupStarts.copyWithin(0, 1);
    this.#groupEnds.copyWithin(0, 1);
    this.#groups--;
  }

  #number(text: Uint8Array, first: number): void {
    // other than the word of the same digits
    let hash = ~this.#seed;
    for (let group = first; group < this.#groups; group++)
      for (let at = this.#groupStarts[group]!; at < this.#groupEnds[group]!; at++)
        hash = Math.imul(hash ^ text[at]!, prime);
    if (!this.sink.wants(mixed(hash))) return;
    let digits = "";
    for (let group = first; group < this.#groups; group++)
      digits += textOf(text, this.#groupStarts[group]!, this.#groupEnds[group]!);
    this.sink.found("d", digits);
  }
}

/** The token as it is digested: without capitals, as far as they are compared. */
function textOf(text: Uint8Array, start: number, end: number): string {
  const bytes = new Uint8Array(end - start);
  for (let at = start; at < end; at++) bytes[at - start] = folded(text[at]!, at > start ? text[at - 1]! : 0);
  return Buffer.from(bytes).toString("utf8");
}

/** The tokens of a text, with their hashes. */
export function tokensOf(seed: number, text: string): { shape: TokenShape; text: string; hash: number }[] {
  const tokens: { shape: TokenShape; text: string; hash: number }[] = [];
  let last = 0;
  const sink: TokenSink = {
    wants(hash) {
      last = hash;
      return true;
    },
    found: (shape, token) => tokens.push({ shape, text: token, hash: last }),
  };
  const bytes = Buffer.from(text.replaceAll("\\", " "), "utf8");
  new TokenScanner(seed, sink).scan(bytes, 0, bytes.length);
  return tokens;
}
