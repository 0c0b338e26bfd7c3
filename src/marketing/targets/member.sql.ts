import type { Sql } from "../../platform/database/sql.js";
import type { StatementValues } from "../../platform/database/statement-values.js";

/*
 * Whom targets have. `m` is marketing's row of a contact, which carries a copy of his level: it is compared with the
 * caller's clearance, so that nobody invisible is counted. Invalid and anonymized contacts are in no target.
 */

/** What is put together: a condition on `m`, and its values. */
export interface Membership {
  readonly condition: string;
  readonly values: StatementValues;
}

const living = `m.institution_id = $1 AND m.anonymized_at IS NULL
  AND m.confidentiality_level <= nullif(current_setting('app.clearance', true), '')::smallint
  AND (m.validity_end_date IS NULL OR m.validity_end_date >= platform.today())`;

/** Those who stand in a static target. */
export function listed(targetId: string, values: StatementValues): string {
  return `EXISTS (SELECT FROM marketing.target_member t
    WHERE t.institution_id = $1 AND t.target_id = ${values.add(targetId, "bigint")} AND t.contact_id = m.contact_id)`;
}

/** How many there are. */
export async function countMembers(db: Sql, { condition, values }: Membership): Promise<number> {
  const [text, parameters] = values.bind(
    `/* countMembers */ SELECT count(*)::int AS count FROM marketing.contact_marketing m WHERE ${living} AND ${condition}`,
  );
  const { rows } = await db.query<{ count: number }>(text, parameters, "BY_VALUES");
  return rows[0]!.count;
}

/** How many meet the one condition and not the other, both ways. */
export async function countDifference(
  db: Sql,
  { before, after, values }: { before: string; after: string; values: StatementValues },
): Promise<{ entering: number; leaving: number }> {
  const [text, parameters] = values.bind(
    `/* countDifference */
     SELECT count(*) FILTER (WHERE is_after AND NOT is_before)::int AS entering,
       count(*) FILTER (WHERE is_before AND NOT is_after)::int AS leaving
     FROM (SELECT ${before} AS is_before, ${after} AS is_after FROM marketing.contact_marketing m WHERE ${living}) compared`,
  );
  const { rows } = await db.query<{ entering: number; leaving: number }>(text, parameters, "BY_VALUES");
  return rows[0]!;
}

/** A page of database ids, in their order. */
export async function selectMembers(
  db: Sql,
  { condition, values }: Membership,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const [text, parameters] = values.bind(
    `/* selectMembers */
     SELECT m.contact_id AS id FROM marketing.contact_marketing m
     WHERE ${living} AND m.contact_id > ${values.add(after, "bigint")} AND ${condition}
     ORDER BY m.contact_id LIMIT ${values.add(limit, "int")}`,
  );
  const { rows } = await db.query<{ id: string }>(text, parameters, "BY_VALUES");
  return rows.map(({ id }) => id);
}

/** Of these database ids, those that meet the condition. */
export async function selectMembersAmong(
  db: Sql,
  { condition, values }: Membership,
  contactIds: readonly string[],
): Promise<string[]> {
  const [text, parameters] = values.bind(
    `/* selectMembersAmong */
     SELECT m.contact_id AS id FROM marketing.contact_marketing m
     WHERE ${living} AND m.contact_id = ANY(${values.add(contactIds, "bigint[]")}) AND ${condition}`,
  );
  const { rows } = await db.query<{ id: string }>(text, parameters, "BY_VALUES");
  return rows.map(({ id }) => id);
}

export async function createTaken(db: Sql): Promise<void> {
  await db.query(`/* createTaken */ CREATE TEMPORARY TABLE target_taken (contact_id bigint NOT NULL) ON COMMIT DROP`);
}

/** Puts those who meet the condition into the table of {@link createTaken}. */
export async function keepMembers(db: Sql, { condition, values }: Membership): Promise<void> {
  const [text, parameters] = values.bind(
    `/* keepMembers */
     INSERT INTO target_taken (contact_id)
     SELECT m.contact_id FROM marketing.contact_marketing m WHERE ${living} AND ${condition}`,
  );
  await db.query(text, parameters);
}

/** Without it the planner takes the table for small. */
export async function analyzeTaken(db: Sql): Promise<void> {
  await db.query(`/* analyzeTaken */ ANALYZE target_taken`);
}

/** Takes a static target: from now on it has exactly those who meet the condition. */
export async function takeMembers(db: Sql, targetId: string, members: Membership): Promise<void> {
  await clearMembers(db, targetId);
  await insertMembers(db, targetId, members);
}

async function clearMembers(db: Sql, targetId: string): Promise<void> {
  await db.query(
    `/* clearMembers */ DELETE FROM marketing.target_member WHERE institution_id = $1 AND target_id = $2`,
    [db.institutionId, targetId],
  );
}

async function insertMembers(db: Sql, targetId: string, { condition, values }: Membership): Promise<void> {
  const target = values.add(targetId, "bigint");
  const [text, parameters] = values.bind(
    `/* insertMembers */
     WITH members AS (
       INSERT INTO marketing.target_member (institution_id, target_id, contact_id)
       SELECT $1, ${target}, m.contact_id FROM marketing.contact_marketing m
       WHERE ${living} AND ${condition} ORDER BY m.contact_id)
     UPDATE marketing.target SET taken_at = platform.now() WHERE institution_id = $1 AND id = ${target}`,
  );
  await db.query(text, parameters);
}
