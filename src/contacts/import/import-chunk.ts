import type { OperationContext } from "../../platform/context.js";
import type { BulkSql } from "../../platform/database/sql.js";
import type { ImportRowInput } from "./import-row.js";
import { advanceJob, type ClaimedJob, lockCursor, waitForImports, withFullClearance } from "./import-run.sql.js";
import {
  type ChunkRules,
  compareMatches,
  createStage,
  fillStage,
  judgeRows,
  lockMatches,
  matchContacts,
  matchStructures,
  refuseRepeatedRows,
} from "./import-stage.sql.js";
import {
  assignIds,
  countOutcomes,
  insertImported,
  insertImportedAddresses,
  insertImportedConnections,
  insertImportedRoles,
  insertImportRows,
  selectWritten,
  updateImported,
  updateImportedAddresses,
} from "./import-write.sql.js";

/**
 * Deals with the rows up to a line in one transaction, which also moves the job's cursor: killed at any moment, an
 * import is before or after a chunk, never within.
 * @param rowsAfter the chunk's rows after a line
 * @returns false when another run has the job, or it was cancelled
 */
export async function importChunk(
  context: OperationContext,
  job: ClaimedJob,
  rules: ChunkRules,
  lastLine: number,
  rowsAfter: (cursor: number) => ImportRowInput[],
): Promise<boolean> {
  return context.bulkTransaction(async (db) => {
    if (rules.mode === "UPDATE") await waitForImports(db);
    const cursor = await withFullClearance(db, () => lockCursor(db, job));
    if (cursor === null) return false;
    const rows = rowsAfter(cursor);
    if (rows.length === 0) return true;
    await decide(db, rows, rules);
    if (rules.mode === "UPDATE") await write(context, db, rules);
    await insertImportRows(db, rules);
    const counts = await countOutcomes(db);
    await withFullClearance(db, () => advanceJob(db, job.id, lastLine, counts));
    return true;
  });
}

/** The same for a check and for an update, so that the one tells what the other will do. */
async function decide(db: BulkSql, rows: readonly ImportRowInput[], rules: ChunkRules): Promise<void> {
  await createStage(db);
  await fillStage(db, rows, rules);
  await refuseRepeatedRows(db, rules);
  if (rules.mode === "UPDATE" && rules.onMatch === "UPDATE") await lockMatches(db);
  await matchContacts(db);
  await matchStructures(db, rules);
  if (rules.onMatch === "UPDATE") await compareMatches(db);
  await judgeRows(db, rules);
}

async function write(context: OperationContext, db: BulkSql, rules: ChunkRules): Promise<void> {
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
