import type { FieldCatalogue } from "../../platform/access/fields.js";

/** Each field of a summary is as closed as the field of the contact that it shows. */
export const summaryFields: FieldCatalogue = {
  ContactSummary: {
    displayName: { level: 0, derivedFrom: ["Contact.displayName"] },
    email: { level: 0, derivedFrom: ["Contact.email"] },
    mainAddress: { level: 0, derivedFrom: ["Contact.addresses"] },
    roles: { level: 0, derivedFrom: ["Contact.roles"] },
  },
};
