import type { Sql } from "../../platform/database/sql.js";
import { type ExclusionReason, type GatedCampaign, gatesOf } from "../gates/gates.js";

/** What one gate says of a contact. */
export interface GateAnswer {
  readonly reason: ExclusionReason;
  readonly holdsBack: boolean;
}

/** What each gate from G2 to G6 that such a campaign has says of a contact whom the session sees, in their order. */
export async function selectGateAnswers(db: Sql, contactId: string, campaign: GatedCampaign): Promise<GateAnswer[]> {
  const gates = gatesOf(campaign, { target: "m", recipient: "r" });
  const { rows } = await db.query<{ answers: boolean[] }>(
    `/* selectGateAnswers */
     SELECT ARRAY[${gates.map(([condition]) => `coalesce((${condition}), false)`).join(", ")}] AS answers
     FROM contacts.visible_contact v
     JOIN marketing.contact_marketing m ON m.institution_id = $1 AND m.contact_id = v.id
     LEFT JOIN LATERAL (
       SELECT p.relay_id FROM contacts.primary_relay p
       WHERE p.institution_id = $1 AND p.structure_id = v.id) relay ON m.contact_type = 'STRUCTURE'
     LEFT JOIN marketing.contact_marketing r ON r.institution_id = $1
       AND r.contact_id = CASE m.contact_type WHEN 'STRUCTURE' THEN relay.relay_id ELSE v.id END
     WHERE v.institution_id = $1 AND v.id = $2`,
    [db.institutionId, contactId],
  );
  const answers = rows[0]?.answers ?? [];
  return gates.flatMap(([, reason], index) =>
    answers[index] === undefined ? [] : [{ reason, holdsBack: answers[index] }],
  );
}

/** Whether somebody added him by hand. */
export async function selectIsAdded(db: Sql, campaignId: string, contactId: string): Promise<boolean> {
  const { rows } = await db.query<{ isAdded: boolean }>(
    `/* selectIsAdded */
     SELECT EXISTS (
       SELECT FROM marketing.campaign_addition a
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = a.contact_id
       WHERE a.institution_id = $1 AND a.campaign_id = $2 AND a.contact_id = $3) AS "isAdded"`,
    [db.institutionId, campaignId, contactId],
  );
  return rows[0]!.isAdded;
}
