import type { TokenClaims } from "../../../platform/access/caller.js";
import type { Sql } from "../../../platform/database/sql.js";

/** What a mail about an import that has ended says. */
export interface ImportMailRow {
  email: string;
  /** Of whoever had it made, or undone, and gave the address. */
  claims: TokenClaims;
  institution: string;
  mode: "CHECK" | "UPDATE";
  /** Of the import itself, whether it was undone since or not. */
  status: "DONE" | "DONE_WITH_ERRORS" | "FAILED" | "CANCELLED";
  isUndone: boolean;
  failureCode: string | null;
  failureParameters: Record<string, string | number> | null;
  undoFailureCode: string | null;
  total: number | null;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  conflicts: number;
  errors: number;
  undone: number;
  kept: number;
}

/**
 * Null when nobody is to be told (any more). With full clearance: a statement of the system.
 * @param ofUndo the mail tells of its undo, which may have an address of its own
 */
export async function selectImportMail(db: Sql, id: string, ofUndo: boolean): Promise<ImportMailRow | null> {
  const { rows } = await db.query<ImportMailRow>(
    `/* selectImportMail */
     SELECT told.email, told.claims, i.name AS institution, j.mode, j.status = 'UNDONE' AS "isUndone",
       CASE WHEN j.status IN ('UNDOING', 'UNDONE') THEN j.status_before_undo ELSE j.status END AS status,
       j.failure_code AS "failureCode", j.failure_parameters AS "failureParameters",
       j.undo_failure_code AS "undoFailureCode", j.total, j.created, j.updated, j.unchanged, j.skipped, j.conflicts,
       j.errors, j.undone, j.kept
     FROM contacts.import_job j JOIN platform.institution i ON i.id = $1
     CROSS JOIN LATERAL (
       SELECT j.undo_notify_email AS email, j.undo_claims AS claims WHERE $3 AND j.undo_notify_email IS NOT NULL
       UNION ALL
       SELECT j.notify_email, j.claims WHERE j.notify_email IS NOT NULL LIMIT 1) told
     WHERE j.institution_id = $1 AND j.id = $2`,
    [db.institutionId, id, ofUndo],
  );
  return rows[0] ?? null;
}
