import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import type { AuthorizationMasks } from "./authorization-cells.js";

/** What the rows of a chunk say of authorizations, and what came of comparing it with those of today. */
export async function createAuthorizationCells(db: Sql): Promise<void> {
  await db.query(
    `/* createAuthorizationCells */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_authorization (
       line int NOT NULL, agreed smallint NOT NULL, refused smallint NOT NULL, cleared smallint NOT NULL,
       old_agreed smallint NOT NULL, old_refused smallint NOT NULL, old_cleared smallint NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createJudgedAuthorizations */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_authorization_judged (
       line int NOT NULL, errors jsonb, conflicts jsonb, has_changes boolean NOT NULL, is_activity boolean NOT NULL,
       was_agreed smallint, was_refused smallint, is_agreed smallint, is_refused smallint, unverified smallint)
     ON COMMIT DELETE ROWS`,
  );
  await db.query(
    `/* createAuthorizationWish */
     CREATE TEMPORARY TABLE IF NOT EXISTS authorization_wish (
       contact_id bigint NOT NULL, agreed smallint NOT NULL, refused smallint NOT NULL, cleared smallint NOT NULL,
       unverified smallint NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
}

/** Brings in the rows that say something. */
export async function stageAuthorizations(
  db: BulkSql,
  rows: Iterable<{ readonly line: number; readonly masks: AuthorizationMasks }>,
): Promise<void> {
  await db.copyIn(
    "import_authorization (line, agreed, refused, cleared, old_agreed, old_refused, old_cleared)",
    staged(rows),
  );
}

function* staged(rows: Parameters<typeof stageAuthorizations>[1]): Generator<number[]> {
  for (const { line, masks } of rows) {
    const { agreed, refused, cleared, oldAgreed, oldRefused, oldCleared } = masks;
    if ((agreed | refused | cleared) !== 0) yield [line, agreed, refused, cleared, oldAgreed, oldRefused, oldCleared];
  }
}

/** Each code of a mask as a problem; null for none. */
const problemsOf = (mask: string, code: string) =>
  `CASE WHEN ${mask} <> 0 THEN (
     SELECT jsonb_agg(jsonb_build_object('code', ${code}, 'column', $3 || each.code) ORDER BY each.place)
     FROM unnest($2::text[]) WITH ORDINALITY AS each (code, place) WHERE ${mask} & (1 << each.place::int - 1) > 0) END`;

/**
 * Compares what the rows say with what their contacts authorize now, each code by the table of domain 6.4: the same is no
 * change, whatever the old value; a value that is not the old one any more, and a refusal that would become an agreement
 * without an old value [D-20], are conflicts.
 * @param codes in the order of their bits
 * @param columnPrefix how problems name the column of a code
 */
export async function judgeAuthorizations(db: Sql, codes: readonly string[], columnPrefix: string): Promise<void> {
  await db.query(
    `/* judgeAuthorizations */
     WITH compared AS (
       SELECT a.*, m.agreed AS now_agreed, m.refused AS now_refused, f.contact_type = 'STRUCTURE' AS is_structure,
         a.agreed | a.refused | a.cleared AS given,
         (a.agreed & m.agreed) | (a.refused & m.refused) | (a.cleared & ~(m.agreed | m.refused)) AS same,
         a.old_agreed | a.old_refused | a.old_cleared AS old,
         (a.old_agreed & m.agreed) | (a.old_refused & m.refused) | (a.old_cleared & ~(m.agreed | m.refused)) AS kept
       FROM import_authorization a
       JOIN import_found f ON f.line = a.line AND f.is_open
       JOIN marketing.visible_authorization m ON m.institution_id = $1 AND m.contact_id = f.contact_id),
     judged AS (
       SELECT c.*, given & ~same AS changed, given & ~same & old & ~kept AS overtaken,
         given & ~same & ~old & agreed & now_refused AS unproven
       FROM compared c)
     INSERT INTO import_authorization_judged (line, errors, conflicts, has_changes, is_activity, was_agreed, was_refused,
       is_agreed, is_refused, unverified)
     SELECT line, CASE WHEN is_structure THEN ${problemsOf("given", "'AUTHORIZATION_NOT_APPLICABLE'")} END,
       ${problemsOf("(overtaken | unproven)", `CASE WHEN overtaken & (1 << each.place::int - 1) > 0 THEN 'VALUE_CHANGED' ELSE 'UNVERIFIED_AGREEMENT' END`)},
       changed <> 0, changed <> 0 AND (now_agreed & ~changed) | (agreed & changed) <> 0,
       now_agreed, now_refused, (now_agreed & ~changed) | (agreed & changed), (now_refused & ~changed) | (refused & changed),
       changed & ~old
     FROM judged`,
    [db.institutionId, codes, columnPrefix],
  );
}

/** What marketing is to write, of the rows that are to be written. */
export async function wishAuthorizations(db: Sql): Promise<void> {
  await db.query(
    `/* wishAuthorizations */
     INSERT INTO authorization_wish (contact_id, agreed, refused, cleared, unverified)
     SELECT v.contact_id, a.agreed, a.refused, a.cleared, v.unverified
     FROM import_verdict v JOIN import_authorization a ON a.line = v.line
     WHERE v.outcome IN ('CREATE', 'UPDATE') AND v.unverified IS NOT NULL ORDER BY v.contact_id`,
  );
}
