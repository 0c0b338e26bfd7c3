import { createHmac } from "node:crypto";
import type { OperationContext } from "../../../platform/context.js";
import { plannedByKeys } from "../../../platform/database/planning.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { applyCriterionWish } from "../../criteria/contact-criteria.sql.js";
import { erasedLines } from "../../erasure/index.js";
import { authorizationWish, wishAuthorizations } from "../authorizations/authorization-cells.sql.js";
import { wishCriteria } from "../criteria/criterion-cells.sql.js";
import { selectDefaults } from "../import-run.sql.js";
import { type ImportRules, type ImportStrategy, rowIntake } from "../import-strategy.js";
import { isPartner, partnerReach } from "../partners/partner-reach.js";
import { type CodeFields, isKnownCode, readCodeFields, selectKnownCodes } from "./contact-codes.js";
import { judgeCodes } from "./contact-codes.sql.js";
import { noteFieldChanges } from "./contact-fields.sql.js";
import { assertFieldsAvailable, readHeader } from "./contact-header.js";
import { lockMatches, matchContacts, matchStructures, refuseErased, selectCandidates } from "./contact-match.sql.js";
import { type ContactRowInput, readRow } from "./contact-row.js";
import {
  type ContactRules,
  compareMatches,
  createStage,
  fillStage,
  insertContactVerdicts,
  judgeRows,
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
  overlaps: false,
  async open(context, rules, cells) {
    const known = await selectKnownCodes(context);
    const header = readHeader(cells, (name) => isKnownCode(known, name));
    assertFieldsAvailable(header, context.fields);
    const coded = await readCodeFields(context, known, header.codes);
    const given = await contactRules(context, rules);
    return {
      warnings: [],
      begin: (today) =>
        rowIntake(
          (record) => readRow(record, header, coded, today),
          (db, rows) =>
            plannedByKeys(db, async () => {
              await decide(context, db, rows, given);
              // most files have no such column
              if (header.codes.length > 0) await judgeCodes(db, rows, given);
              await judgeRows(db, given);
              await insertContactVerdicts(db);
            }),
        ),
      apply: (db) => plannedByKeys(db, () => apply(context, db, given, coded)),
    };
  },
};

async function contactRules(context: OperationContext, rules: ImportRules): Promise<ContactRules> {
  const scope = JSON.stringify(["import", context.caller.institutionId, rules.jobId]);
  const key = createHmac("sha256", context.services.secret).update(scope).digest();
  const { authorizationCodes: authorizations } = context.ports.marketing;
  return { ...rules, key, authorizations, ...(await selectDefaults(context.db)) };
}

/** All but what is said by codes. */
async function decide(
  context: OperationContext,
  db: BulkSql,
  rows: readonly ContactRowInput[],
  rules: ContactRules,
): Promise<void> {
  await createStage(db);
  await fillStage(db, rows, rules);
  await refuseRepeatedRows(db, rules);
  if (rules.mode === "UPDATE" && rules.onMatch === "UPDATE") await lockMatches(db);
  const reach = isPartner(context) ? await partnerReach(context, db, await selectCandidates(db)) : null;
  await matchContacts(db, reach);
  await refuseErased(db, await erasedLines(context.services.identityKeys, db, rows.map(namingOf)));
  await matchStructures(db, rules, reach);
  if (rules.onMatch === "UPDATE") await compareMatches(db);
  if (rules.onMatch === "UPDATE" && rules.mode === "CHECK") await noteFieldChanges(db, rules);
}

const namingOf = ({ line, values: { email, referenceCode } }: ContactRowInput) => ({ line, email, referenceCode });

async function apply(
  context: OperationContext,
  db: BulkSql,
  rules: ContactRules,
  { criteria, authorizations }: CodeFields,
): Promise<void> {
  if (rules.planJobId !== null) await takeVerdicts(db);
  await updateImportedAddresses(db, rules);
  await updateImported(db, rules);
  await assignIds(db);
  await insertImported(db, rules);
  await insertImportedRoles(db, rules);
  await insertImportedConnections(db, rules);
  await insertImportedAddresses(db, rules);
  if (criteria.length > 0) await writeCriteria(db, rules);
  const written = await selectWritten(db);
  if (written.length > 0) await context.ports.marketing.copyContacts(db, written);
  if (authorizations.length === 0) return;
  await wishAuthorizations(db, "import_stage");
  const codes = authorizations.map(({ code }) => code);
  await context.ports.marketing.applyAuthorizationWish(db, { jobId: rules.jobId, codes, table: authorizationWish });
}

async function writeCriteria(db: BulkSql, { jobId }: ContactRules): Promise<void> {
  await wishCriteria(db);
  for (const isCreation of [false, true]) await applyCriterionWish(db, { jobId, isCreation });
}
