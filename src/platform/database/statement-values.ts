/** The values of a statement that is put together: those that end up in it get their numbers at the end. */
export class StatementValues {
  readonly #values: unknown[] = [];
  readonly #places = new Map<string, Map<unknown, string>>();

  constructor(private readonly institutionId: number) {}

  /** The place of a value, for the text; the same one for the same value, or the same list. */
  add(value: unknown, type = "text"): string {
    const places = this.#places.get(type) ?? new Map<unknown, string>();
    const place = places.get(value) ?? `:${this.#values.push(value) - 1}:::${type}`;
    this.#places.set(type, places.set(value, place));
    return place;
  }

  /** The same values in their places, to which others can be added for one statement of several. */
  copy(): StatementValues {
    const same = new StatementValues(this.institutionId);
    same.#values.push(...this.#values);
    for (const [type, places] of this.#places) same.#places.set(type, new Map(places));
    return same;
  }

  /** The text with numbered places, `$1` the institution, and their values. */
  bind(text: string): [text: string, values: unknown[]] {
    const used: unknown[] = [this.institutionId];
    const numbers = new Map<string, number>();
    const numbered = text.replace(/:(\d+):(?=::)/g, (_, index: string) => {
      const number = numbers.get(index) ?? used.push(this.#values[Number(index)]);
      numbers.set(index, number);
      return `$${number}`;
    });
    return [numbered, used];
  }
}
