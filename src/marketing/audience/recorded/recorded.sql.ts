import type { Sql } from "../../../platform/database/sql.js";
import type { StatementValues } from "../../../platform/database/statement-values.js";
import { decidingCode, exclusionReason, type GatedCampaign, seen } from "../../gates/gates.js";
import type { Outcome } from "../audience.enums.js";
import type { AudiencePage, OutcomeRow } from "../audience.sql.js";
import { consentBehind } from "../audience.statement.js";

/** What the statements about a recorded audience are put together of. */
export interface RecordedParts {
  readonly campaign: GatedCampaign;
  /** Database ids of the runs whose manifests hold it. */
  readonly runIds: readonly string[];
  readonly values: StatementValues;
}

/**
 * Who received it for a member `s`, if he still may: himself, or a relay of the structure. Who does not see him any more,
 * or whom the structure has lost, finds nobody: NO_ADDRESS, as when it is asked anew.
 */
const recipient = `LEFT JOIN marketing.contact_marketing r ON ${seen("r")} AND r.contact_id = s.recipient_id
    AND (r.contact_id = s.contact_id OR EXISTS (
      SELECT FROM contacts.visible_relay still
      WHERE still.institution_id = $1 AND still.structure_id = s.contact_id AND still.relay_id = s.recipient_id))`;

/**
 * What the manifests say of each, the latest of those that name him. Of who was sent to, the gates G2 to G6 are asked again:
 * the first that holds him back now is his outcome.
 * @param which condition on `s`, a row of a manifest, that says of whom
 */
function recorded({ campaign, runIds, values }: RecordedParts, which = "true"): string {
  const runs = values.add(runIds, "bigint[]");
  const isLatest = `NOT EXISTS (
      SELECT FROM marketing.campaign_manifest_row l
      WHERE l.institution_id = $1 AND l.contact_id = s.contact_id AND l.run_id = ANY(${runs}) AND l.run_id > s.run_id)`;
  return `SELECT a.run_id, a.position, a.contact_id, a.recipient_id, a.email_hash, a.shipment_id,
      coalesce(a.reason, a.said) AS outcome, CASE WHEN a.reason IS NULL THEN a.authorization_event_id END AS event_id,
      CASE WHEN a.reason IS NOT NULL THEN a.code END AS deciding_code
    FROM (
      SELECT s.run_id, s.position, s.contact_id, r.contact_id AS recipient_id, r.email_hash, s.shipment_id,
        s.authorization_event_id, s.outcome AS said, ${decidingCode(campaign, "r")} AS code,
        CASE WHEN s.outcome = 'SEND' THEN ${exclusionReason(campaign, { target: "m", recipient: "r" })} END AS reason
      FROM marketing.campaign_manifest_row s
      JOIN marketing.contact_marketing m ON ${seen("m")} AND m.contact_id = s.contact_id
      ${recipient}
      WHERE s.institution_id = $1 AND s.run_id = ANY(${runs}) AND ${which} ${runIds.length > 1 ? `AND ${isLatest}` : ""}) a`;
}

/** Those who were sent to and whom nothing holds back now, as {@link recorded}. */
export function recordedRecipients(parts: RecordedParts): string {
  return `SELECT o.* FROM (${recorded(parts, "s.outcome = 'SEND'")}) o WHERE o.outcome = 'SEND'`;
}

/** A page, in the order of the runs and of the places in them. */
export async function selectRecordedPage(
  db: Sql,
  parts: RecordedParts,
  { outcomes, after, limit }: AudiencePage,
): Promise<OutcomeRow[]> {
  const values = parts.values.copy();
  const [run, position] = (after ?? "0.0").split(".");
  const behind = `(s.run_id, s.position) > (${values.add(run, "bigint")}, ${values.add(position, "bigint")})`;
  const { id, joins } = consentBehind(parts.campaign);
  const [text, parameters] = values.bind(
    `/* selectRecordedPage */
     SELECT o.contact_id AS "contactId", o.recipient_id AS "recipientId", o.outcome, o.shipment_id AS "shipmentId",
       CASE WHEN o.deciding_code IS NULL THEN o.event_id ELSE ${id} END AS "consentEventId",
       concat(o.run_id, '.', o.position) AS place
     FROM (SELECT o.* FROM (${recorded({ ...parts, values }, behind)}) o
       WHERE o.outcome = ANY(${values.add(outcomes, "text[]")})
       ORDER BY o.run_id, o.position LIMIT ${values.add(limit, "int")}) o ${joins}
     ORDER BY o.run_id, o.position`,
  );
  const { rows } = await db.query<OutcomeRow>(text, parameters, "BY_VALUES");
  return rows;
}

/** How many there are of each outcome that there is. */
export async function countRecorded(db: Sql, parts: RecordedParts): Promise<Map<Outcome, number>> {
  const [text, values] = parts.values.bind(
    `/* countRecorded */ SELECT o.outcome, count(*)::int AS count FROM (${recorded(parts)}) o GROUP BY o.outcome`,
  );
  const { rows } = await db.query<{ outcome: Outcome; count: number }>(text, values, "BY_VALUES");
  return new Map(rows.map(({ outcome, count }) => [outcome, count]));
}

/** How many receive it. */
export async function countRecordedRecipients(db: Sql, parts: RecordedParts): Promise<number> {
  const [text, values] = parts.values.bind(
    `/* countRecordedRecipients */ SELECT count(*)::int AS count FROM (${recordedRecipients(parts)}) o`,
  );
  const { rows } = await db.query<{ count: number }>(text, values, "BY_VALUES");
  return rows[0]!.count;
}
