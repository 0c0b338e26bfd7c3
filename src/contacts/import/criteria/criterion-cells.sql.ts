import { plannedByValues } from "../../../platform/database/planning.js";
import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { foundRows } from "../keyed/keyed.sql.js";
import { anyId } from "../keyed/keyed-rows.js";
import type { CriterionCell } from "./criterion-cells.js";

/** What the rows of a chunk say of criteria, one line for each cell, and what came of comparing it with those of today. */
export async function createCriterionCells(db: Sql): Promise<void> {
  await db.query(
    `/* createCriterionCells */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_criterion (
       line int NOT NULL, place int NOT NULL, criterion_id int NOT NULL, codes text[] COLLATE "C" NOT NULL, text text,
       has_old boolean NOT NULL, old_codes text[] COLLATE "C" NOT NULL, old_text text)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createJudgedCriteria */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_criteria_judged (
       line int NOT NULL, errors jsonb, conflicts jsonb, has_changes boolean NOT NULL, is_activity boolean NOT NULL,
       criteria jsonb)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createFound */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_found (
       line int NOT NULL, contact_id bigint, contact_type text, problems jsonb, is_open boolean NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createCriterionWish */
     CREATE TEMPORARY TABLE IF NOT EXISTS criterion_wish (
       contact_id bigint NOT NULL, criterion_id int NOT NULL, codes text[] COLLATE "C" NOT NULL, text text,
       is_new boolean NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
}

/** Finds whom the rows are about. */
export async function insertFound(db: Sql, stage: Parameters<typeof foundRows>[0]): Promise<void> {
  const statement = `/* insertFound */
     INSERT INTO import_found (line, contact_id, contact_type, problems, is_open)
     SELECT f.line, f.contact_id, f.contact_type, f.problems, f.is_open FROM (${foundRows(stage)}) f`;
  await plannedByValues(db, () => db.query(statement, [db.institutionId, ...anyId]));
}

export async function stageCriteria(
  db: BulkSql,
  rows: Iterable<{ readonly line: number; readonly criteria: readonly CriterionCell[] }>,
): Promise<void> {
  const columns = "line, place, criterion_id, codes, text, has_old, old_codes, old_text";
  await db.copyIn(`import_criterion (${columns})`, staged(rows));
}

function* staged(rows: Parameters<typeof stageCriteria>[1]): Generator<(string | number | null)[]> {
  for (const { line, criteria } of rows)
    for (const [place, { criterionId, wanted, old }] of criteria.entries())
      yield [
        ...[line, place, criterionId, listOf(wanted.codes), wanted.text],
        ...[old ? "t" : "f", listOf(old?.codes ?? []), old?.text ?? null],
      ];
}

/** Codes are capitals, digits and _; beside a text there is an empty one. */
const listOf = (codes: readonly string[]) => `{${codes.map((code) => code || '""').join(",")}}`;

/** A spreadsheet ends the lines of a cell in its own way. */
const sameText = (one: string, other: string) =>
  `replace(${one}, E'\\r\\n', E'\\n') IS NOT DISTINCT FROM replace(${other}, E'\\r\\n', E'\\n')`;

const appliesTo = "c.applicability IN ('BOTH', c.contact_type)";
const oneError = (code: string, parameters = "NULL::jsonb") =>
  `jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('code', ${code}, 'column', $3::text || c.code, 'parameters', ${parameters})))`;
const isForeign = (alias: string) => `${alias}.organization IS NOT NULL AND ${alias}.organization <> ALL ($2::text[])`;
const namedOrganization = (alias: string) => `jsonb_build_object('organization', ${alias}.organization)`;

/** As `criterionProblems` for a single contact: what he has already is never refused, however the definition changed. */
const errors = `CASE WHEN c.is_same THEN NULL
  WHEN ${isForeign("c")} THEN ${oneError("'CODE_NOT_IN_ORGANIZATION'", namedOrganization("c"))}
  WHEN c.codes = '{}' THEN CASE WHEN c.is_compulsory AND c.is_active AND ${appliesTo} THEN ${oneError("'CRITERION_REQUIRED'")} END
  WHEN NOT ${appliesTo} THEN ${oneError("'CRITERION_NOT_APPLICABLE'")}
  WHEN NOT c.is_active THEN ${oneError("'CRITERION_INACTIVE'")}
  ELSE (
    SELECT jsonb_agg(refused.problem ORDER BY refused.code) FROM (
      SELECT v.internal_code AS code,
        (CASE WHEN NOT v.is_active THEN ${oneError("'INACTIVE_CODE'", "jsonb_build_object('value', v.internal_code)")}
          ELSE ${oneError("'CODE_NOT_IN_ORGANIZATION'", namedOrganization("v"))} END) -> 0 AS problem
      FROM contacts.criterion_value v
      WHERE v.institution_id = $1 AND v.criterion_id = c.criterion_id AND v.internal_code = ANY (c.codes)
        AND v.internal_code <> ALL (c.held_codes) AND (NOT v.is_active OR ${isForeign("v")})) refused) END`;

/** A state as a change shows it. */
const change = `jsonb_strip_nulls(jsonb_build_object('id', j.criterion_id, 'was', to_jsonb(j.held_codes), 'is', to_jsonb(j.codes),
  'wasText', j.held_text, 'isText', j.text, 'isVerified', j.has_old))`;

/**
 * Compares what the rows say with what their contacts have now, each criterion by the table of domain 6.4, and judges
 * what would change by domain 6.6. The cells of a row are judged together: it is atomic.
 * @param organizations codes of those that the import is made for
 * @param prefix what columns are called, before the code
 */
export async function judgeCriteria(db: Sql, organizations: readonly string[], prefix = "[new]"): Promise<void> {
  await db.query(
    `/* judgeCriteria */
     WITH compared AS (
       SELECT s.*, f.contact_type, d.code, d.applicability, d.is_compulsory, d.is_active, d.organization,
         coalesce(h.codes, '{}') AS held_codes, h.text AS held_text,
         s.codes = coalesce(h.codes, '{}') AND ${sameText("s.text", "h.text")} AS is_same,
         s.old_codes = coalesce(h.codes, '{}') AND ${sameText("s.old_text", "h.text")} AS is_kept
       FROM import_criterion s
       JOIN import_found f ON f.line = s.line AND f.is_open
       JOIN contacts.criterion d ON d.institution_id = $1 AND d.id = s.criterion_id
       CROSS JOIN LATERAL (
         SELECT array_agg(h.value_code ORDER BY h.value_code) AS codes, max(h.text_value) AS text
         FROM contacts.contact_criterion h
         WHERE h.institution_id = $1 AND h.contact_id = f.contact_id AND h.criterion_id = s.criterion_id) h),
     judged AS (
       SELECT c.line, c.place, c.criterion_id, c.codes, c.text, c.held_codes, c.held_text, c.has_old, c.is_same, c.code,
         NOT c.is_same AND c.has_old AND NOT c.is_kept AS is_overtaken, ${errors} AS errors
       FROM compared c),
     listed AS (
       SELECT j.line, jsonb_agg(e.problem ORDER BY j.place, e.place) AS errors
       FROM judged j CROSS JOIN LATERAL jsonb_array_elements(j.errors) WITH ORDINALITY AS e (problem, place)
       WHERE j.errors IS NOT NULL GROUP BY j.line),
     summed AS (
       SELECT j.line, bool_or(NOT j.is_same) AS has_changes,
         jsonb_agg(jsonb_build_object('code', 'VALUE_CHANGED', 'column', $3::text || j.code) ORDER BY j.place)
           FILTER (WHERE j.is_overtaken AND j.errors IS NULL) AS conflicts,
         jsonb_agg(${change} ORDER BY j.place) FILTER (WHERE NOT j.is_same) AS criteria
       FROM judged j GROUP BY j.line)
     INSERT INTO import_criteria_judged (line, errors, conflicts, has_changes, is_activity, criteria)
     SELECT s.line, l.errors, s.conflicts, s.has_changes, s.has_changes, s.criteria
     FROM summed s LEFT JOIN listed l ON l.line = s.line`,
    [db.institutionId, organizations, prefix],
  );
}

/** Rows are atomic, and an error beats a conflict; all problems of a row are listed. Source: domain 6.4 (6) */
export async function concludeRows(db: Sql): Promise<void> {
  await db.query(
    `/* concludeRows */
     INSERT INTO import_verdict (line, contact_id, outcome, problems, is_activity, criteria)
     SELECT r.line, r.contact_id, r.outcome, nullif(r.problems, '[]'), r.outcome = 'UPDATE' AND r.is_activity,
       CASE WHEN r.outcome = 'UPDATE' THEN r.criteria END
     FROM (
       SELECT f.line, f.contact_id, j.is_activity, j.criteria,
         coalesce(f.problems, '[]') || coalesce(j.errors, '[]') || coalesce(j.conflicts, '[]') AS problems,
         CASE WHEN f.problems IS NOT NULL OR j.errors IS NOT NULL THEN 'ERROR' WHEN j.conflicts IS NOT NULL THEN 'CONFLICT'
           WHEN j.has_changes THEN 'UPDATE' ELSE 'UNCHANGED' END AS outcome
       FROM import_found f LEFT JOIN import_criteria_judged j ON j.line = f.line) r`,
  );
}

/** What is to be written, of the rows that are to be written. */
export async function wishCriteria(db: Sql): Promise<void> {
  await db.query(
    `/* wishCriteria */
     INSERT INTO criterion_wish (contact_id, criterion_id, codes, text, is_new)
     SELECT v.contact_id, s.criterion_id, s.codes, s.text, v.outcome = 'CREATE'
     FROM import_verdict v JOIN import_criterion s ON s.line = v.line
     WHERE v.outcome IN ('CREATE', 'UPDATE')
       AND v.criteria @> jsonb_build_array(jsonb_build_object('id', s.criterion_id))`,
  );
}
