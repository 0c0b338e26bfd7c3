import type { FieldCatalogue } from "../../platform/access/fields.js";

const like = (...derivedFrom: string[]) => ({ level: 0, derivedFrom }) as const;

/** An entry shows of its contact what his file shows. */
export const audienceFields: FieldCatalogue = {
  AudienceEntry: {
    recipient: like("Contact.connections"),
    address: like("Contact.email", "Contact.mobile", "Contact.phone"),
    letterAddress: like("Contact.addresses"),
    title: like("Contact.title"),
    firstName: like("Contact.firstName"),
    lastName: like("Contact.lastName"),
    structureName: like("Contact.structureName"),
    language: like("Contact.language"),
    unsubscribeLink: { level: 0, permission: "audience:export", derivedFrom: ["Contact.authorizations"] },
    authorizationEventId: like("Contact.authorizationHistory"),
    // a number that reports name: who sends messages sees it without seeing what shipments there are
    shipmentId: { level: 0 },
  },
};
