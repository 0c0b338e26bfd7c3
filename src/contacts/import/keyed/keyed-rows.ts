import { PackedRows } from "../../../platform/database/copy.js";
import type { KeyedRowInput } from "./keyed-row.js";

/** A temporary table for the rows of a chunk, for one transaction: the key of each, and what its type adds. */
export interface KeyedStage<Row extends KeyedRowInput> {
  /** Part of the program, as are the columns. */
  readonly table: string;
  /** Name to type. */
  readonly columns: Readonly<Record<string, string>>;
  /** In the order of the columns. */
  values(row: Row): readonly (string | number | null)[];
}

/** Of every stage, before those of its type. */
export const keyColumns = "line, is_keyed, contact_id, contact_number, is_by_number, problems";

const flag = (value: boolean) => (value ? "t" : "f");

/** From, to. */
export type IdRange = readonly [lowest: number, highest: number];

export const anyId: IdRange = [0, Number.MAX_SAFE_INTEGER];

/** Rows of a chunk as COPY takes them: as they come, so that of none more is kept than is to be written. */
export class KeyedRows<Row extends KeyedRowInput> {
  readonly packed = new PackedRows();
  /** Whether there are rows whose contact is to be looked up by his number. */
  hasNumbers = false;
  #lowest = Number.MAX_SAFE_INTEGER;
  #highest = 0;
  /** False when none of the rows can be about the contact of another one of the file. */
  mayRepeat = false;

  /** @param isRepeat of the file: asked about all of its rows in their order */
  constructor(
    readonly stage: KeyedStage<Row>,
    private readonly isRepeat: (row: KeyedRowInput) => boolean = () => true,
  ) {}

  add(row: Row): void {
    const { line, isKeyed, contactId, contactNumber, isByNumber, problems } = row;
    const found = problems.length > 0 ? JSON.stringify(problems) : null;
    const { packed, stage } = this;
    packed.add([line, flag(isKeyed), contactId, contactNumber, flag(isByNumber), found, ...stage.values(row)]);
    if (contactId !== null) this.#widen(Number(contactId));
    this.hasNumbers ||= contactId === null && contactNumber !== null;
    // asked about each
    this.mayRepeat = this.isRepeat(row) || this.mayRepeat;
  }

  /** The lowest and the highest id that they can be about: in a file in the order of ids, not many more than there are rows. */
  get range(): IdRange {
    return this.hasNumbers ? anyId : [this.#lowest, this.#highest];
  }

  #widen(id: number): void {
    if (id < this.#lowest) this.#lowest = id;
    if (id > this.#highest) this.#highest = id;
  }
}

/**
 * Watches the keys of a file: whether a row may be about the contact of a row before it. Ids that only ascend repeat
 * nobody, as a template comes back, and nobody has to be looked for.
 */
export function repeatWatch(): (row: KeyedRowInput) => boolean {
  let highest = 0;
  return ({ isKeyed, contactId }) => {
    if (!isKeyed) return false;
    // whose number it is, is known later: any row after it may be about him
    if (contactId === null) highest = Number.POSITIVE_INFINITY;
    const id = Number(contactId);
    if (!Number.isSafeInteger(id) || id <= highest) return true;
    highest = id;
    return false;
  };
}
