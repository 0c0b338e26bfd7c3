import type { OperationContext } from "../../../platform/context.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { readAuthorizations } from "../authorizations/authorization-cells.js";
import { type ImportColumn, importColumns, toldBy } from "../contacts/contact-header.js";
import type { ContactRowInput, RowValues } from "../contacts/contact-row.js";
import { createStage, fillStage } from "../contacts/contact-stage.sql.js";
import {
  insertImportedAddresses,
  selectWritten,
  updateImported,
  updateImportedAddresses,
} from "../contacts/contact-write.sql.js";
import type { RowProblem } from "../import-strategy.js";
import {
  insertFieldProblems,
  nameStagedContacts,
  selectWrittenFields,
  type WrittenField,
} from "./undo-contacts.sql.js";
import type { ClaimedUndo } from "./undo-job.sql.js";

/** Finds what fields of contacts were before the import, and which of them somebody has changed since. */
export async function judgeWrittenFields(
  { fields }: OperationContext,
  db: BulkSql,
  job: ClaimedUndo,
): Promise<ContactRowInput[]> {
  const written = await selectWrittenFields(db, job.id);
  const isWithheld = (field: string) => toldBy(field as ImportColumn).some((each) => !fields.may("Contact", each));
  const problemOf = ({ field, isBack, isStill }: WrittenField): RowProblem[] => {
    if (isWithheld(field)) return [{ code: "FIELD_NOT_AVAILABLE", column: field }];
    return isBack || isStill ? [] : [{ code: "VALUE_CHANGED_SINCE", column: field }];
  };
  const found = written.flatMap((each) => problemOf(each).map((problem) => ({ line: each.line, problem })));
  await insertFieldProblems(db, found);
  const byLine = Map.groupBy(
    written.filter(({ isBack }) => !isBack),
    ({ line }) => line,
  );
  return [...byLine].map(([line, before]) => ({
    ...{ line, kind: "INDIVIDUAL", values: valuesOf(before), problems: [] },
    ...{ criteria: [], masks: readAuthorizations([], [], []) },
  }));
}

/** Null keeps what is there, an empty text clears it. */
function valuesOf(before: readonly WrittenField[]): RowValues {
  const values = Object.fromEntries(importColumns.map((column) => [column, null])) as RowValues;
  for (const { field, was } of before) values[field as ImportColumn] = was ?? "";
  return values;
}

/** No row has an e-mail address that would be compared. */
const noKey = Buffer.alloc(0);

/**
 * Writes them back as an import writes, with audit, search keys and what marketing keeps of them.
 * @param wish with the country that telephone numbers without one are of
 */
export async function writeFieldsBack(
  context: OperationContext,
  db: BulkSql,
  { id: jobId }: ClaimedUndo,
  { rows, country }: { readonly rows: readonly ContactRowInput[]; readonly country: string },
): Promise<void> {
  if (rows.length === 0) return;
  await createStage(db);
  await fillStage(db, rows, { key: noKey, country });
  await nameStagedContacts(db);
  await updateImportedAddresses(db, { jobId });
  await updateImported(db, { jobId });
  // an address without a country had none before
  await insertImportedAddresses(db, { jobId, country: null });
  const changed = await selectWritten(db);
  if (changed.length > 0) await context.ports.marketing.copyContacts(db, changed);
}
