import type { BulkSql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import {
  type Eraser,
  exportedColumns,
  Labels,
  type OpenedValue,
  readSubjectRows,
} from "../../platform/personal-data/index.js";
import { codeLabel } from "./subject-codes.js";
import type { SubjectTable } from "./subject-file.js";

export interface SubjectWish {
  /** Database id. */
  readonly contactId: string;
  readonly locale: Locale;
  /** Ends the reading between two batches. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What the map of personal data marks as shown to the person, table by table in the order of the modules: nothing else
 * decides what is exported.
 */
export async function* subjectTables(
  db: BulkSql,
  modules: readonly Eraser[],
  { contactId, locale, signal }: SubjectWish,
): AsyncGenerator<SubjectTable> {
  const labels = new Labels(modules.map((module) => module.labels));
  const named = (table: string, columns: readonly string[]) => ({
    table,
    title: labels.table(table, locale),
    columns: columns.map((name) => ({
      ...{ name, label: labels.column(table, name, locale), codes: codeLabel(table, name, locale) },
    })),
  });
  for (const { personalData, opened } of modules) {
    for (const declaration of personalData) {
      const columns = exportedColumns(declaration);
      if (columns.length === 0) continue;
      signal?.throwIfAborted();
      const batches = untilAborted(readSubjectRows(db, declaration, contactId), signal);
      yield { ...named(declaration.table, columns), batches };
    }
    for (const value of (await opened?.(db, contactId)) ?? [])
      yield { ...named(value.table, [value.column]), batches: once(value) };
  }
}

async function* untilAborted(batches: AsyncIterable<unknown[][]>, signal: AbortSignal | undefined) {
  for await (const rows of batches) {
    signal?.throwIfAborted();
    yield rows;
  }
}

async function* once({ value }: OpenedValue) {
  yield [[value]];
}
