import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { createCriterionCells, judgeCriteria, stageCriteria } from "../criteria/criterion-cells.sql.js";
import type { ContactRowInput } from "./contact-row.js";
import type { ContactRules } from "./contact-stage.sql.js";

/**
 * Judges what the rows of `import_stage` say of criteria and authorizations, by the rules of the imports of either, for
 * the contact that each has found, or that it makes. Rows that change nobody are left alone. Source: domain 6.9
 */
export async function judgeCodes(db: BulkSql, rows: readonly ContactRowInput[], rules: ContactRules): Promise<void> {
  await createCriterionCells(db);
  await openRows(db, rules);
  await stageCriteria(db, rows);
  await judgeCriteria(db, rules.organizations, "");
  await takeCriteria(db);
  await judgeContactAuthorizations(db, rules);
}

/** Whom the rows are about, as the judges of criteria ask it. One that makes nobody has a problem with its key. */
async function openRows(db: Sql, { onMatch }: ContactRules): Promise<void> {
  await db.query(
    `/* openRows */
     INSERT INTO import_found (line, contact_id, contact_type, problems, is_open)
     SELECT s.line, s.contact_id, CASE WHEN s.contact_id IS NULL AND s.kind = 'STRUCTURE' THEN 'STRUCTURE' ELSE 'INDIVIDUAL' END,
       NULL, NOT s.problems @> '[{"column": "email"}]' AND (s.contact_id IS NULL OR ($1 = 'UPDATE' AND NOT s.is_unshared))
     FROM import_stage s`,
    [onMatch],
  );
}

async function takeCriteria(db: Sql): Promise<void> {
  await db.query(
    `/* takeCriteria */
     UPDATE import_stage s
     SET problems = s.problems || coalesce(j.errors, '[]'), criteria = j.criteria, is_activity = j.is_activity
     FROM import_criteria_judged j WHERE j.line = s.line`,
  );
}

/** Each code of a mask as a problem. */
const problemsOf = (mask: string, code: string) =>
  `(SELECT jsonb_agg(jsonb_build_object('code', '${code}', 'column', each.code) ORDER BY each.place)
    FROM unnest($2::text[]) WITH ORDINALITY AS each (code, place) WHERE ${mask} & (1 << each.place::int - 1) > 0)`;

/**
 * By the table of domain 6.4 for rows without old values: a refusal does not become an agreement [D-20]. Nothing is
 * unverified about somebody who is made: he has said nothing before.
 */
async function judgeContactAuthorizations(db: Sql, { authorizations }: ContactRules): Promise<void> {
  await db.query(
    `/* judgeContactAuthorizations */
     WITH held AS (
       SELECT s.line, s.contact_id, f.contact_type, s.agreed, s.refused, s.cleared, s.agreed | s.refused | s.cleared AS given,
         coalesce(m.agreed, 0::smallint) AS now_agreed, coalesce(m.refused, 0::smallint) AS now_refused
       FROM import_stage s
       JOIN import_found f ON f.line = s.line AND f.is_open
       LEFT JOIN marketing.visible_authorization m ON m.institution_id = $1 AND m.contact_id = s.contact_id
       WHERE s.agreed | s.refused | s.cleared <> 0),
     compared AS (
       SELECT h.*, given & ~((agreed & now_agreed) | (refused & now_refused) | (cleared & ~(now_agreed | now_refused)))
         AS changed
       FROM held h)
     UPDATE import_stage s
     SET problems = CASE WHEN c.contact_type = 'STRUCTURE'
         THEN s.problems || ${problemsOf("c.given", "AUTHORIZATION_NOT_APPLICABLE")} ELSE s.problems END,
       conflicts = ${problemsOf("(c.changed & c.agreed & c.now_refused)", "UNVERIFIED_AGREEMENT")},
       was_agreed = c.now_agreed, was_refused = c.now_refused,
       is_agreed = (c.now_agreed & ~c.changed) | (c.agreed & c.changed),
       is_refused = (c.now_refused & ~c.changed) | (c.refused & c.changed),
       unverified = CASE WHEN c.changed <> 0 THEN CASE WHEN c.contact_id IS NULL THEN 0 ELSE c.changed END END,
       is_activity = s.is_activity OR (c.changed <> 0 AND (c.now_agreed & ~c.changed) | (c.agreed & c.changed) <> 0)
     FROM compared c WHERE c.line = s.line AND (c.changed <> 0 OR c.contact_type = 'STRUCTURE')`,
    [db.institutionId, authorizations],
  );
}
