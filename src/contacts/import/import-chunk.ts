import type { OperationContext } from "../../platform/context.js";
import { withFullClearance } from "../../platform/database/full-clearance.js";
import { Rollback } from "../../platform/database/transaction.js";
import type { ImportChunk } from "./chunk-reader.js";
import { forgetErased } from "./erased-meanwhile.sql.js";
import { advanceJob, type ClaimedJob, lockCursor, waitForImports } from "./import-run.sql.js";
import type { ImportRules, OpenedImport } from "./import-strategy.js";
import { countOutcomes, createVerdicts, holdToPlan, insertImportRows, insertPlanChunk } from "./import-verdict.sql.js";

/** What an import does with all of its chunks. */
export interface ImportWork {
  readonly context: OperationContext;
  readonly job: ClaimedJob;
  readonly rules: ImportRules;
  readonly file: OpenedImport;
  /** Whether a chunk may begin while the one before it is still written. */
  readonly overlaps: boolean;
}

/** How a chunk takes its turn among those that are on their way. */
export interface Turn {
  /** Called at the beginning of each try. */
  begin(): void;
  /** Called when the contacts of the chunk are locked: the next one may begin. */
  locked(): void;
  /** Resolves when the chunk before has committed: whether the import goes on. Rejects when it has not committed. */
  before(): Promise<boolean>;
}

/** SQLSTATE of PostgreSQL. */
const uniqueViolation = "23505";

const alone: Turn = { begin: () => undefined, locked: () => undefined, before: async () => true };

/**
 * Deals with the next rows of the file in one transaction, which at its end also moves the job's cursor: killed at any
 * moment, an import is before or after a chunk, never within. A check and an update decide alike; an update then writes.
 * @returns false when another run has the job, or it was cancelled: nothing was written
 */
export async function importChunk(work: ImportWork, chunk: ImportChunk, turn: Turn = alone): Promise<boolean> {
  try {
    return await tryChunk(work, chunk, turn);
  } catch (error) {
    if (wasOutrun(error)) return false;
    throw error;
  }
}

/** What a run writes of a chunk that another one, which has taken the job over, has written meanwhile. */
const writtenOnce: readonly unknown[] = ["import_row_pkey", "import_plan_chunk_pkey"];

function wasOutrun(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === uniqueViolation && writtenOnce.includes(constraint);
}

function tryChunk(work: ImportWork, chunk: ImportChunk, turn: Turn): Promise<boolean> {
  const { context, job, rules, file, overlaps } = work;
  const { first, last, intake } = chunk;
  return context.bulkTransaction(async (db) => {
    turn.begin();
    if (rules.mode === "UPDATE" && !overlaps) await waitForImports(db);
    await createVerdicts(db);
    await intake.stage(db);
    turn.locked();
    if (intake.mayRepeat && !(await turn.before())) throw new Rollback(false);
    await intake.decide(db);
    if (rules.planJobId !== null) await holdToPlan(db, rules, { first, last });
    if (rules.mode === "UPDATE") await file.apply(db);
    else await insertPlanChunk(db, rules, last);
    await insertImportRows(db, rules);
    const counts = await countOutcomes(db);
    if (!(await turn.before())) throw new Rollback(false);
    return withFullClearance(db, async () => {
      const place = await lockCursor(db, job);
      if (place === null || place.cursor >= first) throw new Rollback(place !== null);
      if (place.isOutdated) await forgetErased(db, job.id, { first, last });
      await advanceJob(db, job.id, last, counts);
      return true;
    });
  });
}
