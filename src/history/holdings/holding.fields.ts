import type { FieldCatalogue, FieldRule } from "../../platform/access/fields.js";

const free: FieldRule = { level: 0 };

/** Fields of what a contact waits for and holds. Keys are not in it. */
export const holdingFields: FieldCatalogue = {
  WaitingListEntry: {
    contact: free,
    organization: free,
    product: free,
    quantity: free,
    requestedAt: free,
    state: free,
  },
  Membership: {
    contact: free,
    organization: free,
    product: free,
    validFromDate: free,
    validToDate: free,
    state: free,
    order: free,
  },
  Advantage: {
    contact: free,
    organization: free,
    code: free,
    name: free,
    validFromDate: free,
    validToDate: free,
    state: free,
  },
};
