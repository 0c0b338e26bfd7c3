import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { selectRoleBundles } from "../rights.sql.js";
import type { SetRoleInput } from "./operator.inputs.js";
import { permissionProblems } from "./operator.rules.js";
import { refuseWithoutAdministrator } from "./operator.service.js";
import { hasAdministrator, lockRights } from "./operator.sql.js";
import type { Role, SetRolePayload } from "./operator.type.js";
import { upsertRole } from "./role.sql.js";

const longestCode = 40;
const mostRoles = 200;

/** The roles of the institution, by code; at most 200. */
export async function roles(context: OperationContext): Promise<Role[]> {
  const bundles = await selectRoleBundles(context.db);
  return [...bundles]
    .map(([code, permissions]) => ({ code, permissions: [...permissions].sort() }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Makes or replaces a role; in force everywhere within 30 seconds. */
export async function setRole(context: OperationContext, input: SetRoleInput): Promise<SetRolePayload> {
  const refused = (problems: readonly Problem[]) => ({
    role: null,
    userErrors: userErrors(problems, context.locale),
    warnings: [],
  });
  const { code } = input;
  if (!/^[A-Z][A-Z0-9_]{0,39}$/.test(code)) {
    return refused([problem("INVALID_CODE", ["code"], { maximum: longestCode })]);
  }
  const call = { mutation: "setRole", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await lockRights(db);
    const bundles = await selectRoleBundles(db);
    const before = bundles.get(code);
    if (!before && bundles.size >= mostRoles)
      return refuse(problem("TOO_MANY_VALUES", ["code"], { maximum: mostRoles }));
    const problems = permissionProblems(context, input.permissions, before ?? []);
    if (problems.length > 0) return refuse(...problems);
    const hadAdministrator = await hasAdministrator(db);
    await upsertRole(db, code, [...new Set(input.permissions)].sort());
    if (hadAdministrator) await refuseWithoutAdministrator(db);
    return { role: code };
  });
  if ("problems" in done) return refused(done.problems);
  const role = (await roles(context)).find((each) => each.code === code);
  return { role: role ?? null, userErrors: [], warnings: [] };
}
