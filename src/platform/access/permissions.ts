import type { Clearance } from "./clearance.js";

/**
 * Everything that a caller can be permitted to do. Part of the API: add, never rename.
 * `authenticated` is held by every caller with a valid token.
 */
export const permissions = [
  "authenticated",
  "contact:read",
  "contact:write",
  "contact:confidentiality",
  "contact:identity",
  "contact:block",
  "contact:anonymize",
  "alias:write",
  "alias:remove",
  "seat:write",
  "community:write",
  "authorization:write",
  "history:read",
  "history:ingest",
  "interaction:reopen",
  "bounce:clear",
  "marketing:report",
  "import:run",
  "audit:read",
  "pointOfSale:write",
  "criterion:admin",
  "indicator:admin",
  "wording:admin",
  "target:read",
  "target:write",
  "campaign:write",
  "audience:export",
  "report:export",
  "operator:admin",
  "privacy:hold",
  "privacy:simulate",
  "privacy:run",
  "subject:export",
] as const;

export type Permission = (typeof permissions)[number];

const known = new Set<string>(permissions);

/** Duties that are complete whoever they are about: only callers who are cleared for everything hold these (design 3). */
const complete: ReadonlySet<Permission> = new Set([
  "alias:remove",
  "history:ingest",
  "marketing:report",
  "indicator:admin",
  "contact:anonymize",
  "privacy:simulate",
  "privacy:run",
  "subject:export",
]);

/** Whether a caller of this clearance can hold the permission at all. */
export function isHeldWith(permission: Permission, clearance: Clearance): boolean {
  return clearance === 2 || !complete.has(permission);
}

/** True for a permission that this version knows; tokens and roles may name others, which grant nothing. */
export function isPermission(name: string): name is Permission {
  return known.has(name);
}

/** The bundles that each new institution starts with. Kept as data in `privacy.role`, so that it may change them. */
export const shippedRoles: Readonly<Record<string, readonly Permission[]>> = {
  FRONT_DESK: ["contact:read", "contact:write", "alias:write", "community:write", "history:read"],
  CRM_MANAGER: [
    "contact:read",
    "contact:write",
    "contact:confidentiality",
    "contact:block",
    "alias:write",
    "community:write",
    "authorization:write",
    "bounce:clear",
    "history:read",
    "interaction:reopen",
    "import:run",
    "audit:read",
    "criterion:admin",
    "indicator:admin",
    "target:read",
    "target:write",
    "campaign:write",
    "audience:export",
    "report:export",
  ],
  MARKETING: [
    "contact:read",
    "authorization:write",
    "bounce:clear",
    "history:read",
    "target:read",
    "target:write",
    "campaign:write",
    "audience:export",
    "report:export",
  ],
  DATA_PROTECTION_OFFICER: [
    "contact:read",
    "contact:confidentiality",
    "contact:identity",
    "contact:anonymize",
    "history:read",
    "audit:read",
    "pointOfSale:write",
    "wording:admin",
    "privacy:hold",
    "privacy:simulate",
    "privacy:run",
    "subject:export",
    "report:export",
  ],
  PARTNER: ["import:run", "target:read"],
  SAM: ["contact:read", "marketing:report", "target:read", "audience:export"],
  TICKETING: [
    "contact:read",
    "contact:write",
    "contact:identity",
    "alias:write",
    "alias:remove",
    "seat:write",
    "community:write",
    "history:read",
    "history:ingest",
  ],
  ADMINISTRATOR: permissions.filter((permission) => permission !== "authenticated"),
};

/** What an internet user may do with his own file and his community. Fixed: no operator row stands behind a contact. */
export const contactPermissions: readonly Permission[] = [
  "authenticated",
  "contact:read",
  "community:write",
  "authorization:write",
  "history:read",
];
