/** Numbers of lines, one bit for each line of the file: as many as it has, whatever their number. */
export class LineSet {
  #bits = new Uint8Array(1_024);

  add(line: number): void {
    const place = line >> 3;
    if (place >= this.#bits.length) {
      const wider = new Uint8Array(2 * place);
      wider.set(this.#bits);
      this.#bits = wider;
    }
    this.#bits[place] = this.#bits[place]! | (1 << (line & 7));
  }

  has(line: number): boolean {
    return ((this.#bits[line >> 3] ?? 0) & (1 << (line & 7))) !== 0;
  }
}
