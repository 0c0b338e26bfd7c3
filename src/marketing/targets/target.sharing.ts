import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import { selectMembersAmong } from "./member.sql.js";
import { membershipOf } from "./target.membership.js";
import { sharedLogin } from "./target.reading.js";
import { selectSharedTargets, type TargetRow } from "./target.sql.js";

/** Targets that one statement asks. */
const targetsAtOnce = 50;

/**
 * Of these contacts, those whom a target has now that is shared with the caller, a partner. Dynamic targets ask their
 * filter with his rights: one that he may not ask has nobody for him. Source: design 3 (2)
 */
export async function sharedContacts(
  context: OperationContext,
  db: Sql,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const login = sharedLogin(context);
  const shared = new Set<string>();
  if (login === null || !context.caller.permissions.has("target:read")) return shared;
  let after = "0";
  for (;;) {
    const others = contactIds.filter((id) => !shared.has(id));
    const targets = others.length === 0 ? [] : await selectSharedTargets(db, login, { after, limit: targetsAtOnce });
    if (targets.length === 0) return shared;
    after = targets.at(-1)!.id;
    for (const id of await membersAmong(context, db, targets, others)) shared.add(id);
  }
}

/** In any order: whom any of the targets has. */
async function membersAmong(
  context: OperationContext,
  db: Sql,
  targets: readonly TargetRow[],
  contactIds: readonly string[],
): Promise<string[]> {
  const values = new StatementValues(context.caller.institutionId);
  const conditions: string[] = [];
  for (const target of targets) {
    const members = await membershipOf(context, target, values);
    if (!("problems" in members)) conditions.push(`(${members.condition})`);
  }
  if (conditions.length === 0) return [];
  return selectMembersAmong(db, { condition: `(${conditions.join(" OR ")})`, values }, contactIds);
}
