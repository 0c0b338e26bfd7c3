import type { BulkSql } from "../database/sql.js";
import { declaredColumns, personalColumns, type TableDeclaration } from "./declaration.js";
import { ofPersons } from "./erase.sql.js";

/** The columns that a subject export shows of a table, in the order of its declaration. */
export function exportedColumns(declaration: TableDeclaration): string[] {
  return personalColumns(declaration)
    .filter(({ isExported }) => isExported)
    .map(({ name }) => name);
}

/**
 * What a table holds of one person, as its declaration marks it, in batches: memory stays flat for any number of rows.
 * Complete, whatever the caller may see: the session is cleared for everybody (design 3).
 * @param contactId database id
 * @returns rows with the values of {@link exportedColumns}
 */
export function readSubjectRows(
  db: BulkSql,
  declaration: TableDeclaration,
  contactId: string,
): AsyncIterable<unknown[][]> {
  const { readAs = {}, table } = declaration;
  const columns = exportedColumns(declaration);
  const values = columns.map((name) => readAs[name] ?? `t.${name}`);
  const order = declaredColumns(declaration).includes("id") ? "t.id" : columns.map((_, index) => index + 1).join(", ");
  return db.stream<unknown[]>(
    `/* readSubjectRows */ SELECT ${values.join(", ")} FROM ${table} t WHERE ${ofPersons(declaration)} ORDER BY ${order}`,
    [db.institutionId, [contactId]],
  );
}
