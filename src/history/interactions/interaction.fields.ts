import type { FieldCatalogue, FieldRule } from "../../platform/access/fields.js";

const free: FieldRule = { level: 0 };

/** Fields of interactions and of the list of them that may be withheld. */
export const interactionFields: FieldCatalogue = {
  Contact: {
    interactions: {
      ...{ level: 0, permission: "history:read" },
      derivedFrom: ["Interaction.contact", "Interaction.organization", "Interaction.occurredAt"],
    },
  },
  Interaction: {
    contact: free,
    organization: free,
    medium: free,
    status: free,
    occurredAt: free,
    description: { level: 0, freeText: true },
    // who wrote it goes with what he wrote
    createdBy: { level: 0, derivedFrom: ["description"] },
    shipment: { level: 0, derivedFrom: ["Contact.shipments"] },
  },
};
