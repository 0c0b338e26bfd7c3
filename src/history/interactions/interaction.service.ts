import type { OperationContext } from "../../platform/context.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { contactList } from "../contact-list.service.js";
import { contactLink } from "../history.answers.js";
import type { Listed } from "../history.sql.js";
import { isOwnOrganization, listedOrganization, namedOrganization } from "../organization.js";
import {
  type OrganizationArguments,
  type OrganizationPage,
  shipmentAnswer,
  shipmentLink,
} from "../shipments/shipment.service.js";
import { ofOrganization } from "../shipments/shipment.sql.js";
import {
  countInteractions,
  type InteractionRow,
  type InteractionWish,
  interactionChoices,
  selectInteractionPages,
  selectInteractions,
} from "./interaction.sql.js";
import { InteractionOrigin } from "./interaction.type.js";

/** What an automatic interaction tells of its shipment, by being there. */
const toldOfShipments = ["contact", "organization", "kind", "channel", "createdAt", "sentAt", "state"];

/** True when the caller is shown the automatic interactions. */
function seesAutomatic({ fields }: OperationContext): boolean {
  return fields.may("Contact", "shipments") && toldOfShipments.every((field) => fields.may("Shipment", field));
}

/**
 * What passed between the contact and an organization, the newest first (F25, F26); of a structure also its relays.
 * Null when the caller may not see the list.
 */
export async function interactions(
  context: OperationContext,
  contactId: string,
  args: OrganizationArguments & { readonly filter?: InteractionWish | null; readonly withShipments: boolean },
): Promise<OrganizationPage | null> {
  const { withShipments } = args;
  const listed = listedOrganization(context.caller, args.organizationId);
  const page = await contactList<InteractionRow & Listed>(
    context,
    contactId,
    {
      field: "interactions",
      choices: [
        ofOrganization(listed, "i.organization", "Interaction.organization"),
        ...interactionChoices(args.filter ?? {}, seesAutomatic(context)),
      ],
      options: withShipments,
      sortedBy: "instant",
      select: (db, ids, request) => selectInteractionPages(db, ids, request, withShipments),
      count: countInteractions,
      keyOf: ({ occurredAt, id }) => [occurredAt, id],
      answer: interactionAnswer,
    },
    args,
  );
  return page && { ...page, organization: namedOrganization(listed) };
}

/** The interaction of this database id, if it exists for the caller. */
export async function findInteraction(
  context: OperationContext,
  id: string,
  db = context.db,
): Promise<InteractionRow | null> {
  const [row] = await selectInteractions(db, [id]);
  const isShown =
    row !== undefined &&
    isOwnOrganization(context.caller, row.organization) &&
    (row.shipmentId === null || seesAutomatic(context));
  return isShown ? row : null;
}

/** Where a row becomes an answer. */
export function interactionAnswer(context: OperationContext, row: InteractionRow) {
  const isManual = row.shipmentId === null;
  return context.fields.redact("Interaction", {
    id: encodeId("Interaction", row.id),
    contact: contactLink(row.withContact),
    organization: row.organization,
    origin: isManual ? InteractionOrigin.MANUAL : InteractionOrigin.AUTOMATIC,
    medium: row.medium,
    status: row.status,
    occurredAt: new Date(row.occurredAt),
    description: row.description,
    // whatever recorded the shipment wrote nothing
    createdBy: isManual ? row.createdBy : null,
    shipment: () => shipmentOf(context, row),
    version: row.version,
  });
}

function shipmentOf(context: OperationContext, { shipmentId, shipment }: InteractionRow) {
  return shipment === undefined ? shipmentLink(context, shipmentId) : shipment && shipmentAnswer(context, shipment);
}
