import { CriterionKind } from "../../criteria/criterion.enums.js";
import { textProblems } from "../../criteria/criterion-rules.js";
import type { RowProblem } from "../import-strategy.js";
import { invalidBoolean, invalidOldValue, readBoolean } from "../keyed/boolean-cells.js";
import type { FieldColumn } from "../keyed/keyed-header.js";
import { newColumn, oldColumn } from "../keyed/keyed-row.js";
import type { CriterionColumn } from "./criterion-columns.js";

/** What a cell says: codes in order, each once; one empty code beside a text; none at all clears. */
export interface CellState {
  readonly codes: readonly string[];
  readonly text: string | null;
}

/** What a row says of one criterion. */
export interface CriterionCell {
  readonly criterionId: number;
  readonly wanted: CellState;
  /** What it takes for the value of today; null where it does not say. */
  readonly old: CellState | null;
}

const clearing = "Empty";
const nothing: CellState = { codes: [], text: null };

/** Reads the cells of a row. Where the new one is blank, the old one says nothing. Source: domain 6.6 */
export function readCriteria(
  cells: readonly string[],
  fields: readonly FieldColumn<CriterionColumn>[],
  problems: RowProblem[],
): CriterionCell[] {
  return fields.flatMap((column) => {
    const given = cells[column.newAt]!;
    if (given === "") return [];
    const wanted = readNew(given, column, problems);
    const written = column.oldAt === null ? "" : cells[column.oldAt]!;
    const old = written === "" ? null : readOld(written, column.field);
    if (old === undefined) problems.push(invalidOldValue(written, oldColumn(column)));
    return wanted && old !== undefined ? [{ criterionId: column.field.id, wanted, old }] : [];
  });
}

function readNew(cell: string, column: FieldColumn<CriterionColumn>, problems: RowProblem[]): CellState | null {
  const name = newColumn(column);
  const found = problemsOf(cell, column.field).map((problem) => ({ ...problem, column: name }));
  problems.push(...found);
  return found.length > 0 ? null : stateOf(cell, column.field);
}

/** Undefined for what cannot be read. */
function readOld(cell: string, column: CriterionColumn): CellState | undefined {
  return problemsOf(cell, column).length > 0 ? undefined : stateOf(cell, column);
}

function problemsOf(cell: string, column: CriterionColumn): RowProblem[] {
  if (cell === clearing) return [];
  if (column.kind === CriterionKind.YES_NO) return readBoolean(cell) ? [] : [invalidBoolean(cell, "")];
  if (column.kind === CriterionKind.FREE_TEXT)
    return textProblems(cell).map(({ code, parameters }) => ({
      code,
      column: null,
      ...(parameters && { parameters }),
    }));
  const codes = codesOf(cell);
  const unknown = codes.filter((code) => !column.codes.has(code));
  const isSingle = column.kind === CriterionKind.LIST && codes.length > 1;
  return [
    ...(isSingle ? [{ code: "SINGLE_VALUE_EXPECTED", column: null }] : []),
    ...unknown.map((code) => ({ code: "UNKNOWN_CODE", column: null, parameters: { accepted: column.meant(code) } })),
  ];
}

function stateOf(cell: string, { kind }: CriterionColumn): CellState {
  if (cell === clearing) return nothing;
  if (kind === CriterionKind.YES_NO) return yesNo[readBoolean(cell)!];
  if (kind === CriterionKind.FREE_TEXT) return { codes: [""], text: cell.replaceAll("\r\n", "\n") };
  return { codes: codesOf(cell), text: null };
}

const yesNo = {
  TRUE: { codes: ["TRUE"], text: null },
  FALSE: { codes: ["FALSE"], text: null },
  EMPTY: nothing,
} as const satisfies Record<string, CellState>;

/** A set: order and repeats do not count. In the order of the database, which is that of ASCII. */
function codesOf(cell: string): string[] {
  return [...new Set(cell.split("|").map((code) => code.trim()))].sort((a, b) => (a < b ? -1 : Number(a > b)));
}
