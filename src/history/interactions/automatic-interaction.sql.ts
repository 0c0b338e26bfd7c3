import type { Sql } from "../../platform/database/sql.js";

/** How an interaction came about, by the channel of its shipment. */
const medium = `CASE s.channel WHEN 'ADVANTAGE' THEN 'OTHER' WHEN 'WEB_LINK' THEN 'WEB' ELSE s.channel END`;

/** As it was made, until somebody sets it: the first version is nobody's. */
const status = `CASE WHEN i.version = 1 THEN excluded.interaction_status ELSE i.interaction_status END`;

/**
 * Makes the automatic interactions of these shipments what the shipments say now (F25): one for each from state SENT on,
 * none for the others, so that repeated and reordered deliveries end alike. Its status stays as operators have set it;
 * a new one is closed, but a quotation waits for its answer. For the transaction that writes the shipments; any number
 * of them at once. Of contacts that the session does not see, nothing is written.
 */
export async function interactionsOfShipments(db: Sql, shipmentIds: readonly string[]): Promise<void> {
  if (shipmentIds.length === 0) return;
  await db.query(
    `/* interactionsOfShipments */
     WITH given AS (
       SELECT s.id, s.organization, s.contact_id, ${medium} AS medium,
         s.current_state NOT IN ('QUEUED', 'FAILED') AS was_sent, coalesce(s.current_sent_at, s.created_at) AS occurred_at,
         CASE s.shipment_kind WHEN 'QUOTATION' THEN 'OPEN' ELSE 'CLOSED' END AS status
       FROM history.shipment s
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = s.contact_id
       WHERE s.institution_id = $1 AND s.id = ANY($2::bigint[])),
     withdrawn AS (
       -- looked up, also while the planner takes the table for an empty one, as in an institution's first campaign
       DELETE FROM history.interaction i
       WHERE i.institution_id = $1 AND i.shipment_id = ANY (ARRAY(SELECT id FROM given WHERE NOT was_sent)))
     INSERT INTO history.interaction AS i (institution_id, organization, contact_id, shipment_id, medium,
       interaction_status, occurred_at)
     SELECT $1, organization, contact_id, id, medium, status, occurred_at FROM given WHERE was_sent
     ORDER BY contact_id, id
     ON CONFLICT (institution_id, shipment_id) WHERE shipment_id IS NOT NULL DO UPDATE
     SET organization = excluded.organization, contact_id = excluded.contact_id, medium = excluded.medium,
       occurred_at = excluded.occurred_at, interaction_status = ${status}
     WHERE (i.organization, i.contact_id, i.medium, i.occurred_at, i.interaction_status) IS DISTINCT FROM
       (excluded.organization, excluded.contact_id, excluded.medium, excluded.occurred_at, ${status})`,
    [db.institutionId, shipmentIds],
  );
}
