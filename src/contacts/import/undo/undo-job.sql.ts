import type { TokenClaims } from "../../../platform/access/caller.js";
import type { Clearance } from "../../../platform/access/clearance.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { Locale } from "../../../platform/i18n/locale.js";
import type { ImportType } from "../import.enums.js";

/** Statements of the worker, but for the first; they run with full clearance: bookkeeping is complete (design 3). */

/** Who has an import undone, and who is told of it. */
export interface AskedUndo {
  readonly claims: TokenClaims;
  /** Null: whom the import tells. */
  readonly notifyEmail: string | null;
  readonly locale: Locale;
}

/** Has an import undone that was seen to exist for the caller and to have ended. False when somebody was faster. */
export async function queueUndo(db: Sql, id: string, { claims, notifyEmail, locale }: AskedUndo): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* queueUndo */
     UPDATE contacts.import_job SET status = 'UNDOING', status_before_undo = status, undo_claims = $3,
       undo_failure_code = NULL, vain_runs = 0, undo_notify_email = $4, undo_locale = $5
     WHERE institution_id = $1 AND id = $2 AND mode = 'UPDATE' AND rows_removed_at IS NULL
       AND status IN ('DONE', 'DONE_WITH_ERRORS', 'FAILED', 'CANCELLED')`,
    [db.institutionId, id, claims, notifyEmail, locale],
  );
  return rowCount === 1;
}

/** An undo that a run has taken. */
export interface ClaimedUndo {
  readonly id: string;
  readonly type: keyof typeof ImportType;
  readonly organization: string | null;
  /** That the import was made with: its undo sees no more. */
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
  readonly locale: Locale;
  readonly isMailed: boolean;
  readonly fence: number;
  readonly vainRuns: number;
}

/** Takes the undo for a run, and it from every earlier run; null when it has ended. */
export async function claimUndo(db: Sql, id: string): Promise<ClaimedUndo | null> {
  const { rows } = await db.query<ClaimedUndo>(
    `/* claimUndo */
     UPDATE contacts.import_job SET fence = fence + 1, vain_runs = vain_runs + 1
     WHERE institution_id = $1 AND id = $2 AND status = 'UNDOING'
     RETURNING id, import_type AS type, organization, clearance, undo_claims AS claims,
       CASE WHEN undo_notify_email IS NULL THEN locale ELSE undo_locale END AS locale,
       coalesce(undo_notify_email, notify_email) IS NOT NULL AS "isMailed", fence, vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

type Held = Pick<ClaimedUndo, "id" | "fence">;

/** A run that was stopped on purpose was not in vain. */
export async function uncountUndo(db: Sql, { id, fence }: Held): Promise<void> {
  await db.query(
    `/* uncountUndo */ UPDATE contacts.import_job SET vain_runs = greatest(vain_runs - 1, 0)
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'UNDOING'`,
    [db.institutionId, id, fence],
  );
}

/** The last row that was dealt with; null when another run has the undo. Not locked: who takes it over does not wait. */
export async function selectUndoCursor(db: Sql, { id, fence }: Held): Promise<number | null> {
  const { rows } = await db.query<{ cursor: number }>(
    `/* selectUndoCursor */
     SELECT undo_cursor_line AS cursor FROM contacts.import_job
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'UNDOING'`,
    [db.institutionId, id, fence],
  );
  return rows[0]?.cursor ?? null;
}

export interface UndoCounts {
  readonly undone: number;
  readonly kept: number;
}

/** In the transaction that undid the rows up to the cursor. False when another run has taken the undo meanwhile. */
export async function advanceUndo(
  db: Sql,
  { id, fence }: Held,
  cursor: number,
  { undone, kept }: UndoCounts,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* advanceUndo */
     UPDATE contacts.import_job SET undo_cursor_line = $4, vain_runs = 0, undone = undone + $5, kept = kept + $6
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'UNDOING'`,
    [db.institutionId, id, fence, cursor, undone, kept],
  );
  return rowCount === 1;
}

/** The import is undone. False when another run has the undo. */
export async function endUndo(db: Sql, { id, fence }: Held): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* endUndo */
     UPDATE contacts.import_job SET status = 'UNDONE', undone_at = platform.now()
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'UNDOING'`,
    [db.institutionId, id, fence],
  );
  return rowCount === 1;
}

/** The undo cannot go on: the import is what it was before, with the rows that were undone, and can be undone further. */
export async function failUndo(db: Sql, { id, fence }: Held, code: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* failUndo */
     UPDATE contacts.import_job SET status = status_before_undo, undo_failure_code = $4
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'UNDOING'`,
    [db.institutionId, id, fence, code],
  );
  return rowCount === 1;
}
