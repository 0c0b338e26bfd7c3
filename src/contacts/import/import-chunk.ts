import type { OperationContext } from "../../platform/context.js";
import type { CsvRecord } from "../../platform/csv/index.js";
import { withFullClearance } from "../../platform/database/full-clearance.js";
import { advanceJob, type ClaimedJob, lockCursor, waitForImports } from "./import-run.sql.js";
import type { ImportRules, OpenedImport } from "./import-strategy.js";
import { countOutcomes, createVerdicts, holdToPlan, insertImportRows, insertPlanChunk } from "./import-verdict.sql.js";

/**
 * Deals with the next rows of the file in one transaction, which also moves the job's cursor: killed at any moment, an
 * import is before or after a chunk, never within. A check and an update decide alike; an update then writes.
 * @param records a chunk of the file; those up to the cursor were dealt with by an earlier run
 * @returns false when another run has the job, or it was cancelled
 */
export async function importChunk(
  context: OperationContext,
  job: ClaimedJob,
  rules: ImportRules,
  file: OpenedImport,
  records: readonly CsvRecord[],
): Promise<boolean> {
  const today = context.today();
  return context.bulkTransaction(async (db) => {
    if (rules.mode === "UPDATE") await waitForImports(db);
    const cursor = await withFullClearance(db, () => lockCursor(db, job));
    if (cursor === null) return false;
    const waiting = records.filter(({ line }) => line > cursor);
    if (waiting.length === 0) return true;
    const lines = { first: waiting[0]!.line, last: waiting.at(-1)!.line };
    await createVerdicts(db);
    await file.decide(
      db,
      waiting.map((record) => file.readRow(record, today)),
    );
    if (rules.planJobId !== null) await holdToPlan(db, rules, lines);
    if (rules.mode === "UPDATE") await file.apply(db);
    else await insertPlanChunk(db, rules, lines.last);
    await insertImportRows(db, rules);
    const counts = await countOutcomes(db);
    await withFullClearance(db, () => advanceJob(db, job.id, lines.last, counts));
    return true;
  });
}
