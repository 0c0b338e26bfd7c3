import type { Sql } from "../../platform/database/sql.js";
import type { ShipmentChannel } from "../../platform/ports.js";

/** What a message to a member is addressed with: a structure's goes to its primary relay. */
export interface RecipientRow {
  contactId: string;
  recipientId: string;
  /** Of the member. */
  contactNumber: string;
  title: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Of the member. */
  structureName: string | null;
  language: string | null;
  email: string | null;
  mobile: string | null;
  phone: string | null;
  street1: string | null;
  street2: string | null;
  street3: string | null;
  postcode: string | null;
  town: string | null;
  country: string | null;
}

/** With the shipment, where a run has made one. */
export type RecipientColumn = keyof RecipientRow | "shipmentId";

/** What a channel takes, in the order in which it is written down. */
export const channelColumns: Readonly<Record<ShipmentChannel, readonly (keyof RecipientRow)[]>> = {
  EMAIL: ["email"],
  SMS: ["mobile"],
  PHONE: ["phone", "mobile"],
  LETTER: ["street1", "street2", "street3", "postcode", "town", "country"],
  ADVANTAGE: [],
  WEB_LINK: [],
};

const places: Readonly<Record<RecipientColumn, string>> = {
  contactId: "x.contact_id",
  recipientId: "x.recipient_id",
  shipmentId: "x.shipment_id",
  contactNumber: "t.contact_number",
  title: "r.title",
  firstName: "r.first_name",
  lastName: "r.last_name",
  structureName: "t.structure_name",
  language: "r.language",
  email: "r.email",
  mobile: "r.mobile",
  phone: "r.phone",
  street1: "a.street1",
  street2: "a.street2",
  street3: "a.street3",
  postcode: "a.postcode",
  town: "a.town",
  country: "a.country",
};

/**
 * The recipients of members, as a query. What is about the member is looked up only where another one receives it for him:
 * as a join, it would be gone through for all.
 * @param members rows `contact_id, recipient_id`, and `shipment_id` where that is asked for, as SQL that can stand in FROM
 * @param institution its database id, as SQL
 */
export function recipientsOf(members: string, columns: readonly RecipientColumn[], institution = "$1"): string {
  const ofMember = (column: string) => `CASE WHEN x.contact_id = x.recipient_id THEN r.${column} ELSE (
      SELECT t.${column} FROM contacts.visible_recipient t
      WHERE t.institution_id = ${institution} AND t.contact_id = x.contact_id) END`;
  const value = (place: string) => (place.startsWith("t.") ? ofMember(place.slice(2)) : place);
  const hasAddress = columns.some((column) => places[column].startsWith("a."));
  const address = `LEFT JOIN LATERAL (
      SELECT l.street1, l.street2, l.street3, l.postcode, l.town, l.country FROM contacts.visible_letter_address l
      WHERE l.institution_id = ${institution} AND l.contact_id = x.recipient_id ORDER BY l.place LIMIT 1) a ON true`;
  return `SELECT ${columns.map((column) => `${value(places[column])} AS "${column}"`).join(", ")}
    FROM ${members} x
    JOIN contacts.visible_recipient r ON r.institution_id = ${institution} AND r.contact_id = x.recipient_id
    ${hasAddress ? address : ""}`;
}

const all = (Object.keys(places) as RecipientColumn[]).filter((column) => column !== "shipmentId");

/** Those of these members whom the caller sees, in any order. */
export async function selectRecipients(
  db: Sql,
  members: readonly { readonly contactId: string; readonly recipientId: string | null }[],
): Promise<RecipientRow[]> {
  const reached = members.filter(({ recipientId }) => recipientId !== null);
  const given = "unnest($2::bigint[], $3::bigint[])";
  const { rows } = await db.query<RecipientRow>(
    `/* selectRecipients */ ${recipientsOf(`(SELECT * FROM ${given} AS given (contact_id, recipient_id))`, all)}`,
    [db.institutionId, reached.map(({ contactId }) => contactId), reached.map(({ recipientId }) => recipientId)],
  );
  return rows;
}
