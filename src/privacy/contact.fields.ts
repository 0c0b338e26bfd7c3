import type { FieldCatalogue } from "../platform/access/fields.js";

/** Protected fields as shipped. */
export const privacyFields: FieldCatalogue = {
  Contact: {
    audit: { level: 0, permission: "audit:read" },
  },
};
