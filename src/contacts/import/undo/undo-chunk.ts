import type { OperationContext } from "../../../platform/context.js";
import { withFullClearance } from "../../../platform/database/full-clearance.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { Rollback } from "../../../platform/database/transaction.js";
import { applyCriterionWish } from "../../criteria/contact-criteria.sql.js";
import { authorizationWish, createAuthorizationWish } from "../authorizations/authorization-cells.sql.js";
import type { ContactRowInput } from "../contacts/contact-row.js";
import { createCriterionCells, judgeCriteria } from "../criteria/criterion-cells.sql.js";
import { waitForImports } from "../import-run.sql.js";
import { hideUnshared } from "../partners/partner-reach.js";
import { judgeWrittenAuthorizations, wishAuthorizationsBack } from "./undo-authorizations.sql.js";
import { judgeWrittenFields, writeFieldsBack } from "./undo-contacts.js";
import { insertCriterionProblems, stageWrittenCriteria, wishCriteriaBack } from "./undo-criteria.sql.js";
import { advanceUndo, type ClaimedUndo, selectUndoCursor } from "./undo-job.sql.js";
import {
  columnPrefix,
  createUndoRows,
  insertUndoRows,
  judgeUndoContacts,
  lockUndoContacts,
  takeUndoRows,
} from "./undo-row.sql.js";

/** Rows of a chunk, one transaction each. */
const chunkRows: Readonly<Record<ClaimedUndo["type"], number>> = {
  CONTACTS: 4_000,
  CRITERIA: 10_000,
  AUTHORIZATIONS: 20_000,
};

/** What values are put back by, beside what they were. */
export interface UndoRules {
  /** Codes of the organizations that it is made for. */
  readonly organizations: readonly string[];
  /** The institution's. */
  readonly country: string;
}

/**
 * Deals with the next rows that the import has written, in one transaction that also moves the undo's cursor: killed at
 * any moment, an undo is before or after a chunk, never within. Whatever an import of this type writes is judged first,
 * and rows in whose way nothing stands are then written.
 * @returns whether there may be more; false also when another run has the undo
 */
export async function undoChunk(context: OperationContext, job: ClaimedUndo, rules: UndoRules): Promise<boolean> {
  return context.bulkTransaction(async (db) => {
    await waitForImports(db);
    const cursor = await withFullClearance(db, () => selectUndoCursor(db, job));
    if (cursor === null) return false;
    await createUndoRows(db);
    const last = await takeUndoRows(db, job.id, cursor, chunkRows[job.type]);
    if (last === null) return false;
    await lockUndoContacts(db);
    await hideUnshared(context, db, "undo_row");
    await judgeUndoContacts(db);
    const fields = job.type === "CONTACTS" ? await judgeWrittenFields(context, db, job) : [];
    if (job.type !== "AUTHORIZATIONS") await judgeCriteriaBack(context, db, job, rules);
    if (job.type !== "CRITERIA") await judgeAuthorizationsBack(context, db, job);
    await writeBack(context, db, job, { fields, rules });
    const counts = await insertUndoRows(db, job.id);
    const isOurs = await withFullClearance(db, () => advanceUndo(db, job, last, counts));
    if (!isOurs) throw new Rollback(false);
    return true;
  });
}

async function judgeCriteriaBack(
  { fields }: OperationContext,
  db: BulkSql,
  job: ClaimedUndo,
  { organizations }: UndoRules,
): Promise<void> {
  await createCriterionCells(db);
  await stageWrittenCriteria(db, job, !fields.may("Contact", "criteria"));
  await judgeCriteria(db, organizations, columnPrefix(job.type));
  await insertCriterionProblems(db);
}

async function judgeAuthorizationsBack(context: OperationContext, db: BulkSql, job: ClaimedUndo): Promise<void> {
  const isWithheld = !context.fields.may("Contact", "authorizations");
  await judgeWrittenAuthorizations(db, job, context.ports.marketing.authorizationCodes, isWithheld);
}

/** In the order in which tables are locked. */
async function writeBack(
  context: OperationContext,
  db: BulkSql,
  job: ClaimedUndo,
  { fields, rules }: { readonly fields: readonly ContactRowInput[]; readonly rules: UndoRules },
): Promise<void> {
  const { marketing } = context.ports;
  await writeFieldsBack(context, db, job, { rows: fields, country: rules.country });
  if (job.type !== "AUTHORIZATIONS") {
    await wishCriteriaBack(db);
    await applyCriterionWish(db, { jobId: job.id });
  }
  if (job.type !== "CRITERIA") {
    await createAuthorizationWish(db);
    await wishAuthorizationsBack(db);
    const codes = marketing.authorizationCodes;
    await marketing.applyAuthorizationWish(db, { jobId: job.id, codes, table: authorizationWish });
  }
}
