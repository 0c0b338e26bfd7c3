import type { FieldCatalogue, FieldRule } from "../platform/access/fields.js";
import { aliasFields } from "./aliases/alias.fields.js";
import { summaryFields } from "./summary/summary.fields.js";

const free: FieldRule = { level: 0 };
/** What follows a connection gives it away. */
const connected: FieldRule = { level: 0, derivedFrom: ["connections"] };

/** Fields of the contact file as shipped; id, type, number, level, validity, version and redactions are never withheld. */
export const contactFields: FieldCatalogue = {
  Contact: {
    title: free,
    firstName: free,
    lastName: free,
    structureName: free,
    displayName: { level: 0, derivedFrom: ["firstName", "lastName", "structureName"] },
    email: free,
    phone: free,
    mobile: free,
    birthDate: free,
    language: free,
    referenceCode: free,
    validityEndDate: free,
    createdAt: free,
    updatedAt: free,
    addresses: free,
    roles: free,
    connections: free,
    structure: connected,
    relays: connected,
    members: connected,
    parent: connected,
    subsidiaries: connected,
    primaryRelay: connected,
    mails: free,
    community: free,
    communityLeads: { level: 0, derivedFrom: ["community"] },
    // definitions have a level of their own beside
    criteria: free,
    summary: free,
    disabilityType: free,
    remark: { level: 0, freeText: true },
    paymentAliases: free,
    notes: { level: 0, freeText: true },
    symbols: free,
    symbolHints: { level: 0, derivedFrom: ["symbols"] },
    hasNotes: { level: 0, derivedFrom: ["notes"] },
    preferredSeats: free,
    isBlocked: free,
    blockedSince: { level: 0, derivedFrom: ["isBlocked"] },
    blockedReason: { level: 1, derivedFrom: ["isBlocked"], freeText: true },
    identityDocumentNumber: { level: 1, permission: "contact:identity" },
    identityDocumentMasked: { level: 1 },
    // a login is refused for the sake of public contacts only, and is an e-mail address
    internetAccount: { level: 0, derivedFrom: ["roles", "email"] },
  },
  ...aliasFields,
  ...summaryFields,
};
