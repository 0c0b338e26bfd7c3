import type { Sql } from "../../platform/database/sql.js";
import type { ShipmentChannel } from "../../platform/ports.js";
import type { AuthorizationCode } from "../authorizations/authorization.js";

export type ReportKind = "DELIVERED" | "FAILURE" | "AUTOMATIC_REPLY" | "COMPLAINT" | "CLICK" | "UNSUBSCRIBE";

/** Something that happened to a message, as it is kept. */
export interface ReportEvent {
  readonly eventId: string;
  /** Database id. */
  readonly contactId: string;
  readonly kind: ReportKind;
  readonly occurredAt: Date;
  readonly addressDigest: Buffer | null;
  readonly statusCode: string | null;
  /** Database id of the shipment that it is about, as far as it is known. */
  readonly shipmentId: string | null;
  /** What it withdraws, in the order of the codes; empty: what let the message arrive. Null for no withdrawal, or an old one. */
  readonly codes: readonly AuthorizationCode[] | null;
}

/** Whom a report is about. */
export interface ReportedContact {
  id: string;
  isStructure: boolean;
  isAnonymized: boolean;
}

/** Those of these contacts whom the session sees, in any order. */
export async function selectReported(db: Sql, ids: readonly string[]): Promise<ReportedContact[]> {
  const { rows } = await db.query<ReportedContact>(
    `/* selectReported */
     SELECT v.id, v.contact_type = 'STRUCTURE' AS "isStructure", v.anonymized_at IS NOT NULL AS "isAnonymized"
     FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/**
 * Keeps what nobody has reported yet under the caller's ids. The contacts are locked, so that twins wait for each other.
 * @param events one for each id
 * @returns the ids of those that are new
 */
export async function insertReports(db: Sql, events: readonly ReportEvent[]): Promise<ReadonlySet<string>> {
  const column = <Value>(of: (event: ReportEvent) => Value) => events.map(of);
  const { rows } = await db.query<{ eventId: string }>(
    `/* insertReports */
     INSERT INTO marketing.report_event
       (institution_id, event_id, contact_id, kind, occurred_at, address_digest, status_code, shipment_id, codes)
     SELECT $1, e.event_id, v.id, e.kind, e.occurred_at, e.address_digest, e.status_code, e.shipment_id, e.codes::text[]
     FROM unnest($2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::bytea[], $7::text[], $8::bigint[],
         $9::text[]) AS e (event_id, contact_id, kind, occurred_at, address_digest, status_code, shipment_id, codes)
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = e.contact_id
     ORDER BY e.event_id
     ON CONFLICT (institution_id, reporter, event_id) DO NOTHING
     RETURNING event_id AS "eventId"`,
    [
      db.institutionId,
      column(({ eventId }) => eventId),
      column(({ contactId }) => contactId),
      column(({ kind }) => kind),
      column(({ occurredAt }) => occurredAt.toISOString()),
      column(({ addressDigest }) => addressDigest),
      column(({ statusCode }) => statusCode),
      column(({ shipmentId }) => shipmentId),
      column(({ codes }) => codes && `{${codes.join(",")}}`),
    ],
  );
  return new Set(rows.map(({ eventId }) => eventId));
}

/** What the caller has reported under these ids. */
export async function selectReports(db: Sql, eventIds: readonly string[]): Promise<ReportEvent[]> {
  const { rows } = await db.query<ReportEvent>(
    `/* selectReports */
     SELECT e.event_id AS "eventId", e.contact_id AS "contactId", e.kind, e.occurred_at AS "occurredAt",
       e.address_digest AS "addressDigest", e.status_code AS "statusCode", e.shipment_id AS "shipmentId", e.codes
     FROM marketing.report_event e
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = e.contact_id
     WHERE e.institution_id = $1 AND e.reporter = current_setting('app.actor') AND e.event_id = ANY($2::text[])`,
    [db.institutionId, eventIds],
  );
  return rows;
}

/** Those of these shipments that went to the contact named with them, as `contact:shipment`. */
export async function selectOwnShipments(
  db: Sql,
  named: readonly { readonly contactId: string; readonly shipmentId: string }[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ key: string }>(
    `/* selectOwnShipments */
     SELECT s.contact_id || ':' || s.shipment_id AS key
     FROM unnest($2::bigint[], $3::bigint[]) AS r (contact_id, shipment_id)
     JOIN history.visible_shipment s ON s.institution_id = $1 AND s.shipment_id = r.shipment_id
       AND s.contact_id = r.contact_id`,
    [db.institutionId, named.map(({ contactId }) => contactId), named.map(({ shipmentId }) => shipmentId)],
  );
  return new Set(rows.map(({ key }) => key));
}

/** By which channel these shipments went, by their ids. */
export async function selectChannels(
  db: Sql,
  shipmentIds: readonly string[],
): Promise<ReadonlyMap<string, ShipmentChannel>> {
  const { rows } = await db.query<{ id: string; channel: ShipmentChannel }>(
    `/* selectChannels */
     SELECT s.shipment_id::text AS id, s.channel FROM history.visible_shipment s
     WHERE s.institution_id = $1 AND s.shipment_id = ANY($2::bigint[])`,
    [db.institutionId, shipmentIds],
  );
  return new Map(rows.map(({ id, channel }) => [id, channel]));
}

/** Somebody who received a campaign. */
export interface CampaignRecipient {
  readonly contactId: string;
  readonly campaignId: string;
}

/** The shipments by which these contacts received these campaigns, as `contact:campaign`; the others are left out. */
export async function selectCampaignShipments(
  db: Sql,
  recipients: readonly CampaignRecipient[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ key: string; shipmentId: string }>(
    `/* selectCampaignShipments */
     SELECT s.contact_id || ':' || s.campaign_id AS key, max(s.shipment_id)::text AS "shipmentId"
     FROM unnest($2::bigint[], $3::bigint[]) AS r (contact_id, campaign_id)
     JOIN history.visible_shipment s ON s.institution_id = $1 AND s.contact_id = r.contact_id
       AND s.campaign_id = r.campaign_id
     GROUP BY s.contact_id, s.campaign_id`,
    [db.institutionId, recipients.map(({ contactId }) => contactId), recipients.map(({ campaignId }) => campaignId)],
  );
  return new Map(rows.map(({ key, shipmentId }) => [key, shipmentId]));
}
