import { JobRefused } from "../../../platform/jobs/index.js";
import type { RowProblem } from "../import-strategy.js";
import { type BooleanCell, invalidBoolean, invalidOldValue, readBoolean } from "../keyed/boolean-cells.js";
import type { FieldColumn, FieldOfCode } from "../keyed/keyed-header.js";
import { newColumn, oldColumn } from "../keyed/keyed-row.js";

/** What a row says of authorizations, as bits: new values, and those that it takes for the ones of today. */
export interface AuthorizationMasks {
  agreed: number;
  refused: number;
  cleared: number;
  oldAgreed: number;
  oldRefused: number;
  oldCleared: number;
}

const byValue = {
  TRUE: ["agreed", "oldAgreed"],
  FALSE: ["refused", "oldRefused"],
  EMPTY: ["cleared", "oldCleared"],
} as const satisfies Record<BooleanCell, readonly (keyof AuthorizationMasks)[]>;

const booleanCells = Object.keys(byValue) as BooleanCell[];

/**
 * The bit of an authorization.
 * @param codes of marketing, in the order of their bits
 * @param isCriterion whether a code is that of a criterion
 */
export function authorizationOf(codes: readonly string[], isCriterion: (code: string) => boolean): FieldOfCode<number> {
  return (code, position) => {
    const index = codes.indexOf(code);
    if (index >= 0) return 1 << index;
    throw isCriterion(code) ? new JobRefused("WRONG_IMPORT_TYPE") : new JobRefused("UNKNOWN_FIELD", { position });
  };
}

/**
 * Reads the cells of a row. Where the new one is blank, the old one says nothing. One that cannot be read is an error (R14)
 * and stands for whatever the value is: that there was none is no second finding.
 * Source: domain 6.5
 */
export function readAuthorizations(
  cells: readonly string[],
  fields: readonly FieldColumn<number>[],
  problems: RowProblem[],
): AuthorizationMasks {
  const masks = { agreed: 0, refused: 0, cleared: 0, oldAgreed: 0, oldRefused: 0, oldCleared: 0 };
  for (const column of fields) {
    const given = cells[column.newAt]!;
    if (given === "") continue;
    const value = readBoolean(given);
    if (value) masks[byValue[value][0]] |= column.field;
    else problems.push(invalidBoolean(given, newColumn(column)));
    const old = column.oldAt === null ? "" : cells[column.oldAt]!;
    if (old === "") continue;
    const oldValue = readBoolean(old);
    if (!oldValue) problems.push(invalidOldValue(old, oldColumn(column)));
    for (const each of oldValue ? [oldValue] : booleanCells) masks[byValue[each][1]] |= column.field;
  }
  return masks;
}
