import { countProblems, invisibleInLine } from "../../platform/errors/input-rules.js";
import "./operator.messages.js";
import { permissions as known, type Permission } from "../../platform/access/permissions.js";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import type { RoleBundles } from "../rights.sql.js";
import type { OperatorNames, OperatorRights } from "./operator.sql.js";

const longestText = 100;
const mostRoles = 50;
const mostOrganizations = 200;

/** What is wrong with a login. It is never trimmed: it stands as it was given, for good. */
export function loginProblems(login: string): Problem[] {
  const isLogin = login !== "" && login.length <= longestText && login === login.trim() && !invisibleInLine.test(login);
  return isLogin ? [] : [problem("INVALID_LOGIN", ["login"], { maximum: longestText })];
}

/** What is wrong with names; those that are null are not given. */
export function nameProblems(names: OperatorNames): Problem[] {
  return Object.entries(names).flatMap(([field, value]) => {
    if (value === null) return [];
    if (invisibleInLine.test(value)) return [problem("INVALID_CHARACTERS", [field])];
    return value.length > longestText ? [problem("VALUE_TOO_LONG", [field], { maximum: longestText })] : [];
  });
}

const letters = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();

/** Shorter names are found in any login. */
const shortestTelling = 3;

/** True for a login that holds the first or the last name, in whatever case and accents (F66). */
export function revealsName(login: string, { firstName, lastName }: OperatorNames): boolean {
  const said = letters(login);
  return [firstName, lastName]
    .flatMap((name) => (name === null ? [] : [letters(name), ...name.split(/[\s-]+/).map(letters)]))
    .some((name) => name.length >= shortestTelling && said.includes(name));
}

/** What the rights are compared with. */
export interface RightsGround {
  readonly bundles: RoleBundles;
  readonly organizations: ReadonlySet<string>;
  /** Before the change; null for a new operator. */
  readonly before: OperatorRights | null;
}

/**
 * What is wrong with an operator's rights. Nobody gives more than he has; what somebody has already may stay with him.
 */
export function rightsProblems(context: OperationContext, rights: OperatorRights, ground: RightsGround): Problem[] {
  const { clearance, roles, organizations } = rights;
  const { before, bundles } = ground;
  const isAbove = clearance > Math.max(context.caller.clearance, before?.clearance ?? 0);
  return [
    ...(isAbove ? [problem("RIGHTS_ABOVE_OWN", ["clearance"])] : []),
    ...countProblems(roles, "roles", mostRoles),
    ...countProblems(organizations, "organizations", mostOrganizations),
    ...roles.flatMap((role, elementIndex) => {
      if (before?.roles.includes(role)) return [];
      const bundle = bundles.get(role);
      if (!bundle) return [{ ...problem("UNKNOWN_ROLE", ["roles"]), elementIndex }];
      return isOwn(context, bundle) ? [] : [{ ...problem("RIGHTS_ABOVE_OWN", ["roles"]), elementIndex }];
    }),
    ...organizations.flatMap((code, elementIndex) =>
      ground.organizations.has(code) ? [] : [{ ...problem("UNKNOWN_ORGANIZATION", ["organizations"]), elementIndex }],
    ),
  ];
}

/** What is wrong with the permissions of a role. */
export function permissionProblems(
  context: OperationContext,
  permissions: readonly string[],
  before: readonly string[],
): Problem[] {
  return permissions.flatMap((permission, elementIndex) => {
    const isKnown = permission !== "authenticated" && known.some((each) => each === permission);
    if (!isKnown) return [{ ...problem("UNKNOWN_PERMISSION", ["permissions"]), elementIndex }];
    const mayGive = before.includes(permission) || isOwn(context, [permission]);
    return mayGive ? [] : [{ ...problem("RIGHTS_ABOVE_OWN", ["permissions"]), elementIndex }];
  });
}

function isOwn({ caller }: OperationContext, permissions: readonly string[]): boolean {
  return permissions.every((permission) => caller.permissions.has(permission as Permission));
}
