import { type CallerKind, callerKinds } from "../platform/access/caller.js";
import { ConfidentialityLevel } from "../platform/access/clearance.js";
import { encodeId } from "../platform/graphql/opaque-id.js";
import type { DemoCaller } from "./demo-caller.js";

export const demoCode = "demo";
export const otherCode = "other";

const { FREE, RESTRICTED, CONFIDENTIAL } = ConfidentialityLevel;
const both = ["OPERA", "MUSEUM"];
const [operator, service, partner, contact] = callerKinds;

function caller(
  kind: CallerKind,
  login: string,
  role: string,
  clearance: ConfidentialityLevel,
  description: string,
  organizations: readonly string[] = both,
): DemoCaller {
  return { kind, login, institution: demoCode, roles: [role], clearance, organizations, description };
}

/** The contact whose file the tour opens. */
export const firstContact = { id: "101", number: "00000101" };

/** Logins reveal nobody's name, because they can never change (F66). */
export const demoCallers: readonly DemoCaller[] = [
  caller(operator, "op-1042", "CRM_MANAGER", CONFIDENTIAL, "CRM manager, sees and changes every contact, imports"),
  caller(operator, "op-1007", "FRONT_DESK", FREE, "front desk of the opera, sees FREE contacts only", ["OPERA"]),
  caller(operator, "op-1023", "MARKETING", RESTRICTED, "marketing, sets authorizations, sees up to RESTRICTED"),
  caller(operator, "op-1031", "DATA_PROTECTION_OFFICER", CONFIDENTIAL, "data protection officer, reads the audit"),
  caller(operator, "op-1001", "ADMINISTRATOR", CONFIDENTIAL, "administrator, may do everything"),
  caller(service, "svc-2001", "SAM", CONFIDENTIAL, "marketing system"),
  caller(service, "svc-2002", "TICKETING", CONFIDENTIAL, "ticketing system"),
  caller(partner, "pa-3001", "PARTNER", FREE, "partner, uploads files and sees his own jobs", ["MUSEUM"]),
  {
    kind: contact,
    login: encodeId("Contact", firstContact.id),
    institution: demoCode,
    roles: [],
    clearance: FREE,
    organizations: [],
    description: "an internet user, sees his own file only",
  },
  {
    ...caller(operator, "op-9001", "ADMINISTRATOR", CONFIDENTIAL, "administrator of another institution", ["THEATRE"]),
    institution: otherCode,
  },
];
