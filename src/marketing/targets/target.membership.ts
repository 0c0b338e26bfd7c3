import type { OperationContext } from "../../platform/context.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import type { Problem } from "../../platform/errors/user-error.js";
import { listed, type Membership } from "./member.sql.js";
import { compileFilter } from "./target.compile.js";
import { targetFieldsOf } from "./target.fields.js";
import { checkedFilter, conditionsOf, type TargetFilter } from "./target.filter.js";
import type { TargetFilterInput } from "./target.inputs.js";
import type { TargetRule } from "./target.rules.js";
import type { TargetRow } from "./target.sql.js";

/** A filter that a caller may ask today, or why not. */
export type Asked = { readonly filter: TargetFilter } | { readonly problems: readonly Problem[] };

/** Checks a filter with the caller's rights of this moment; also one that was kept: its owner may have lost some. */
export async function askFilter(
  context: OperationContext,
  filter: TargetFilterInput | TargetFilter,
  path: readonly string[],
): Promise<Asked> {
  // kept as it was given: the same check fits both
  return checkedFilter(filter as TargetFilterInput, await targetFieldsOf(context), path);
}

/** A checked filter as a condition of SQL. */
export async function conditionOf(
  context: OperationContext,
  filter: TargetFilter,
  values: StatementValues,
): Promise<string> {
  const fields = await targetFieldsOf(context);
  const rules = new Map<string, TargetRule>();
  for (const { field } of conditionsOf(filter)) {
    const rule = fields.find(field);
    if (typeof rule === "string") throw new Error(`the field ${field} was not checked`);
    rules.set(field, rule);
  }
  const { timeZone } = context.caller;
  return compileFilter(filter, { rules, values, timeZone, today: context.today() });
}

/** Whom a filter meets. */
export async function membershipOfFilter(context: OperationContext, filter: TargetFilter): Promise<Membership> {
  const values = new StatementValues(context.caller.institutionId);
  return { condition: await conditionOf(context, filter, values), values };
}

/**
 * Whom a target has for this caller: a dynamic one asks its filter with his rights.
 * @returns problems when he may not ask it
 */
export async function membershipOf(
  context: OperationContext,
  target: TargetRow,
  values = new StatementValues(context.caller.institutionId),
): Promise<Membership | { problems: readonly Problem[] }> {
  if (target.kind === "STATIC") return { condition: listed(target.id, values), values };
  const asked = await askFilter(context, target.filter!, ["filter"]);
  if ("problems" in asked) return asked;
  return { condition: await conditionOf(context, asked.filter, values), values };
}
