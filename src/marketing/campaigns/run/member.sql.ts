import type { Sql } from "../../../platform/database/sql.js";
import type { StatementValues } from "../../../platform/database/statement-values.js";
import type { Outcome } from "../../audience/audience.enums.js";
import type { Audience } from "../../audience/audience.js";

/*
 * Conditions on `m`, a row of marketing.contact_marketing, as sub-selects of one row: PostgreSQL would make a table of
 * everybody out of an EXISTS, for each chunk again.
 */

/** Who has received a campaign in one of these runs. */
export const sentIn = (runIds: readonly string[]) => (values: StatementValues) =>
  `coalesce((SELECT true FROM marketing.campaign_manifest_row s
    WHERE s.institution_id = $1 AND s.contact_id = m.contact_id AND s.run_id = ANY(${values.add(runIds, "bigint[]")})
      AND s.outcome = 'SEND' LIMIT 1), false)`;

/** Those whom a run is for. */
export const plannedIn = (runId: string) => (values: StatementValues) =>
  `coalesce((SELECT true FROM marketing.campaign_member p
    WHERE p.institution_id = $1 AND p.run_id = ${values.add(runId, "bigint")} AND p.contact_id = m.contact_id LIMIT 1), false)`;

/**
 * Writes whom a run is for, by contact number, with what the gates say of each now. Who has received the campaign in an
 * earlier run of it is left out.
 */
export async function insertRunMembers(db: Sql, runId: string, campaignId: string, audience: Audience): Promise<void> {
  const { values } = audience;
  const run = values.add(runId, "bigint");
  const [text, parameters] = values.bind(
    `/* insertRunMembers */
     INSERT INTO marketing.campaign_member (institution_id, run_id, position, contact_id, recipient_id, outcome)
     SELECT $1, ${run}, row_number() OVER (ORDER BY n.contact_number::numeric, n.contact_number, n.contact_id),
       e.contact_id, e.recipient_id, e.outcome
     FROM (${audience.everybody()}) e
     JOIN contacts.visible_reach n ON n.institution_id = $1 AND n.contact_id = e.contact_id
     WHERE NOT EXISTS (
       SELECT FROM marketing.campaign_manifest_row s
       JOIN marketing.campaign_run past ON past.institution_id = $1 AND past.id = s.run_id
         AND past.campaign_id = ${values.add(campaignId, "bigint")}
       WHERE s.institution_id = $1 AND s.contact_id = e.contact_id AND s.outcome = 'SEND')`,
  );
  await db.query(text, parameters);
}

/** How many of each outcome those have whom a run is for. */
export async function countRunMembers(db: Sql, runId: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ outcome: string; count: number }>(
    `/* countRunMembers */
     SELECT m.outcome, count(*)::int AS count FROM marketing.campaign_member m
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = m.contact_id
     WHERE m.institution_id = $1 AND m.run_id = $2 GROUP BY m.outcome`,
    [db.institutionId, runId],
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

export interface RunMember {
  readonly position: number;
  readonly contactId: string;
  readonly recipientId: string | null;
  /** What the gates said when the targets were asked. */
  readonly outcome: Outcome;
}

/** Those behind a position, in their order: whoever the session does not see any more is among them. */
export async function selectRunMembers(
  db: Sql,
  runId: string,
  { after, limit }: { after: number; limit: number },
): Promise<RunMember[]> {
  const { rows } = await db.query<RunMember>(
    `/* selectRunMembers */
     SELECT position, contact_id AS "contactId", recipient_id AS "recipientId", outcome FROM marketing.campaign_member
     WHERE institution_id = $1 AND run_id = $2 AND position > $3 ORDER BY position LIMIT $4`,
    [db.institutionId, runId, after, limit],
  );
  return rows;
}

/** Where these contacts are reached: addresses of one moment, never kept but with a shipment. */
export interface Reach {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
}

/** Any order. */
export async function selectReach(db: Sql, contactIds: readonly string[]): Promise<Reach[]> {
  const { rows } = await db.query<Reach>(
    `/* selectReach */
     SELECT r.contact_id AS id, r.email, r.phone, r.mobile FROM contacts.visible_reach r
     WHERE r.institution_id = $1 AND r.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
