import type { Services } from "../context.js";
import type { Sql } from "../database/sql.js";
import type { TableDeclaration } from "./declaration.js";
import {
  type ErasureSteps,
  eraseDeclared,
  eraseGuarded,
  purgeGuarded,
  removeDeclared,
  selectLeft,
  selectNamed,
} from "./erase.sql.js";
import type { PersonalLabels } from "./labels.js";

/** A text that leads to a person, read before it is erased. */
export interface ErasedIdentifier {
  /** Database id of the contact. */
  readonly contactId: string;
  readonly kind: "EMAIL" | "PHONE" | "NAME" | "REFERENCE" | "LOGIN" | "DOCUMENT" | "ALIAS";
  /** Of a NAME: first and last name, parted by a line feed. */
  readonly text: string;
}

/** A value that the tables hold sealed, opened for the person whose it is. */
export interface OpenedValue {
  readonly table: string;
  readonly column: string;
  readonly value: string;
}

/** What the audit says of an erasure. */
export interface ErasureEntry {
  readonly ids: readonly string[];
  readonly outcome: "ANONYMIZED" | "DELETED";
  /** Database id of the batch; null when it was done by hand. */
  readonly runId: string | null;
}

/** A module's part in duties to persons: erasing, in the transaction of all modules, and exporting. With full clearance. */
export interface Eraser {
  readonly personalData: readonly TableDeclaration[];
  /** How a subject export calls the tables and columns. */
  readonly labels?: PersonalLabels;
  /** What a subject export shows of sealed columns of this person. */
  opened?(db: Sql, id: string): Promise<OpenedValue[]>;
  /** What leads to these persons in the module's tables. */
  identifiers?(db: Sql, ids: readonly string[]): Promise<ErasedIdentifier[]>;
  /** Before any module erases: what the declarations cannot say. */
  before?(db: Sql, ids: readonly string[]): Promise<ErasureSteps>;
  /** Writes that these contacts, who are locked and still there, are erased; into the audit of the module that has it. */
  record?(db: Sql, entry: ErasureEntry): Promise<void>;
  /**
   * Of persons who go altogether, once they are anonymized: what the declarations cannot say. After them. Of a table whose
   * rows erasing counts as well it counts all that are theirs.
   */
  remove?(db: Sql, ids: readonly string[]): Promise<ErasureSteps>;
  /**
   * Removes the files that erasures had expire, after they have committed. A job does so, too; the pass that looks for what
   * is left does not trust to its having come first. Twice does no harm.
   */
  sweep?(services: Services, institutionId: number, signal: AbortSignal): Promise<void>;
}

/** Contacts who are locked, by what becomes of them. */
export interface Doomed {
  readonly anonymized: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Erases these contacts in the tables of every module, also those who are then removed. Repeated, it changes nothing.
 * @returns `ofRemoved`: rows of the removed alone, which are still there
 */
export async function eraseEverywhere(
  db: Sql,
  erasers: readonly Eraser[],
  { anonymized, removed }: Doomed,
): Promise<{ readonly steps: ErasureSteps; readonly ofRemoved: ErasureSteps }> {
  const all = [...anonymized, ...removed];
  const steps: ErasureSteps[] = [];
  for (const { before } of erasers) if (before) steps.push(await before(db, all));
  // a row of both goes with the removed, and is theirs
  const ofRemoved = await erasePersons(db, erasers, removed);
  return { steps: summed([...steps, await erasePersons(db, erasers, anonymized)]), ofRemoved };
}

async function erasePersons(db: Sql, erasers: readonly Eraser[], ids: readonly string[]): Promise<ErasureSteps> {
  if (ids.length === 0) return {};
  const steps: ErasureSteps[] = [];
  for (const { personalData } of erasers) steps.push(await eraseDeclared(db, personalData, ids));
  for (const { personalData } of erasers) steps.push(await eraseGuarded(db, personalData, ids));
  return summed(steps);
}

/** Removes contacts who were erased, with all that hangs on them. The last tables go first. */
export async function removeEverywhere(
  db: Sql,
  erasers: readonly Eraser[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  const steps: ErasureSteps[] = [];
  for (const eraser of erasers.toReversed()) {
    steps.push(await removeDeclared(db, eraser.personalData.toReversed(), ids));
    if (eraser.remove) steps.push(await eraser.remove(db, ids));
  }
  for (const { personalData } of erasers) steps.push(await purgeGuarded(db, personalData, ids));
  return summed(steps);
}

/**
 * Shows that of erased contacts nothing is left that the map says is gone, and of the removed ones not even their ids.
 * @throws Error naming the tables: a fault of the program, which undoes the erasure
 */
export async function proveErased(db: Sql, erasers: readonly Eraser[], { anonymized, removed }: Doomed): Promise<void> {
  for (const { personalData } of erasers) {
    const left = await selectLeft(db, personalData, [...anonymized, ...removed]);
    const named = removed.length > 0 ? await selectNamed(db, personalData, removed) : {};
    const tables = [...Object.keys(left), ...Object.keys(named)];
    if (tables.length > 0) throw new Error(`erasing has left personal data in ${[...new Set(tables)].join(", ")}`);
  }
}

/** The steps together, without the tables in which there was nothing. */
export function summed(steps: readonly ErasureSteps[]): ErasureSteps {
  const all: Record<string, number> = {};
  for (const [table, rows] of steps.flatMap(Object.entries) as [string, number][])
    if (rows > 0) all[table] = (all[table] ?? 0) + rows;
  return all;
}

/**
 * Rows of removed contacts that were erased, or removed, or both: each counts once. Removing counts all rows of a table that
 * were theirs, or leaves them to what they hang on; so of each table the larger number has the rows of the smaller one.
 */
export function eitherOf(erased: ErasureSteps, gone: ErasureSteps): ErasureSteps {
  const tables = new Set([...Object.keys(erased), ...Object.keys(gone)]);
  return Object.fromEntries([...tables].map((table) => [table, Math.max(erased[table] ?? 0, gone[table] ?? 0)]));
}
