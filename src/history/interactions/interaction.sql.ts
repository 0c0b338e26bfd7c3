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
import { type ShipmentRow, shipmentJson } from "../shipments/shipment.sql.js";

export interface InteractionRow {
  readonly id: string;
  /** A contact whom the caller sees. */
  readonly withContact: string;
  readonly organization: string | null;
  /** What made it; null for a manual one. */
  readonly shipmentId: string | null;
  readonly medium: string;
  readonly status: string;
  /** RFC 3339 with microseconds. */
  readonly occurredAt: string;
  readonly description: string | null;
  readonly createdBy: string;
  readonly version: number;
  /** What made it. Left out: not read with it. */
  readonly shipment?: ShipmentRow | null;
}

const columns = `i.id, i.contact_id AS "withContact", i.organization, i.shipment_id AS "shipmentId", i.medium,
  i.interaction_status AS status, ${instant("i.occurred_at")} AS "occurredAt", i.description, i.created_by AS "createdBy",
  i.version`;

/** Which interactions a list shows; what is left out, any. */
export interface InteractionWish {
  readonly origins?: readonly string[] | null;
  readonly statuses?: readonly string[] | null;
  readonly media?: readonly string[] | null;
}

const origin = `CASE WHEN i.shipment_id IS NULL THEN 'MANUAL' ELSE 'AUTOMATIC' END`;

/** Of interaction `i`. What they gave would be withheld itself: the automatic ones tell of shipments. */
export const interactionChoices = (filter: InteractionWish, withAutomatic: boolean): Choice[] => [
  oneOf("origins", filter.origins, origin),
  oneOf("origins", withAutomatic ? null : ["MANUAL"], origin),
  oneOf("statuses", filter.statuses, "i.interaction_status", "Interaction.status"),
  oneOf("media", filter.media, "i.medium", "Interaction.medium"),
];

/** Those with the owner. */
const interactions: ListSource = {
  ...{ table: "history.interaction", alias: "i", columns, sortedBy: ["i.occurred_at", "timestamptz"] },
  belongs: `i.institution_id = $1 AND i.contact_id = owner.id AND ${withinWindow("i.occurred_at")}`,
};

/**
 * A page of interactions with each of these contacts, the newest first; of a structure, also with its relays when the
 * request says so. Invisible and anonymized contacts have none.
 * @param withShipments also what made them, in the same statement
 */
export async function selectInteractionPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
  withShipments: boolean,
): Promise<(InteractionRow & Listed)[]> {
  const shipment = withShipments ? `, ${shipmentJson("i.shipment_id")} AS shipment` : "";
  const source = { ...interactions, columns: columns + shipment };
  const { text, values } = pagesOf(db, source, contactIds, request);
  const { rows } = await db.query<InteractionRow & Listed>(`/* selectInteractionPages */ ${text}`, values);
  return rows;
}

/** How many interactions with each of these contacts there are in the window. Contacts without any are left out. */
export async function countInteractions(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, interactions, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countInteractions */ ${text}`, values);
  return rows;
}

/** Interactions with contacts whom the caller sees, by their ids, in any order. None of the anonymized. */
export async function selectInteractions(db: Sql, ids: readonly string[]): Promise<InteractionRow[]> {
  const { rows } = await db.query<InteractionRow>(
    `/* selectInteractions */
     SELECT ${columns} FROM history.interaction i
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = i.contact_id AND v.anonymized_at IS NULL
     WHERE i.institution_id = $1 AND i.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
