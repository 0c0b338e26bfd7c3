/** What a number stands for, for `readAs` of a declaration: SQL on its row `t`. */

/** A level of confidentiality by its name. */
export function levelName(column: string): string {
  return nameOf(column, ["FREE", "RESTRICTED", "CONFIDENTIAL"]);
}

/** A number that counts from 0, by the name at its place. Names are part of the program. */
export function nameOf(column: string, names: readonly string[]): string {
  return `(ARRAY[${names.map((name) => `'${name}'`).join(", ")}])[t.${column} + 1]`;
}

/** The codes whose bits are set, of which the first has the bit 1. Null where the column is. */
export function codesOfBits(column: string, codes: readonly string[]): string {
  const bits = codes.map((code, index) => `('${code}', ${1 << index})`).join(", ");
  return `CASE WHEN t.${column} IS NOT NULL THEN
    ARRAY(SELECT b.code FROM (VALUES ${bits}) AS b (code, bit) WHERE t.${column} & b.bit > 0 ORDER BY b.bit) END`;
}
