import { createHmac } from "node:crypto";
import type { OperationContext } from "../../../platform/context.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { erasedLines } from "../../erasure/index.js";
import { selectDefaults } from "../import-run.sql.js";
import type { ImportRules, ImportStrategy } from "../import-strategy.js";
import { assertFieldsAvailable, readHeader } from "./contact-header.js";
import { type ContactRowInput, readRow } from "./contact-row.js";
import {
  type ContactRules,
  compareMatches,
  createStage,
  fillStage,
  insertContactVerdicts,
  judgeRows,
  lockMatches,
  matchContacts,
  matchStructures,
  refuseErased,
  refuseRepeatedRows,
  takeVerdicts,
} from "./contact-stage.sql.js";
import {
  assignIds,
  insertImported,
  insertImportedAddresses,
  insertImportedConnections,
  insertImportedRoles,
  selectWritten,
  updateImported,
  updateImportedAddresses,
} from "./contact-write.sql.js";

/** New contacts, and those found by their e-mail address. Source: domain 6.9 */
export const contactsImport: ImportStrategy = {
  chunkRows: 4_000,
  async open(context, rules, cells) {
    const header = readHeader(cells);
    assertFieldsAvailable(header, context.fields);
    const given = await contactRules(context, rules);
    return {
      warnings: [],
      readRow: (record, today) => readRow(record, header, today),
      decide: (db, rows) => decide(context, db, rows as readonly ContactRowInput[], given),
      apply: (db) => apply(context, db, given),
    };
  },
};

async function contactRules(context: OperationContext, rules: ImportRules): Promise<ContactRules> {
  const scope = JSON.stringify(["import", context.caller.institutionId, rules.jobId]);
  const key = createHmac("sha256", context.services.secret).update(scope).digest();
  return { ...rules, key, ...(await selectDefaults(context.db)) };
}

async function decide(
  { services }: OperationContext,
  db: BulkSql,
  rows: readonly ContactRowInput[],
  rules: ContactRules,
): Promise<void> {
  await createStage(db);
  await fillStage(db, rows, rules);
  await refuseRepeatedRows(db, rules);
  if (rules.mode === "UPDATE" && rules.onMatch === "UPDATE") await lockMatches(db);
  await matchContacts(db);
  await refuseErased(db, await erasedLines(services.identityKeys, db, rows.map(namingOf)));
  await matchStructures(db, rules);
  if (rules.onMatch === "UPDATE") await compareMatches(db);
  await judgeRows(db, rules);
  await insertContactVerdicts(db);
}

const namingOf = ({ line, values: { email, referenceCode } }: ContactRowInput) => ({ line, email, referenceCode });

async function apply(context: OperationContext, db: BulkSql, rules: ContactRules): Promise<void> {
  if (rules.planJobId !== null) await takeVerdicts(db);
  await updateImportedAddresses(db, rules);
  await updateImported(db, rules);
  await assignIds(db);
  await insertImported(db, rules);
  await insertImportedRoles(db, rules);
  await insertImportedConnections(db, rules);
  await insertImportedAddresses(db, rules);
  const written = await selectWritten(db);
  if (written.length > 0) await context.ports.marketing.copyContacts(db, written);
}
