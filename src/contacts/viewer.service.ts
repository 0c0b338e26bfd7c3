import { levelOf } from "../platform/access/clearance.js";
import type { OperationContext } from "../platform/context.js";
import type { CallerKind, Viewer } from "./viewer.type.js";

export function viewerOf({ caller, locale }: OperationContext): Viewer {
  return {
    kind: caller.kind as CallerKind,
    login: caller.login,
    institution: caller.institution,
    organizations: caller.organizations,
    permissions: [...caller.permissions].sort(),
    clearance: levelOf(caller.clearance),
    locale,
  };
}
