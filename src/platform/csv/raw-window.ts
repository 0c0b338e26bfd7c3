/** The bytes from the end of the last record on, so that a doubtful record can be looked at again as it was written. */
export class RawWindow {
  /** Of the first byte held, in the whole file. */
  offset = 0;
  #pieces: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Drops the bytes before `offset`. */
  skipTo(offset: number): void {
    let bytes = offset - this.offset;
    this.offset = offset;
    this.#length -= bytes;
    while (bytes > 0) {
      const first = this.#pieces[0]!;
      if (first.length > bytes) this.#pieces[0] = first.subarray(bytes);
      else this.#pieces.shift();
      bytes -= first.length;
    }
  }

  /** Copies the bytes before `offset`, which stay. */
  textTo(offset: number): string {
    const wanted: Buffer[] = [];
    for (let bytes = offset - this.offset, i = 0; bytes > 0; i++) {
      const piece = this.#pieces[i]!;
      wanted.push(piece.subarray(0, bytes));
      bytes -= piece.length;
    }
    return Buffer.concat(wanted).toString();
  }
}
