import type { Sql } from "../../../platform/database/sql.js";
import type { ClaimedUndo } from "./undo-job.sql.js";
import { columnPrefix, isUndone, undoProblem } from "./undo-row.sql.js";

const codesOf = (state: "was" | "is") =>
  `ARRAY(SELECT jsonb_array_elements_text(each.change -> '${state}') COLLATE "C" ORDER BY 1)`;

/**
 * Turns what the import has written of criteria round: what stood before is what rows want, what it wrote what they take
 * for the value of today. Judged and written it is then as in an import.
 * @param isWithheld criteria are withheld from who undoes, or else single ones by their level
 */
export async function stageWrittenCriteria(
  db: Sql,
  { id, clearance, type }: ClaimedUndo,
  isWithheld: boolean,
): Promise<void> {
  await db.query(
    `/* stageWrittenCriteria */
     INSERT INTO import_found (line, contact_id, contact_type, problems, is_open)
     SELECT u.line, u.contact_id, u.contact_type, NULL, true FROM undo_row u WHERE u.code IS NULL`,
  );
  await db.query(
    `/* stageWrittenCells */
     WITH written AS (
       SELECT u.line, each.place, (each.change ->> 'id')::int AS criterion_id, each.change
       FROM undo_row u
       JOIN contacts.import_row r ON r.institution_id = $1 AND r.job_id = $2 AND r.line = u.line
       CROSS JOIN LATERAL jsonb_array_elements(r.criteria) WITH ORDINALITY AS each (change, place)
       WHERE u.code IS NULL),
     withheld AS (
       INSERT INTO undo_problem (line, place, problem)
       SELECT each.line, each.place, ${undoProblem("'FIELD_NOT_AVAILABLE'", "$5 || d.code")}
       FROM written each JOIN contacts.criterion d ON d.institution_id = $1 AND d.id = each.criterion_id
       WHERE $4 OR d.level > $3)
     INSERT INTO import_criterion (line, place, criterion_id, codes, text, has_old, old_codes, old_text)
     SELECT each.line, each.place, each.criterion_id, ${codesOf("was")}, each.change ->> 'wasText', true, ${codesOf("is")},
       each.change ->> 'isText'
     FROM written each`,
    [db.institutionId, id, clearance, isWithheld, columnPrefix(type)],
  );
}

/** What the judgement of an import says against it. Source: domain 6.6 */
export async function insertCriterionProblems(db: Sql): Promise<void> {
  await db.query(
    `/* insertCriterionProblems */
     INSERT INTO undo_problem (line, place, problem)
     SELECT j.line, each.place, CASE each.problem ->> 'code' WHEN 'VALUE_CHANGED'
       THEN each.problem || '{"code": "VALUE_CHANGED_SINCE"}' ELSE each.problem END
     FROM import_criteria_judged j CROSS JOIN LATERAL jsonb_array_elements(
       coalesce(j.errors, '[]') || coalesce(j.conflicts, '[]')) WITH ORDINALITY AS each (problem, place)
     WHERE NOT EXISTS (SELECT FROM undo_problem p WHERE p.line = j.line)`,
  );
}

/** What is to be written, of the rows that are undone. */
export async function wishCriteriaBack(db: Sql): Promise<void> {
  await db.query(
    `/* wishCriteriaBack */
     INSERT INTO criterion_wish (contact_id, criterion_id, codes, text, is_new)
     SELECT u.contact_id, s.criterion_id, s.codes, s.text, false
     FROM import_criterion s JOIN undo_row u ON u.line = s.line WHERE ${isUndone("u")}`,
  );
}
