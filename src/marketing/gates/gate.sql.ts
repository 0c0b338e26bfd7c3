import type { Sql } from "../../platform/database/sql.js";
import { type ExclusionReason, exclusionReason, type GatedCampaign } from "./gates.js";

/** What the gates say of one contact. */
export interface GateRow {
  contactId: string;
  /** Who would receive it: himself, or the primary relay of a structure. Null when there is none. */
  recipientId: string | null;
  /** Null: it is sent. */
  reason: ExclusionReason | null;
}

/**
 * Asks the gates G2 to G6 about these contacts, as things are in this transaction. Contacts whom the caller does not see
 * are left out (G1), in any order. For chunks and single contacts: a whole audience uses {@link exclusionReason} itself.
 */
export async function selectExclusions(
  db: Sql,
  contactIds: readonly string[],
  campaign: GatedCampaign,
): Promise<GateRow[]> {
  const { rows } = await db.query<GateRow>(
    `/* selectExclusions */
     SELECT v.id AS "contactId", r.contact_id AS "recipientId",
       ${exclusionReason(campaign, { target: "m", recipient: "r" })} AS reason
     FROM contacts.visible_contact v
     JOIN marketing.contact_marketing m ON m.institution_id = $1 AND m.contact_id = v.id
     LEFT JOIN LATERAL (
       SELECT p.relay_id FROM contacts.primary_relay p
       WHERE p.institution_id = $1 AND p.structure_id = v.id) relay ON m.contact_type = 'STRUCTURE'
     LEFT JOIN marketing.contact_marketing r ON r.institution_id = $1
       AND r.contact_id = CASE m.contact_type WHEN 'STRUCTURE' THEN relay.relay_id ELSE v.id END
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
