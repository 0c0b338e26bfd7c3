import { plannedByValues } from "../../../platform/database/planning.js";
import type { Sql } from "../../../platform/database/sql.js";
import { foundRows, type KeyedStage } from "../keyed/keyed.sql.js";
import type { KeyedRowInput } from "../keyed/keyed-row.js";
import { anyId } from "../keyed/keyed-rows.js";
import type { AuthorizationMasks } from "./authorization-cells.js";

export interface AuthorizationRowInput extends KeyedRowInput {
  readonly masks: AuthorizationMasks;
}

const masks = ["agreed", "refused", "cleared", "old_agreed", "old_refused", "old_cleared"];

/** What rows say of authorizations, as bits. */
export const authorizationStage: KeyedStage<AuthorizationRowInput> = {
  table: "import_authorization",
  columns: Object.fromEntries(masks.map((mask) => [mask, "smallint"])),
  values({ masks: { agreed, refused, cleared, oldAgreed, oldRefused, oldCleared } }) {
    return [agreed, refused, cleared, oldAgreed, oldRefused, oldCleared];
  },
};

/** Each code of a mask as a problem; null for none. */
const problemsOf = (mask: string, code: string) =>
  `CASE WHEN ${mask} <> 0 THEN (
     SELECT jsonb_agg(jsonb_build_object('code', ${code}, 'column', '[new]' || each.code) ORDER BY each.place)
     FROM unnest($4::text[]) WITH ORDINALITY AS each (code, place) WHERE ${mask} & (1 << each.place::int - 1) > 0) END`;

const conflictCode = `CASE WHEN overtaken & (1 << each.place::int - 1) > 0 THEN 'VALUE_CHANGED' ELSE 'UNVERIFIED_AGREEMENT' END`;
const ifUpdate = (value: string) => `CASE WHEN is_update THEN ${value} END`;

/**
 * Compares what the rows say with what their contacts authorize now, each code by the table of domain 6.4: the same is no
 * change, whatever the old value; a value that is not the old one any more, and a refusal that would become an agreement
 * without an old value [D-20], are conflicts. Rows are atomic, and an error beats a conflict.
 *
 * A verdict that changes something is what marketing is to write as well (`platform/ports.ts`).
 *
 * Each step is a query of its own (OFFSET 0), with the columns that the next ones need: put together, every bit would be
 * worked out dozens of times.
 * @param codes in the order of their bits
 * @param range of the contacts
 */
export async function judgeAuthorizations(db: Sql, codes: readonly string[], range = anyId): Promise<void> {
  const statement = `/* judgeAuthorizations */
     INSERT INTO import_verdict (line, contact_id, outcome, problems, is_activity, was_agreed, was_refused, is_agreed,
       is_refused, unverified, agreed, refused, cleared)
     SELECT line, contact_id,
       CASE WHEN is_error THEN 'ERROR' WHEN is_conflict THEN 'CONFLICT' WHEN is_update THEN 'UPDATE' ELSE 'UNCHANGED' END,
       CASE WHEN is_error OR is_conflict THEN coalesce(problems, '[]')
         || coalesce(CASE WHEN is_misplaced THEN ${problemsOf("given", "'AUTHORIZATION_NOT_APPLICABLE'")}
           ELSE ${problemsOf("(overtaken | unproven)", conflictCode)} END, '[]') END,
       is_update AND is_agreed <> 0,
       ${ifUpdate("now_agreed")}, ${ifUpdate("now_refused")}, ${ifUpdate("is_agreed")}, ${ifUpdate("is_refused")},
       ${ifUpdate("unverified")}, agreed, refused, cleared
     FROM (
       SELECT line, contact_id, problems, agreed, refused, cleared, given, now_agreed, now_refused, is_misplaced, overtaken, unproven,
         changed & ~old AS unverified, (now_agreed & ~changed) | (agreed & changed) AS is_agreed,
         (now_refused & ~changed) | (refused & changed) AS is_refused, is_error,
         NOT is_error AND overtaken | unproven <> 0 AS is_conflict,
         (NOT is_error AND overtaken | unproven = 0 AND changed <> 0) IS TRUE AS is_update
       FROM (
         SELECT c.*, changed & old & ~kept AS overtaken, changed & ~old & agreed & now_refused AS unproven,
           problems IS NOT NULL OR is_misplaced AS is_error
         FROM (
           SELECT line, contact_id, problems, agreed, refused, cleared, now_agreed, now_refused, given, old,
             given & ~((agreed & now_agreed) | (refused & now_refused) | (cleared & ~(now_agreed | now_refused))) AS changed,
             (old_agreed & now_agreed) | (old_refused & now_refused) | (old_cleared & ~(now_agreed | now_refused)) AS kept,
             is_open AND contact_type = 'STRUCTURE' AND given <> 0 AS is_misplaced
           FROM (
             SELECT f.*, m.agreed AS now_agreed, m.refused AS now_refused, f.agreed | f.refused | f.cleared AS given,
               f.old_agreed | f.old_refused | f.old_cleared AS old
             FROM (${foundRows(authorizationStage)}) f
             LEFT JOIN marketing.visible_authorization m
               ON m.institution_id = $1 AND m.contact_id = f.contact_id AND m.contact_id BETWEEN $2 AND $3 AND f.is_open
             OFFSET 0) h
           OFFSET 0) c
         OFFSET 0) j
       OFFSET 0) concluded`;
  await plannedByValues(db, () => db.query(statement, [db.institutionId, ...range, codes]));
}

/** The temporary table of what marketing is to write (`platform/ports.ts`), where it does not stand with the verdicts. */
export const authorizationWish = "authorization_wish";

export async function createAuthorizationWish(db: Sql): Promise<void> {
  await db.query(
    `/* createAuthorizationWish */
     CREATE TEMPORARY TABLE IF NOT EXISTS authorization_wish (
       contact_id bigint NOT NULL, agreed smallint NOT NULL, refused smallint NOT NULL, cleared smallint NOT NULL,
       unverified smallint NOT NULL)
     ON COMMIT DELETE ROWS`,
  );
}

/**
 * What marketing is to write, of the rows that are to be written.
 * @param stage the temporary table with what they say: line, agreed, refused, cleared
 */
export async function wishAuthorizations(db: Sql, stage: string): Promise<void> {
  await createAuthorizationWish(db);
  await db.query(
    `/* wishAuthorizations */
     INSERT INTO authorization_wish (contact_id, agreed, refused, cleared, unverified)
     SELECT v.contact_id, a.agreed, a.refused, a.cleared, v.unverified
     FROM import_verdict v JOIN ${stage} a ON a.line = v.line
     WHERE v.outcome IN ('CREATE', 'UPDATE') AND v.unverified IS NOT NULL`,
  );
}
