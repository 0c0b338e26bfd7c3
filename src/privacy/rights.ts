import type { Caller, TokenClaims } from "../platform/access/caller.js";
import { lowerClearance } from "../platform/access/clearance.js";
import { contactPermissions, isHeldWith, isPermission, type Permission } from "../platform/access/permissions.js";
import type { Institution, OperatorRights, RoleBundles } from "./rights.sql.js";

/** The lower of token and operator row: who lost a right in either has lost it. */
export function operatorCaller(
  claims: TokenClaims,
  institution: Institution,
  rights: OperatorRights,
  bundles: RoleBundles,
): Caller {
  const granted = permissionsOf(rights.roles, bundles);
  const clearance = lowerClearance(claims.clearance, rights.clearance);
  const claimed = new Set([...claims.permissions, ...permissionsOf(claims.roles, bundles)]);
  return {
    ...common(claims, institution),
    organizations: claims.organizations.filter((code) => rights.organizations.includes(code)),
    permissions: new Set<Permission>([
      "authenticated",
      ...[...granted]
        .filter((name) => claimed.has(name))
        .filter(isPermission)
        .filter((permission) => isHeldWith(permission, clearance)),
    ]),
    clearance,
    ownContactId: null,
  };
}

/** An internet user: cleared for all of his own file, and no other file exists for him but his community's. */
export function contactCaller(
  claims: TokenClaims,
  institution: Institution,
  ownContactId: string,
  communityIds: readonly string[],
): Caller {
  return {
    ...common(claims, institution),
    organizations: claims.organizations,
    permissions: new Set(contactPermissions),
    clearance: 2,
    ownContactId,
    communityIds,
  };
}

function common({ kind, subject }: TokenClaims, { id, code, timeZone }: Institution) {
  return { kind, login: subject, institutionId: id, institution: code, timeZone };
}

function permissionsOf(roles: readonly string[], bundles: RoleBundles): ReadonlySet<string> {
  return new Set(roles.flatMap((role) => bundles.get(role) ?? []));
}
