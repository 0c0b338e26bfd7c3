import type { ImportWarning } from "../import-strategy.js";
import type { KeyedHeader } from "./keyed-header.js";

const mostNamed = 20;

/** A file may leave out what the values were; its importer is told what that costs. Source: domain 6.3 */
export function oldColumnWarnings({ fields }: KeyedHeader<unknown>): ImportWarning[] {
  const without = fields.filter(({ oldAt }) => oldAt === null).map(({ code }) => code);
  if (without.length === 0) return [];
  return [{ code: "OLD_COLUMN_MISSING", parameters: { columns: without.slice(0, mostNamed).join(", ") } }];
}
