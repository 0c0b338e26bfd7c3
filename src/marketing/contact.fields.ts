import type { FieldCatalogue } from "../platform/access/fields.js";
import { audienceFields } from "./audience/audience.fields.js";
import { campaignFields } from "./campaigns/campaign.fields.js";

/** Protected fields as shipped. */
export const marketingFields: FieldCatalogue = {
  Contact: {
    authorizations: { level: 0 },
    authorizationHistory: { level: 0, derivedFrom: ["authorizations"] },
    consentAsOf: { level: 0, derivedFrom: ["authorizations"] },
    unsubscribeLink: { level: 0, permission: "marketing:report", derivedFrom: ["authorizations"] },
    bounceStatus: { level: 0 },
    bounce: { level: 0, derivedFrom: ["bounceStatus"] },
    campaigns: { level: 0, permission: "target:read" },
  },
  ContactSummary: {
    authorizations: { level: 0, derivedFrom: ["Contact.authorizations"] },
    bounceStatus: { level: 0, derivedFrom: ["Contact.bounceStatus"] },
  },
  ...audienceFields,
  ...campaignFields,
};
