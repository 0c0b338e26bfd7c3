import { PackedRows } from "../../../platform/database/copy.js";
import { type Cell, namesOf, type StagedTable } from "./staged-table.js";

/** Rows on their way into a table. They are packed as they come: a chunk has tens of thousands of them. */
export class StagedRows {
  readonly packed = new PackedRows();
  readonly #names: readonly string[];
  #hasNew = false;
  #hasOthers = false;

  constructor(readonly table: StagedTable) {
    this.#names = namesOf(table);
  }

  /**
   * @param isNew false: a row with these keys is there, and is brought to these values
   * @param cells by column; what is left out is NULL
   */
  add(isNew: boolean, cells: Readonly<Record<string, Cell>>): void {
    const row: Cell[] = [isNew ? "t" : "f"];
    for (const name of this.#names) row.push(cells[name] ?? null);
    this.packed.add(row);
    if (isNew) this.#hasNew = true;
    else this.#hasOthers = true;
  }

  get hasNew(): boolean {
    return this.#hasNew;
  }

  get hasOthers(): boolean {
    return this.#hasOthers;
  }
}
