import type { RowProblem } from "../import-strategy.js";

/** What a cell that is not blank says: EMPTY clears. */
export type BooleanCell = "TRUE" | "FALSE" | "EMPTY";

/** The spellings of domain 6.5: a closed list, and the case counts [D-21]. */
const spellings: Readonly<Record<string, BooleanCell>> = {
  TRUE: "TRUE",
  true: "TRUE",
  T: "TRUE",
  t: "TRUE",
  FALSE: "FALSE",
  false: "FALSE",
  F: "FALSE",
  f: "FALSE",
  Empty: "EMPTY",
};

/** What spreadsheets in French, Spanish, German and Italian make of TRUE and FALSE, and what old workbooks (.xls) do. */
const remade: Readonly<Record<string, BooleanCell>> = {
  VRAI: "TRUE",
  FAUX: "FALSE",
  VERDADERO: "TRUE",
  FALSO: "FALSE",
  WAHR: "TRUE",
  FALSCH: "FALSE",
  VERO: "TRUE",
  1: "TRUE",
  0: "FALSE",
};

const accepted = Object.keys(spellings).join(", ");

/** Null for any other spelling. */
export function readBoolean(cell: string): BooleanCell | null {
  return Object.hasOwn(spellings, cell) ? spellings[cell]! : null;
}

/** For a cell that is none of them. */
export function invalidBoolean(cell: string, column: string): RowProblem {
  return { code: "INVALID_BOOLEAN", column, parameters: { accepted, hint: hintOf(cell) } };
}

/** For an old value that cannot be read: nothing is known of what the row was made for. */
export const invalidOldValue = (cell: string, column: string): RowProblem => ({
  ...{ code: "INVALID_OLD_VALUE", column, parameters: { hint: hintOf(cell) } },
});

/** In letters that reports have in every encoding: Windows-1252 has no arrow. */
const hintOf = (cell: string): string => (Object.hasOwn(remade, cell) ? ` (${cell} = ${remade[cell]})` : "");
