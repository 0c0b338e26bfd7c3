import type { FieldCatalogue } from "../../platform/access/fields.js";

const free = { level: 0 } as const;

/** Who may charge with an alias may see it; what shows which card it is, everyone who sees the contact. */
export const aliasFields: FieldCatalogue = {
  PaymentAlias: {
    alias: { level: 0, permission: "alias:write" },
    provider: free,
    maskedNumber: free,
    expiryMonth: free,
    expiryYear: free,
    isExpired: { level: 0, derivedFrom: ["expiryMonth", "expiryYear"] },
  },
};
