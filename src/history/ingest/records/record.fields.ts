import type { RecordProblem } from "./record.js";
import type { BadValue, ValueReader } from "./values.js";

/** Where an object stands: below a field of another one, maybe in a list. */
interface Place {
  readonly above: RecordFields;
  readonly field: string;
  readonly index?: number;
}

const nothing: Readonly<Record<string, unknown>> = {};

/**
 * The fields of one object of a record. Reading collects problems; a value that has one is answered as its reader's
 * type all the same, because a record with problems is never used. `null` and a field that is left out are the same:
 * a record says everything about its subject.
 */
export class RecordFields {
  readonly #values: Readonly<Record<string, unknown>>;

  /** @param known every field that such an object can have */
  constructor(
    value: unknown,
    known: ReadonlySet<string>,
    readonly problems: RecordProblem[],
    private readonly place: Place | null = null,
  ) {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    this.#values = isObject ? (value as Record<string, unknown>) : nothing;
    if (!isObject) this.#report({ code: "RECORD_OBJECT_EXPECTED" });
    else if (Object.keys(this.#values).some((name) => !known.has(name))) {
      // its name may be anything, so it is not repeated
      this.#report({ code: "RECORD_FIELD_UNKNOWN", parameters: { known: [...known].join(", ") } });
    }
  }

  has(field: string): boolean {
    return this.#values[field] != null;
  }

  required<Value>(field: string, read: ValueReader<Value>): Value {
    if (this.has(field)) return this.#read(field, read) as Value;
    this.report(field, { code: "FIELD_REQUIRED" });
    return undefined as Value;
  }

  optional<Value>(field: string, read: ValueReader<Value>): Value | null {
    return this.has(field) ? this.#read(field, read) : null;
  }

  orElse<Value>(field: string, read: ValueReader<Value>, otherwise: Value): Value {
    return this.optional(field, read) ?? otherwise;
  }

  /** An object in a field. */
  object(field: string, known: ReadonlySet<string>): RecordFields {
    return new RecordFields(this.#values[field], known, this.problems, { above: this, field });
  }

  /** The objects of a list; none when it is left out. */
  objects<Item>(
    field: string,
    known: ReadonlySet<string>,
    maximum: number,
    read: (fields: RecordFields) => Item,
  ): Item[] {
    return this.#list(field, maximum).map((value, index) =>
      read(new RecordFields(value, known, this.problems, { above: this, field, index })),
    );
  }

  /** The values of a list; none when it is left out. */
  values<Value>(field: string, maximum: number, read: ValueReader<Value>): Value[] {
    return this.#list(field, maximum).map((value, index) => {
      const result = read(value);
      if ("bad" in result) this.report(field, result.bad, index);
      return "bad" in result ? (undefined as Value) : result.value;
    });
  }

  report(field: string, { code, parameters }: BadValue, index?: number): void {
    const path = [...this.path(), field, ...(index === undefined ? [] : [String(index)])];
    this.problems.push(parameters ? { code, path, parameters } : { code, path });
  }

  path(): string[] {
    if (!this.place) return [];
    const { above, field, index } = this.place;
    return [...above.path(), field, ...(index === undefined ? [] : [String(index)])];
  }

  #report({ code, parameters }: BadValue): void {
    this.problems.push(parameters ? { code, path: this.path(), parameters } : { code, path: this.path() });
  }

  #read<Value>(field: string, read: ValueReader<Value>): Value | null {
    const result = read(this.#values[field]);
    if ("value" in result) return result.value;
    this.report(field, result.bad);
    return null;
  }

  #list(field: string, maximum: number): readonly unknown[] {
    const list = this.#values[field] ?? [];
    if (!Array.isArray(list)) this.report(field, { code: "RECORD_LIST_EXPECTED" });
    else if (list.length > maximum) this.report(field, { code: "RECORD_LIST_TOO_LONG", parameters: { maximum } });
    else return list;
    return [];
  }
}
