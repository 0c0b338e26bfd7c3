import type { CsvRecord } from "../../../platform/csv/index.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import type { ImportRowInput, RowProblem } from "../import-strategy.js";
import type { FieldColumn, KeyedHeader } from "./keyed-header.js";

/** The key of a row, and what is wrong with its cells. */
export interface KeyedRowInput extends ImportRowInput {
  readonly problems: RowProblem[];
  /** False: the row cannot be read at all, so nobody is looked for. */
  readonly isKeyed: boolean;
  /** Database id; 0, which nobody has, for what is no id of a contact; null where the row gives none. */
  readonly contactId: string | null;
  readonly contactNumber: string | null;
  /** Problems of the key are the number's: the row gives no id. */
  readonly isByNumber: boolean;
}

/** Reads the key; nothing more of a row that has not as many cells as the header. Source: domain 6.4 (1, 2) */
export function readKey({ line, cells }: CsvRecord, header: KeyedHeader<unknown>): KeyedRowInput {
  const { width, named, idAt, numberAt } = header;
  if (cells.length !== width || cells.some((cell, at) => at >= named && cell !== "")) {
    const problems = [{ code: "COLUMN_COUNT", column: null }];
    return { line, problems, isKeyed: false, contactId: null, contactNumber: null, isByNumber: false };
  }
  const id = idAt === null ? "" : cells[idAt]!;
  const number = numberAt === null ? "" : cells[numberAt]!;
  return {
    line,
    problems: [],
    isKeyed: true,
    contactId: id === "" ? null : (decodeId("Contact", id) ?? "0"),
    contactNumber: number === "" ? null : number,
    isByNumber: id === "" && (number !== "" || idAt === null),
  };
}

/** The column of new values, as problems name it. */
export const newColumn = ({ code, heading }: Pick<FieldColumn<unknown>, "code" | "heading">): string =>
  heading ?? `[new]${code}`;

export const oldColumn = ({ code }: Pick<FieldColumn<unknown>, "code">): string => `[old]${code}`;
