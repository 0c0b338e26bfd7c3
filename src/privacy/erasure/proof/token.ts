/**
 * How texts are taken apart, so that an identifier is found wherever it stands: words (also e-mail addresses, logins and
 * codes), pairs of words that follow each other, and numbers of digits, however these are grouped. Of letters, ASCII and
 * Latin-1 are compared without regard to capitals. Written for whole databases: one look at each byte, and nothing is
 * made for tokens that nobody wants.
 */

/** What a byte is. Those up to `joint` make words. */
const letter = 0;
const digit = 1;
/** Within a word, not at its ends: `@ . _ + - '`. */
const joint = 2;
const other = 3;
/** Ends a row or a cell of COPY: nothing goes on behind it. */
const breaker = 4;
const backslash = 5;

const classes = new Uint8Array(256).fill(other);
const folds = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  folds[byte] = /[A-Z]/.test(char) ? byte | 0x20 : byte;
  if (/[0-9]/.test(char)) classes[byte] = digit;
  else if (byte >= 0x80 || /[A-Za-z]/.test(char)) classes[byte] = letter;
  else if ("@._+-'".includes(char)) classes[byte] = joint;
  else if ("\t\n".includes(char)) classes[byte] = breaker;
  else if (char === "\\") classes[byte] = backslash;
}

/** Groups of digits of one number may stand this far apart. */
const groupsApart = 2;
const mostGroups = 6;
export const leastDigits = 8;
export const mostDigits = 15;
/** Shorter words would be found everywhere. */
export const leastLetters = 4;

/** The shape of a token: a word, two words, or digits alone. */
export type TokenShape = "w" | "p" | "d";

/** Is told each token by a hash of 32 bits, and where it stands. */
export interface TokenSink {
  /** True to be told the text. */
  wants(hash: number): boolean;
  /** @param at where its last part begins */
  found(shape: TokenShape, text: string, at: number): void;
}

const prime = 0x01000193;
const zero = 0x30;

/** Spreads what a hash of few bytes leaves together. */
function mixed(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (spread ^ (spread >>> 13)) | 0;
}

/** In UTF-8 the letters of Latin-1 are two bytes, of which the second tells capitals. */
function folded(byte: number, before: number): number {
  return before === 0xc3 && byte >= 0x80 && byte <= 0x9e && byte !== 0x97 ? byte | 0x20 : folds[byte]!;
}

export class TokenScanner {
  readonly #seed: number;
  readonly #starts = new Int32Array(mostGroups);
  readonly #ends = new Int32Array(mostGroups);
  readonly #counts = new Int32Array(mostGroups);
  #groups = 0;
  #pairHash = 0;
  #pairStart = -1;
  #pairEnd = -1;

  constructor(
    seed: number,
    private readonly sink: TokenSink,
  ) {
    this.#seed = seed | 0;
  }

  /** @param text UTF-8, in COPY's format: what follows a backslash belongs to no token */
  scan(text: Uint8Array, start: number, end: number): void {
    this.#break();
    let at = start;
    while (at < end) {
      const kind = classes[text[at]!]!;
      if (kind <= digit) at = this.#word(text, at, end);
      else if (kind === backslash) at += text[at + 1] === 0x5c ? 3 : 2;
      else {
        if (kind === breaker) this.#break();
        at++;
      }
    }
  }

  #break(): void {
    this.#groups = 0;
    this.#pairStart = -1;
  }

  /** One word from its first letter or digit on. @returns where the next thing begins */
  #word(text: Uint8Array, start: number, end: number): number {
    const seed = this.#seed;
    let hash = seed;
    let hashAtEnd = seed;
    let digitHash = ~seed;
    let digits = 0;
    let letters = 0;
    let wordEnd = start;
    let before = 0;
    let at = start;
    for (; at < end; at++) {
      const byte = text[at]!;
      const kind = classes[byte]!;
      if (kind > joint) break;
      hash = Math.imul(hash ^ (byte < 0x80 ? folds[byte]! : folded(byte, before)), prime);
      before = byte;
      if (kind === joint) continue;
      hashAtEnd = hash;
      wordEnd = at + 1;
      if (kind === letter) letters++;
      else {
        // zeros before a number are how it is dialled
        if (digitHash !== ~seed || byte !== zero) digitHash = Math.imul(digitHash ^ byte, prime);
        digits++;
      }
    }
    if (letters === 0) this.#number(text, start, wordEnd, digits, digitHash);
    else this.#groups = 0;
    this.#end(text, start, wordEnd, mixed(hashAtEnd));
    return at;
  }

  #end(text: Uint8Array, start: number, end: number, hash: number): void {
    if (end - start >= leastLetters && this.sink.wants(hash)) this.sink.found("w", textOf(text, start, end), start);
    if (this.#pairStart >= 0 && this.sink.wants(mixed(Math.imul(this.#pairHash, prime) ^ hash)))
      this.sink.found("p", `${textOf(text, this.#pairStart, this.#pairEnd)} ${textOf(text, start, end)}`, start);
    this.#pairHash = hash;
    this.#pairStart = start;
    this.#pairEnd = end;
  }

  /** A group of digits: alone, and together with those that stand right before it. */
  #number(text: Uint8Array, start: number, end: number, digits: number, hash: number): void {
    if (this.#groups > 0 && start - this.#ends[this.#groups - 1]! > groupsApart) this.#groups = 0;
    if (this.#groups === mostGroups) this.#dropFirstGroup();
    this.#starts[this.#groups] = start;
    this.#ends[this.#groups] = end;
    this.#counts[this.#groups++] = digits;
    if (digits >= leastDigits && digits <= mostDigits && this.sink.wants(mixed(hash)))
      this.sink.found("d", digitsOf(text, start, end), start);
    let count = digits;
    for (let first = this.#groups - 2; first >= 0; first--) {
      count += this.#counts[first]!;
      if (count > mostDigits) return;
      if (count >= leastDigits) this.#grouped(text, this.#starts[first]!, end, start);
    }
  }

  #dropFirstGroup(): void {
    for (const list of [this.#starts, this.#ends, this.#counts]) list.copyWithin(0, 1);
    this.#groups--;
  }

  #grouped(text: Uint8Array, start: number, end: number, at: number): void {
    let hash = ~this.#seed;
    for (let each = start; each < end; each++) {
      const isLeading = hash === ~this.#seed && text[each] === zero;
      if (classes[text[each]!] === digit && !isLeading) hash = Math.imul(hash ^ text[each]!, prime);
    }
    if (this.sink.wants(mixed(hash))) this.sink.found("d", digitsOf(text, start, end), at);
  }
}

/** The word as it is digested: without capitals, as far as they are compared. */
function textOf(text: Uint8Array, start: number, end: number): string {
  const bytes = new Uint8Array(end - start);
  for (let at = start; at < end; at++) bytes[at - start] = folded(text[at]!, at > start ? text[at - 1]! : 0);
  return Buffer.from(bytes).toString("utf8");
}

function digitsOf(text: Uint8Array, start: number, end: number): string {
  return Buffer.from(text.subarray(start, end)).toString("latin1").replace(/\D/g, "").replace(/^0+/, "");
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
