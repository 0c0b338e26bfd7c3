import type { FieldCatalogue } from "../platform/access/fields.js";

/** Protected fields as shipped. */
export const marketingFields: FieldCatalogue = {
  Contact: {
    authorizations: { level: 0 },
    bounceStatus: { level: 0 },
  },
};
