import type { OperationContext } from "../../../src/platform/context.js";
import type { TestDatabase } from "../../support/database.js";
import { ask } from "../graph.js";

/** What a contact's row says, and what the ledger says when it is replayed from its beginning; all seven, in order. */
export async function rowAndLedger(
  db: TestDatabase,
  ids: readonly string[],
): Promise<{ row: string; ledger: string }[]> {
  const { rows } = await db.owner.query<{ row: string; ledger: string }>(
    `SELECT concat_ws(' ', coalesce(m.institution_email::text, 'empty'), coalesce(m.third_party_transfer::text, 'empty'),
         coalesce(m.partner_communication::text, 'empty'), coalesce(m.email::text, 'empty'), coalesce(m.sms::text, 'empty'),
         coalesce(m.phone::text, 'empty'), coalesce(m.letter::text, 'empty')) AS row,
       (SELECT string_agg(coalesce((
            SELECT CASE WHEN e.new_value IS NULL THEN 'empty' ELSE e.new_value::text END
            FROM marketing.authorization_event e
            WHERE e.contact_id = m.contact_id AND e.code = c.code ORDER BY e.id DESC LIMIT 1), 'empty'), ' ' ORDER BY c.place)
        FROM unnest(ARRAY['INSTITUTION_EMAIL', 'THIRD_PARTY_TRANSFER', 'PARTNER_COMMUNICATION', 'EMAIL', 'SMS', 'PHONE',
          'LETTER']) WITH ORDINALITY AS c (code, place)) AS ledger
     FROM marketing.contact_marketing m WHERE m.contact_id = ANY($1) ORDER BY m.contact_id`,
    [ids],
  );
  return rows;
}

/** How many entries of the ledger begin with another value than the entry before of their contact and code ended with. */
export async function brokenChains(db: TestDatabase): Promise<number> {
  const { rows } = await db.owner.query<{ broken: number }>(
    `SELECT count(*)::int AS broken FROM (
       SELECT old_value, lag(new_value) OVER (PARTITION BY institution_id, contact_id, code ORDER BY id) AS before
       FROM marketing.authorization_event) e WHERE e.old_value IS DISTINCT FROM e.before`,
  );
  return rows[0]!.broken;
}

/** The latest day on which a change of a contact's authorizations counted as activity, with its source, as published. */
export async function activityOf(db: TestDatabase, contactId: string): Promise<string[]> {
  const { rows } = await db.contextWith({ clearance: 2 }).transaction((sql) =>
    sql.query<{ entry: string }>(
      `SELECT latest_day || ' ' || kind || ' ' || source AS entry FROM marketing.visible_activity
       WHERE institution_id = $1 AND contact_id = $2 ORDER BY 1`,
      [sql.institutionId, contactId],
    ),
  );
  return rows.map(({ entry }) => entry);
}

/** Fields of a contact, as the gateway asks for them. */
export async function fieldsOf(context: OperationContext, id: string, fields: string) {
  const document = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Contact { id ${fields} } }
  }`;
  const { data, errors } = await ask(context, document, { representations: [{ __typename: "Contact", id }] });
  if (errors) throw errors[0];
  return data?._entities[0];
}
