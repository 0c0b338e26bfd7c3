import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { contactList, type HistoryPage, type ListArguments } from "../contact-list.service.js";
import { contactLink, orderLink } from "../history.answers.js";
import { byId } from "../history.loaders.js";
import { listedOrganization, namedOrganization } from "../organization.js";
import {
  countShipments,
  ofOrganization,
  type ShipmentRow,
  type ShipmentWish,
  selectShipmentPages,
  selectShipments,
  shipmentChoices,
} from "./shipment.sql.js";

/** A list that is kept by each organization of an institution. */
export interface OrganizationPage extends HistoryPage {
  /** Code; null: of every organization, or of none. */
  readonly organization: string | null;
}

export interface OrganizationArguments extends ListArguments {
  /** Code; left out: the caller's current organization. */
  readonly organizationId?: string | null;
}

/**
 * What an organization has sent to the contact, the newest first, whatever became of it (F28); of a structure also to
 * its relays. Null when the caller may not see the list.
 */
export async function shipments(
  context: OperationContext,
  contactId: string,
  args: OrganizationArguments & { readonly filter?: ShipmentWish | null },
): Promise<OrganizationPage | null> {
  const listed = listedOrganization(context.caller, args.organizationId);
  const page = await contactList(
    context,
    contactId,
    {
      field: "shipments",
      choices: [
        ofOrganization(listed, "s.organization", "Shipment.organization"),
        ...shipmentChoices(args.filter ?? {}),
      ],
      sortedBy: "instant",
      select: selectShipmentPages,
      count: countShipments,
      keyOf: ({ createdAt, id }) => [createdAt, id],
      answer: shipmentAnswer,
    },
    args,
  );
  return page && { ...page, organization: namedOrganization(listed) };
}

export function shipmentAnswer(context: OperationContext, row: ShipmentRow) {
  return context.fields.redact("Shipment", {
    id: encodeId("Shipment", row.id),
    contact: contactLink(row.sentTo),
    organization: row.organization,
    kind: row.kind,
    channel: row.channel,
    subject: row.subject,
    recipient: row.recipient,
    createdAt: new Date(row.createdAt),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt),
    state: row.state,
    responseCode: row.responseCode,
    order: () => orderLink(context, row.orderId),
    campaign: row.campaignId === null ? null : { id: encodeId("Campaign", row.campaignId) },
  });
}

const shipmentLoader = ({ db }: OperationContext) => new DataLoader(byId((ids) => selectShipments(db, ids)));

/** The shipment behind an id; null when the caller does not see its contact. */
export async function shipmentLink(context: OperationContext, shipmentId: string | null) {
  const row = shipmentId === null ? null : await context.once(shipmentLoader).load(shipmentId);
  return row && shipmentAnswer(context, row);
}
