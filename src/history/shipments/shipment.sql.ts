import type { Sql } from "../../platform/database/sql.js";
import { oneOf } from "../history.filters.sql.js";
import {
  type Choice,
  type ContactCount,
  instant,
  type Listed,
  type PageRequest,
  type Scope,
  withinWindow,
} from "../history.sql.js";
import { countsOf, type ListSource, pagesOf } from "../list.sql.js";

export interface ShipmentRow {
  readonly id: string;
  /** A contact whom the caller sees. */
  readonly sentTo: string;
  readonly organization: string | null;
  readonly kind: string;
  readonly channel: string;
  readonly subject: string | null;
  readonly recipient: string | null;
  /** RFC 3339 with microseconds, as `sentAt`. */
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly state: string;
  readonly responseCode: string | null;
  /** Whoever reads it asks again whether the order is visible. */
  readonly orderId: string | null;
  /** A campaign that exists for the caller. */
  readonly campaignId: string | null;
}

/** The same as columns of a row and as properties of a JSON object. */
const columns = `s.id::text, s.contact_id::text AS "sentTo", s.organization, s.shipment_kind AS kind, s.channel, s.subject,
  s.recipient, ${instant("s.created_at")} AS "createdAt", ${instant("s.current_sent_at")} AS "sentAt",
  s.current_state AS state, s.current_code AS "responseCode", s.order_id::text AS "orderId",
  (SELECT c.id::text FROM marketing.visible_campaign c WHERE c.institution_id = $1 AND c.id = s.campaign_id) AS "campaignId"`;

/** The shipments to contacts whom the caller sees that have one of some ids. None of the anonymized. */
const shipmentsOf = (isOne: string) => `
  SELECT ${columns} FROM history.shipment s
  JOIN contacts.visible_contact sent_to
    ON sent_to.institution_id = $1 AND sent_to.id = s.contact_id AND sent_to.anonymized_at IS NULL
  WHERE s.institution_id = $1 AND s.id ${isOne}`;

/** The shipment of this id as a JSON object; null when there is none, or none to be seen. */
export const shipmentJson = (id: string) => `(SELECT row_to_json(found) FROM (${shipmentsOf(`= ${id}`)}) found)`;

/** Which shipments a list shows; what is left out, any. */
export interface ShipmentWish {
  readonly kinds?: readonly string[] | null;
  readonly channels?: readonly string[] | null;
  readonly states?: readonly string[] | null;
  readonly responseCodes?: readonly string[] | null;
}

/**
 * What is of one organization, or of the institution itself, which every organization's list shows (F28).
 * @param listed code; null: of any
 */
export function ofOrganization(listed: string | null, column: string, gives: string): Choice {
  return {
    ...{ name: "organizationId", values: listed === null ? null : [listed], gives: [gives] },
    condition: (parameter) => `(${column} IS NULL OR ${column} = ANY(${parameter}))`,
  };
}

/** Of shipment `s`. */
export const shipmentChoices = (filter: ShipmentWish): Choice[] => [
  oneOf("kinds", filter.kinds, "s.shipment_kind", "Shipment.kind"),
  oneOf("channels", filter.channels, "s.channel", "Shipment.channel"),
  oneOf("states", filter.states, "s.current_state", "Shipment.state"),
  oneOf("responseCodes", filter.responseCodes, "s.current_code", "Shipment.responseCode"),
];

/** Those that were made for the owner. */
const shipments: ListSource = {
  ...{ table: "history.shipment", alias: "s", columns, sortedBy: ["s.created_at", "timestamptz"] },
  belongs: `s.institution_id = $1 AND s.contact_id = owner.id AND ${withinWindow("s.created_at")}`,
};

/**
 * A page of shipments to each of these contacts, the newest first; of a structure, also to its relays when the request
 * says so. Invisible and anonymized contacts have none.
 */
export async function selectShipmentPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(ShipmentRow & Listed)[]> {
  const { text, values } = pagesOf(db, shipments, contactIds, request);
  const { rows } = await db.query<ShipmentRow & Listed>(`/* selectShipmentPages */ ${text}`, values);
  return rows;
}

/** How many shipments to each of these contacts were made in the window. Contacts without any are left out. */
export async function countShipments(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, shipments, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countShipments */ ${text}`, values);
  return rows;
}

/** Shipments to contacts whom the caller sees, by their ids, in any order. */
export async function selectShipments(db: Sql, ids: readonly string[]): Promise<ShipmentRow[]> {
  const { rows } = await db.query<ShipmentRow>(`/* selectShipments */ ${shipmentsOf("= ANY($2::bigint[])")}`, [
    db.institutionId,
    ids,
  ]);
  return rows;
}
