import type { FieldCatalogue } from "../platform/access/fields.js";

/** Protected fields as shipped. */
export const privacyFields: FieldCatalogue = {
  Contact: {
    audit: { level: 0, permission: "audit:read" },
    // it tells the latest of what these show
    gdprRecency: {
      level: 0,
      derivedFrom: ["purchaseHistory", "culturalHistory", "waitingList", "criteria", "authorizations", "createdAt"],
    },
    retentionHold: { level: 0, permission: "privacy:hold", freeText: true },
    gdprRecencyMonth: { level: 0, derivedFrom: ["gdprRecency"] },
  },
};
