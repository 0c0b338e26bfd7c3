import type { FieldCatalogue, FieldRule } from "../../platform/access/fields.js";

const free: FieldRule = { level: 0 };

/** Fields of shipments and of the list of them that may be withheld. */
export const shipmentFields: FieldCatalogue = {
  Contact: {
    shipments: {
      ...{ level: 0, permission: "history:read" },
      derivedFrom: ["Shipment.contact", "Shipment.organization", "Shipment.createdAt"],
    },
  },
  Shipment: {
    contact: free,
    organization: free,
    kind: free,
    channel: free,
    subject: free,
    // it says again what stands in the contact file
    recipient: { level: 0, derivedFrom: ["Contact.email", "Contact.phone", "Contact.mobile", "Contact.addresses"] },
    createdAt: free,
    sentAt: free,
    state: free,
    responseCode: { level: 0, derivedFrom: ["state"] },
    order: free,
    campaign: { level: 0, permission: "target:read" },
  },
};
