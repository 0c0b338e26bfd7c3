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
  return count;
}

/**
 * Read in its order, the first rows come at once, and the file is written while the others are looked up. It also tells the
 * planner how many there are.
 */
async function indexRecipients(db: Sql): Promise<void> {
  await db.query("/* indexRecipients */ CREATE UNIQUE INDEX ON audience_recipient (contact_id)");
}

/**
 * The recipients of {@link takeRecipients} with these columns, in the order of the members' ids: the same recipients are the
 * same file, whomever else the database holds. COPY takes no parameters, so the institution stands in the text.
 */
export function readRecipients(db: BulkSql, columns: readonly RecipientColumn[]): AsyncIterable<(string | null)[][]> {
  const institution = String(Number(db.institutionId));
  const query = recipientsOf("audience_recipient", columns, institution);
  return db.texts(`/* readRecipients */ ${query} ORDER BY x.contact_id`);
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
