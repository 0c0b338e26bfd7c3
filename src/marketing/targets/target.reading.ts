import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { userErrors } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { countDifference, countMembers, selectMembers } from "./member.sql.js";
import type { TargetKind } from "./target.enums.js";
import { targetFieldsOf } from "./target.fields.js";
import type { TargetFilterInput } from "./target.inputs.js";
import { askFilter, conditionOf, membershipOf, membershipOfFilter } from "./target.membership.js";
import { selectTargetPage, selectTargets, type TargetRow } from "./target.sql.js";
import type { Target, TargetDiff, TargetField, TargetMember, TargetPreview } from "./target.type.js";

const targetRow = Symbol("row of a target");
type KnownTarget = Target & { readonly [targetRow]: TargetRow };

/** A partner has the targets that are shared with him. */
export function sharedLogin({ caller }: OperationContext): string | null {
  return caller.kind === "PARTNER" ? caller.login : null;
}

/** The fields that the caller may ask for. */
export async function targetFields(context: OperationContext): Promise<TargetField[]> {
  const fields = await targetFieldsOf(context);
  return fields.available.map(({ code, label, kind, operators, values, scope }) => {
    return { code, label: label[context.locale], kind, operators, values, scope };
  });
}

function targetLoader(context: OperationContext) {
  return new DataLoader<string, TargetRow | null>(async (ids) => {
    const byId = new Map((await selectTargets(context.db, ids, sharedLogin(context))).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Null for an id of no target, and of one that does not exist for the caller. */
export async function findTarget(context: OperationContext, id: string): Promise<TargetRow | null> {
  const key = decodeId("Target", id);
  return key === null ? null : context.once(targetLoader).load(key);
}

/** The newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function targets(
  context: OperationContext,
  { kind, ...wanted }: { first: number; after: string | null; kind: TargetKind | null },
): Promise<Connection<Target>> {
  assertFirst(wanted.first);
  const before = idBehind(wanted.after);
  const login = sharedLogin(context);
  const rows = await selectTargetPage(context.db, { before, limit: wanted.first + 1, login, kind });
  return page(rows.map(toTarget), wanted, (target) => [target[targetRow].id]);
}

export function toTarget(row: TargetRow): KnownTarget {
  const { ownerClaims: _, ...shown } = row;
  return { ...shown, id: encodeId("Target", row.id), [targetRow]: row };
}

/** How many contacts a target has now; null when the caller may not ask its filter. */
export async function countOf(context: OperationContext, target: Target): Promise<number | null> {
  const members = await membershipOf(context, (target as KnownTarget)[targetRow]);
  return "problems" in members ? null : countMembers(context.db, members);
}

/** A page of the contacts that a target has now; null when the caller may not ask its filter, or read contacts. */
export async function membersOf(
  context: OperationContext,
  target: Target,
  wanted: { first: number; after: string | null },
): Promise<Connection<TargetMember> | null> {
  assertFirst(wanted.first);
  if (!context.caller.permissions.has("contact:read")) return null;
  const members = await membershipOf(context, (target as KnownTarget)[targetRow]);
  if ("problems" in members) return null;
  const after = idBehind(wanted.after) ?? "0";
  const ids = await selectMembers(context.db, members, { after, limit: wanted.first + 1 });
  const { edges, pageInfo } = page(ids, wanted, (id) => [id]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: { contact: { id: encodeId("Contact", node) } } }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo } as Connection<TargetMember>;
}

/** Whom a filter meets now. */
export async function previewTarget(context: OperationContext, filter: TargetFilterInput): Promise<TargetPreview> {
  const asked = await askFilter(context, filter, ["filter"]);
  if ("problems" in asked) return { count: null, userErrors: userErrors(asked.problems, context.locale) };
  return { count: await countMembers(context.db, await membershipOfFilter(context, asked.filter)), userErrors: [] };
}

/** Who would enter and who would leave a target with another filter; null for no such target. */
export async function targetDiff(
  context: OperationContext,
  targetId: string,
  filter: TargetFilterInput,
): Promise<TargetDiff | null> {
  const target = await findTarget(context, targetId);
  if (!target) return null;
  const asked = await askFilter(context, filter, ["filter"]);
  const values = new StatementValues(context.caller.institutionId);
  const before = await membershipOf(context, target, values);
  const problems = [asked, before].flatMap((each) => ("problems" in each ? each.problems : []));
  if ("problems" in asked || "problems" in before) {
    return { entering: null, leaving: null, userErrors: userErrors(problems, context.locale) };
  }
  const after = await conditionOf(context, asked.filter, values);
  return { ...(await countDifference(context.db, { before: before.condition, after, values })), userErrors: [] };
}

function idBehind(after: string | null): string | null {
  const [id] = decodeCursor(after, 1) ?? [null];
  if (id === null || (typeof id === "string" && /^\d{1,18}$/.test(id))) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
