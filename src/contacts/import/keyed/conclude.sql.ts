import type { Sql } from "../../../platform/database/sql.js";

/** A table of what was judged of a part of the rows: `line`, `errors`, `conflicts`, `has_changes`, `is_activity`, and its changes. */
export interface JudgedPart {
  readonly table: string;
  /** Columns that `import_verdict` has too. */
  readonly changes: readonly string[];
}

export const authorizationPart: JudgedPart = {
  table: "import_authorization_judged",
  changes: ["was_agreed", "was_refused", "is_agreed", "is_refused", "unverified"],
};

export const criteriaPart: JudgedPart = { table: "import_criteria_judged", changes: ["criteria"] };

/** Rows are atomic, and an error beats a conflict; all problems of a row are listed. Source: domain 6.4 (6) */
export async function concludeRows(db: Sql, part: JudgedPart): Promise<void> {
  const changes = part.changes.map((column) => `CASE WHEN r.outcome = 'UPDATE' THEN r.${column} END`);
  await db.query(
    `/* concludeRows */
     INSERT INTO import_verdict (line, contact_id, outcome, problems, is_activity, ${part.changes.join(", ")})
     SELECT r.line, r.contact_id, r.outcome, nullif(r.problems, '[]'), r.outcome = 'UPDATE' AND r.is_activity,
       ${changes.join(", ")}
     FROM (
       SELECT p.*, f.line, f.contact_id,
         coalesce(f.problems, '[]') || coalesce(p.errors, '[]') || coalesce(p.conflicts, '[]') AS problems,
         CASE WHEN f.problems IS NOT NULL OR p.errors IS NOT NULL THEN 'ERROR' WHEN p.conflicts IS NOT NULL THEN 'CONFLICT'
           WHEN p.has_changes THEN 'UPDATE' ELSE 'UNCHANGED' END AS outcome
       FROM import_found f
       LEFT JOIN (SELECT line AS part_line, errors, conflicts, has_changes, is_activity, ${part.changes.join(", ")}
         FROM ${part.table}) p ON p.part_line = f.line) r`,
  );
}
