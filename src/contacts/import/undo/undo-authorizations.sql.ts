import type { Sql } from "../../../platform/database/sql.js";
import type { ClaimedUndo } from "./undo-job.sql.js";
import { columnPrefix, isUndone, undoProblem } from "./undo-row.sql.js";

/** What the ledger says of each contact's change, as bits, and what it says of them since. */
const written = `SELECT u.line, u.contact_id, l.was_agreed, l.was_refused, l.is_agreed, l.is_refused, l.automatic,
    (l.was_agreed # l.is_agreed) | (l.was_refused # l.is_refused) AS changed,
    m.agreed AS now_agreed, m.refused AS now_refused, coalesce((
      SELECT bit_or((n.was_agreed # n.is_agreed) | (n.was_refused # n.is_refused) | coalesce(n.confirmed, 0::smallint))
      FROM marketing.visible_authorization_change n
      WHERE n.institution_id = $1 AND n.contact_id = u.contact_id AND n.id > l.id), 0::smallint) AS changed_since
  FROM undo_row u
  JOIN marketing.visible_authorization_change l ON l.institution_id = $1 AND l.contact_id = u.contact_id
    AND l.source = 'IMPORT' AND l.job_id = $2
  JOIN marketing.visible_authorization m ON m.institution_id = $1 AND m.contact_id = u.contact_id
  WHERE u.code IS NULL`;

/** Bits that are the same in a state of the change and now. */
const same = (state: "was" | "is") =>
  `((${state}_agreed & now_agreed) | (${state}_refused & now_refused)
    | ~(${state}_agreed | ${state}_refused | now_agreed | now_refused))`;

async function createUndoAuthorizations(db: Sql): Promise<void> {
  await db.query(
    `/* createUndoAuthorizations */
     CREATE TEMPORARY TABLE IF NOT EXISTS undo_authorization (
       line int NOT NULL, contact_id bigint NOT NULL, refused smallint NOT NULL, cleared smallint NOT NULL,
       overtaken smallint NOT NULL, agreed_before smallint NOT NULL, own smallint NOT NULL) ON COMMIT DELETE ROWS`,
  );
}

/**
 * Compares what the import has written with what the contacts authorize now. A value that nobody has changed since goes
 * back to EMPTY or FALSE; a previous TRUE is never restored: who agrees says so himself. What followed by the rule of 5.4
 * goes back with the row, and where it was changed since it stays without keeping the row. Source: domain 6.7
 * @param codes in the order of their bits
 * @param isWithheld authorizations are withheld from who undoes
 */
export async function judgeWrittenAuthorizations(
  db: Sql,
  { id, type }: ClaimedUndo,
  codes: readonly string[],
  isWithheld: boolean,
): Promise<void> {
  await createUndoAuthorizations(db);
  await db.query(
    `/* judgeWrittenAuthorizations */
     INSERT INTO undo_authorization (line, contact_id, refused, cleared, overtaken, agreed_before, own)
     SELECT line, contact_id, undo & was_refused, undo & ~was_refused, own & ~(back | still), own & still & was_agreed, own
     FROM (
       SELECT c.*, still & ~was_agreed AS undo FROM (
         SELECT w.*, changed & ~automatic AS own, changed & ${same("was")} AS back,
           changed & ${same("is")} & ~changed_since AS still
         FROM (${written}) w) c) judged`,
    [db.institutionId, id],
  );
  await db.query(
    `/* insertAuthorizationProblems */
     INSERT INTO undo_problem (line, place, problem)
     SELECT a.line, each.place, ${undoProblem(
       `CASE WHEN $2 THEN 'FIELD_NOT_AVAILABLE'
         WHEN a.overtaken & (1 << each.place::int - 1) > 0 THEN 'VALUE_CHANGED_SINCE' ELSE 'AGREEMENT_NOT_RESTORED' END`,
       "$3 || each.code",
     )}
     FROM undo_authorization a CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS each (code, place)
     WHERE (CASE WHEN $2 THEN a.own ELSE a.overtaken | a.agreed_before END) & (1 << each.place::int - 1) > 0`,
    [codes, isWithheld, columnPrefix(type)],
  );
}

/** What marketing is to write, of the rows that are undone. */
export async function wishAuthorizationsBack(db: Sql): Promise<void> {
  await db.query(
    `/* wishAuthorizationsBack */
     INSERT INTO authorization_wish (contact_id, agreed, refused, cleared, unverified)
     SELECT a.contact_id, 0, a.refused, a.cleared, 0
     FROM undo_authorization a JOIN undo_row u ON u.line = a.line
     WHERE a.refused | a.cleared <> 0 AND ${isUndone("u")}`,
  );
}
