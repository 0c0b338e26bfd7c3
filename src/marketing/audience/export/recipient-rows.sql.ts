import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import type { ShownMembers } from "../audience.js";
import { type RecipientColumn, recipientsOf } from "../recipient.sql.js";

/**
 * Works out who receives it, once: into a table of this transaction.
 * @returns how many there are
 */
export async function takeRecipients(db: BulkSql, audience: ShownMembers): Promise<number> {
  const [text, parameters] = audience.values.bind(
    `/* takeRecipients */
     SELECT e.contact_id, e.recipient_id, e.shipment_id FROM (${audience.recipients()}) e ORDER BY e.contact_id`,
  );
  const count = await db.keep("audience_recipient", text, parameters);
  await indexRecipients(db);
  await analyzeRecipients(db);
  return count;
}

/** Read in its order, the first rows come at once, and the file is written while the others are looked up. */
async function indexRecipients(db: Sql): Promise<void> {
  await db.query("/* indexRecipients */ CREATE UNIQUE INDEX ON audience_recipient (contact_id)");
}

/** Without it the planner takes the table for small. */
async function analyzeRecipients(db: Sql): Promise<void> {
  await db.query("/* analyzeRecipients */ ANALYZE audience_recipient");
}

/**
 * The recipients of {@link takeRecipients} with these columns, in the order of the members' ids: the same recipients are the
 * same file, whomever else the database holds.
 */
export function readRecipients(db: BulkSql, columns: readonly RecipientColumn[]): AsyncIterable<(string | null)[][]> {
  return db.stream<(string | null)[]>(
    `/* readRecipients */ ${recipientsOf("audience_recipient", columns)} ORDER BY x.contact_id`,
    [db.institutionId],
  );
}

/** Whether one of {@link takeRecipients} is there no more, as things are now. */
export async function selectHasGone(db: Sql): Promise<boolean> {
  const { rows } = await db.query<{ hasGone: boolean }>(
    `/* selectHasGone */
     SELECT EXISTS (
       SELECT FROM (SELECT contact_id AS id FROM audience_recipient UNION SELECT recipient_id FROM audience_recipient) x
       WHERE NOT EXISTS (
         SELECT FROM contacts.visible_contact v
         WHERE v.institution_id = $1 AND v.id = x.id AND v.anonymized_at IS NULL)) AS "hasGone"`,
    [db.institutionId],
  );
  return rows[0]!.hasGone;
}
