import type { FieldCatalogue } from "../../platform/access/fields.js";

/** What the gates decide by: who does not see it must not learn it from their outcome. */
export const decidedBy = ["authorizations", "bounceStatus", "connections", "email", "mobile", "phone", "addresses"];

/** Fields about campaigns that may be withheld. */
export const campaignFields: FieldCatalogue = {
  ContactCampaign: {
    outcome: { level: 0, derivedFrom: decidedBy.map((field) => `Contact.${field}`) },
    decidedAt: { level: 0 },
    isAddedByHand: { level: 0 },
  },
};
