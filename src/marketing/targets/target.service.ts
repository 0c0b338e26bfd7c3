import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import { countProblems, invisibleInLine } from "../../platform/errors/input-rules.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { type Membership, takeMembers } from "./member.sql.js";
import { TargetKind } from "./target.enums.js";
import type { TargetFilter } from "./target.filter.js";
import type { CreateTargetInput, SnapshotTargetInput, UpdateTargetInput } from "./target.inputs.js";
import { askFilter, membershipOf, membershipOfFilter } from "./target.membership.js";
import { findTarget, sharedLogin, toTarget } from "./target.reading.js";
import {
  insertTarget,
  lockTarget,
  type NewTarget,
  replaceShares,
  selectPartners,
  selectTargets,
  type TargetRow,
  updateTarget as updateRow,
} from "./target.sql.js";
import type { CreateTargetPayload } from "./target.type.js";

const longestName = 100;
const mostShares = 100;
const mostContacts = 10_000;

/** Makes a target; a static one has whom its filter meets now, or the contacts that are named. */
export async function createTarget(context: OperationContext, input: CreateTargetInput): Promise<CreateTargetPayload> {
  const { kind, filter, contactIds, sharedWith } = input;
  const name = input.name.trim();
  const isStatic = kind === TargetKind.STATIC;
  const isGiven = filter ? contactIds == null : isStatic && contactIds != null;
  const asked = filter ? await askFilter(context, filter, ["filter"]) : { filter: null };
  const problems = [
    ...nameProblems(name),
    ...(isGiven ? [] : [problem("TARGET_NEEDS_FILTER", ["filter"])]),
    ...countProblems(contactIds, "contactIds", mostContacts),
    ...countProblems(sharedWith, "sharedWith", mostShares),
    ...("problems" in asked ? asked.problems : []),
  ];
  if (problems.length > 0 || "problems" in asked) return refusal(context, problems);
  const members = isStatic ? await membersToTake(context, asked.filter, contactIds) : null;
  const call = { mutation: "createTarget", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const id = await insertTarget(db, { name, kind, filter: asked.filter, ...ownerOf(context) });
    if (members) await takeMembers(db, id, members);
    await share(db, id, sharedWith);
    return { target: id };
  });
  return answer(context, done);
}

/** Changes name, filter or partners of a target. Who sets the filter owns it. */
export async function updateTarget(context: OperationContext, input: UpdateTargetInput): Promise<CreateTargetPayload> {
  const name = input.name?.trim();
  const asked = input.filter ? await askFilter(context, input.filter, ["filter"]) : null;
  const problems = [
    ...(name === undefined ? [] : nameProblems(name)),
    ...countProblems(input.sharedWith, "sharedWith", mostShares),
    ...(asked && "problems" in asked ? asked.problems : []),
  ];
  if (problems.length > 0 || (asked && "problems" in asked)) return refusal(context, problems);
  const members = asked ? await membershipOfFilter(context, asked.filter) : null;
  const call = { mutation: "updateTarget", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const target = await lockedTarget(context, db, input.id);
    if (input.version != null && input.version !== target.version)
      refuse(problem("VERSION_CONFLICT", ["version"], { version: target.version }));
    const filter = asked ? asked.filter : target.filter;
    await updateRow(db, target.id, { name: name ?? target.name, filter, owner: asked && ownerOf(context) });
    if (members && target.kind === TargetKind.STATIC) await takeMembers(db, target.id, members);
    await share(db, target.id, input.sharedWith);
    return { target: target.id };
  });
  return answer(context, done);
}

/** Takes a picture: of a target as a new static one, or of a static target anew with its own filter. */
export async function snapshotTarget(
  context: OperationContext,
  input: SnapshotTargetInput,
): Promise<CreateTargetPayload> {
  const target = await findTarget(context, input.id);
  if (!target) return refusal(context, [problem("TARGET_NOT_FOUND", ["id"])]);
  const name = input.name?.trim();
  const problems = name === undefined ? retakeProblems(target) : nameProblems(name);
  if (problems.length > 0) return refusal(context, problems);
  const members = await membersOfPicture(context, target, name === undefined);
  if ("problems" in members) return refusal(context, members.problems);
  const call = { mutation: "snapshotTarget", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const { id } = await lockedTarget(context, db, input.id);
    if (name === undefined) {
      await takeMembers(db, id, members);
      return { target: id };
    }
    const filter = target.filter;
    const taken = await insertTarget(db, { name, kind: TargetKind.STATIC, filter, ...ownerOf(context) });
    await takeMembers(db, taken, members);
    return { target: taken };
  });
  return answer(context, done);
}

function retakeProblems({ kind, filter }: TargetRow): Problem[] {
  if (kind === TargetKind.DYNAMIC) return [problem("TARGET_NEEDS_NAME", ["name"])];
  return filter ? [] : [problem("TARGET_HAS_NO_FILTER", ["id"])];
}

function membersOfPicture(context: OperationContext, target: TargetRow, isRetaken: boolean) {
  return membershipOf(context, isRetaken ? { ...target, kind: TargetKind.DYNAMIC } : target);
}

async function membersToTake(
  context: OperationContext,
  filter: TargetFilter | null,
  contactIds: readonly string[] | null | undefined,
): Promise<Membership> {
  if (filter) return membershipOfFilter(context, filter);
  const values = new StatementValues(context.caller.institutionId);
  // ids of nobody, and of those whom the caller does not see, say nothing
  const ids = (contactIds ?? []).map((id) => decodeId("Contact", id)).filter((id) => id !== null);
  return { condition: `m.contact_id = ANY(${values.add(ids, "bigint[]")})`, values };
}

function ownerOf({ caller }: OperationContext): Pick<NewTarget, "clearance" | "claims"> {
  return { clearance: caller.clearance, claims: claimsOf(caller) };
}

async function lockedTarget(context: OperationContext, db: Sql, opaqueId: string): Promise<TargetRow> {
  const id = decodeId("Target", opaqueId);
  const [seen] = id === null ? [] : await selectTargets(db, [id], sharedLogin(context));
  const target = seen && (await lockTarget(db, seen.id));
  return target ?? refuse(problem("TARGET_NOT_FOUND", ["id"]));
}

async function share(db: Sql, id: string, logins: readonly string[] | null | undefined): Promise<void> {
  if (logins == null) return;
  const partners = await selectPartners(db, logins);
  const unknown = logins.flatMap((login, elementIndex) =>
    partners.has(login) ? [] : [{ ...problem("UNKNOWN_PARTNER", ["sharedWith"]), elementIndex }],
  );
  if (unknown.length > 0) refuse(...unknown);
  await replaceShares(db, id, [...partners].sort());
}

function nameProblems(name: string): Problem[] {
  if (name === "") return [problem("FIELD_REQUIRED", ["name"])];
  if (invisibleInLine.test(name)) return [problem("INVALID_CHARACTERS", ["name"])];
  return name.length > longestName ? [problem("VALUE_TOO_LONG", ["name"], { maximum: longestName })] : [];
}

async function answer(
  context: OperationContext,
  done: { ids: { target: string } } | { problems: readonly Problem[] },
): Promise<CreateTargetPayload> {
  if ("problems" in done) return refusal(context, done.problems);
  const [row] = await selectTargets(context.db, [done.ids.target], sharedLogin(context));
  return { target: row ? toTarget(row) : null, userErrors: [], warnings: [] };
}

function refusal(context: OperationContext, problems: readonly Problem[]): CreateTargetPayload {
  return { target: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}
