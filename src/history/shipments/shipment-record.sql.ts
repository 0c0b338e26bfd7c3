import type { Sql } from "../../platform/database/sql.js";
import type { ShipmentOutcome, ShipmentRecord, ShipmentReport } from "../../platform/ports.js";

/** The records that a statement is given, as $2 and following. */
const given = `unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::bigint[], $11::bigint[], $12::text[], $13::timestamptz[], $14::timestamptz[])
  AS r (organization, external_id, version, contact_id, kind, channel, subject, recipient, campaign_id, order_id, state,
    created_at, sent_at)`;

function columnsOf(records: readonly ShipmentRecord[]): unknown[] {
  const column = <Value>(of: (record: ShipmentRecord) => Value) => records.map(of);
  return [
    column(({ organization }) => organization),
    column(({ externalId }) => externalId),
    column(({ version = 1 }) => version),
    column(({ contactId }) => contactId),
    column(({ kind }) => kind),
    column(({ channel }) => channel),
    column(({ subject = null }) => subject),
    column(({ recipient = null }) => recipient),
    column(({ campaignId = null }) => campaignId),
    column(({ orderId = null }) => orderId),
    column(({ state }) => state),
    column(({ createdAt = null }) => createdAt),
    column(({ sentAt = null }) => sentAt),
  ];
}

/**
 * Writes what is new, or of a higher version, in these records. A recipient or subject that was erased is not filled again.
 * @returns the ids of the shipments that were written
 */
export async function mergeShipments(db: Sql, records: readonly ShipmentRecord[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* mergeShipments */
     WITH latest AS (
       SELECT DISTINCT ON (r.organization, r.external_id) r.*
       FROM ${given} ORDER BY r.organization, r.external_id, r.version DESC)
     INSERT INTO history.shipment AS s (institution_id, organization, external_id, version, contact_id, shipment_kind,
       channel, subject, recipient, campaign_id, order_id, shipment_state, created_at, sent_at, cleaned)
     SELECT $1, r.organization, r.external_id, r.version, v.id, r.kind, r.channel,
       CASE WHEN v.anonymized_at IS NULL THEN r.subject END, CASE WHEN v.anonymized_at IS NULL THEN r.recipient END, r.campaign_id, r.order_id, r.state,
       coalesce(r.created_at, platform.now()), r.sent_at, v.anonymized_at IS NOT NULL
     FROM latest r JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = r.contact_id
     ORDER BY r.organization, r.external_id
     ON CONFLICT (institution_id, organization, external_id) DO UPDATE
     SET version = excluded.version, contact_id = excluded.contact_id, shipment_kind = excluded.shipment_kind,
       channel = excluded.channel, subject = CASE WHEN s.cleaned THEN NULL ELSE excluded.subject END,
       recipient = CASE WHEN s.cleaned THEN NULL ELSE excluded.recipient END, campaign_id = excluded.campaign_id,
       order_id = excluded.order_id, shipment_state = excluded.shipment_state, created_at = excluded.created_at,
       sent_at = excluded.sent_at, cleaned = s.cleaned OR excluded.cleaned
     WHERE s.version < excluded.version
     RETURNING s.id`,
    [db.institutionId, ...columnsOf(records)],
  );
  return rows.map(({ id }) => id);
}

export interface ShipmentKey {
  readonly organization: string | null;
  readonly externalId: string;
  readonly id: string;
}

/** The shipments that have these records' numbers, in any order. */
export async function selectShipmentIds(db: Sql, records: readonly ShipmentRecord[]): Promise<ShipmentKey[]> {
  const { rows } = await db.query<ShipmentKey>(
    `/* selectShipmentIds */
     SELECT s.organization, s.external_id AS "externalId", s.id
     FROM unnest($2::text[], $3::text[]) AS r (organization, external_id)
     JOIN history.shipment s ON s.institution_id = $1 AND s.organization IS NOT DISTINCT FROM r.organization
       AND s.external_id = r.external_id
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = s.contact_id`,
    [db.institutionId, records.map(({ organization }) => organization), records.map(({ externalId }) => externalId)],
  );
  return rows;
}

/** Locks the shipments among `ids` whose contact the session sees. Returns their ids. */
export async function lockShipments(db: Sql, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* lockShipments */
     SELECT s.id FROM history.shipment s
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = s.contact_id
     WHERE s.institution_id = $1 AND s.id = ANY($2::bigint[])
     ORDER BY s.id FOR UPDATE OF s`,
    [db.institutionId, ids],
  );
  return rows.map(({ id }) => id);
}

/** State and response code of each outcome; two that are as high as each other are the same. */
const outcomes: Readonly<Record<ShipmentOutcome, readonly [state: string, code: string | null]>> = {
  FAILED: ["FAILED", null],
  SENT: ["SENT", null],
  DELIVERED: ["DELIVERED", null],
  SOFT_BOUNCED: ["BOUNCED", "SOFT_BOUNCED"],
  OPENED: ["DELIVERED", "OPENED"],
  FOLLOWED: ["DELIVERED", "FOLLOWED"],
  REFUSED: ["REFUSED", null],
  HARD_BOUNCED: ["BOUNCED", "HARD_BOUNCED"],
};

const rankOf = (state: string, code: string) => `history.shipment_rank(${state}, ${code})`;

/**
 * Takes in reports on locked shipments: the highest outcome, the earliest moment at which it was on its way, and where it
 * went if that is not known. Each is the same whatever the order of the reports.
 * @returns the ids of the shipments that it changed
 */
export async function mergeReports(db: Sql, reports: readonly ShipmentReport[]): Promise<string[]> {
  const column = <Value>(of: (report: ShipmentReport) => Value) => reports.map(of);
  const isHigher = `${rankOf("r.state", "r.code")} > ${rankOf("s.reported_state", "s.reported_code")}`;
  const { rows } = await db.query<{ id: string }>(
    `/* mergeReports */
     WITH reported AS (
       SELECT DISTINCT ON (r.id) r.id, r.state, r.code,
         min(r.at) FILTER (WHERE r.state <> 'FAILED') OVER (PARTITION BY r.id) AS sent_at,
         max(r.recipient) OVER (PARTITION BY r.id) AS recipient, max(r.subject) OVER (PARTITION BY r.id) AS subject
       FROM unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[])
         AS r (id, state, code, at, recipient, subject)
       ORDER BY r.id, ${rankOf("r.state", "r.code")} DESC)
     UPDATE history.shipment s
     SET reported_state = CASE WHEN ${isHigher} THEN r.state ELSE s.reported_state END,
       reported_code = CASE WHEN ${isHigher} THEN r.code ELSE s.reported_code END,
       reported_sent_at = least(s.reported_sent_at, r.sent_at),
       recipient = CASE WHEN s.cleaned THEN NULL ELSE coalesce(s.recipient, r.recipient) END,
       subject = CASE WHEN s.cleaned THEN NULL ELSE coalesce(s.subject, r.subject) END
     FROM reported r
     WHERE s.institution_id = $1 AND s.id = r.id
       AND EXISTS (SELECT FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = s.contact_id)
       AND (${isHigher} OR r.sent_at < coalesce(s.reported_sent_at, 'infinity')
         OR (s.recipient IS NULL AND r.recipient IS NOT NULL AND NOT s.cleaned)
         OR (s.subject IS NULL AND r.subject IS NOT NULL AND NOT s.cleaned))
     RETURNING s.id`,
    [
      db.institutionId,
      column(({ shipmentId }) => shipmentId),
      column(({ outcome }) => outcomes[outcome][0]),
      column(({ outcome }) => outcomes[outcome][1]),
      column(({ at }) => at),
      column(({ recipient = null }) => recipient),
      column(({ subject = null }) => subject),
    ],
  );
  return rows.map(({ id }) => id);
}
