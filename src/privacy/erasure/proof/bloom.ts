/** Which hashes of 32 bits may be among many: few others pass. */
export class Bloom {
  readonly #first: Uint32Array;
  readonly #second: Uint32Array;
  readonly #mask: number;

  /** @param count how many there are going to be */
  constructor(count: number) {
    const bits = 2 ** Math.min(30, Math.max(20, Math.ceil(Math.log2(Math.max(1, count) * 32))));
    this.#mask = bits - 1;
    this.#first = new Uint32Array(bits / 32);
    this.#second = new Uint32Array(bits / 32);
  }

  add(hash: number): void {
    const [one, two] = [hash & this.#mask, secondOf(hash) & this.#mask];
    this.#first[one >>> 5]! |= 1 << (one & 31);
    this.#second[two >>> 5]! |= 1 << (two & 31);
  }

  has(hash: number): boolean {
    const one = hash & this.#mask;
    if ((this.#first[one >>> 5]! & (1 << (one & 31))) === 0) return false;
    const two = secondOf(hash) & this.#mask;
    return (this.#second[two >>> 5]! & (1 << (two & 31))) !== 0;
  }
}

function secondOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 1;
}
