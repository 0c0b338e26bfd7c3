import DataLoader from "dataloader";
import { clearanceOf, levelOf } from "../../platform/access/clearance.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors, warnings } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { legalNotice } from "../../platform/legal-notices.js";
import { selectRoleBundles } from "../rights.sql.js";
import type {
  AnonymizeOperatorNamesInput,
  CreateOperatorInput,
  SetOperatorRightsInput,
  UpdateOperatorInput,
} from "./operator.inputs.js";
import { loginProblems, nameProblems, revealsName, rightsProblems } from "./operator.rules.js";
import {
  hasAdministrator,
  insertOperator,
  lockOperator,
  lockRights,
  type OperatorRights,
  type OperatorRow,
  selectOperatorPage,
  selectOperators,
  selectOrganizations,
  updateNames,
  updateRights,
} from "./operator.sql.js";
import type { CreateOperatorPayload, Operator, UpdateOperatorPayload } from "./operator.type.js";

function operatorLoader(context: OperationContext) {
  return new DataLoader<string, OperatorRow | null>(async (ids) => {
    const byId = new Map((await selectOperators(context.db, ids)).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** The operators of the institution, by login. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function operators(
  context: OperationContext,
  { isActive, ...wanted }: { first: number; after: string | null; isActive: boolean | null },
): Promise<Connection<Operator>> {
  assertFirst(wanted.first);
  const [after] = decodeCursor(wanted.after, 1) ?? [""];
  const rows = await selectOperatorPage(context.db, { after: String(after), limit: wanted.first + 1, isActive });
  return page(rows.map(toOperator), wanted, ({ login }) => [login]);
}

/** Makes an operator. The notice comes with every answer: a login is chosen once (F66). */
export async function createOperator(
  context: OperationContext,
  input: CreateOperatorInput,
): Promise<CreateOperatorPayload> {
  const notice = await legalNotice(context, "OPERATOR_LOGIN");
  const names = { firstName: tidy(input.firstName), lastName: tidy(input.lastName) };
  const { roles, organizations } = input;
  const rights = { clearance: clearanceOf(input.clearance), roles, organizations, isActive: true };
  const problems = [...loginProblems(input.login), ...nameProblems(names)];
  if (problems.length > 0) return { ...refusal(context, problems), legalNotice: notice };
  const call = { mutation: "createOperator", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await lockRights(db);
    await refuseWrongRights(context, db, rights, null);
    const id = await insertOperator(db, { ...names, ...tidyRights(rights), login: input.login, kind: input.kind });
    return id === null ? refuse(problem("OPERATOR_LOGIN_EXISTS", ["login"])) : { operator: id };
  });
  return { ...(await answer(context, done)), legalNotice: notice };
}

/** Changes the names that an operator shows; never the login. */
export function updateOperator(context: OperationContext, input: UpdateOperatorInput): Promise<UpdateOperatorPayload> {
  return changeNames(context, "updateOperator", input, (before) => ({
    firstName: input.firstName === undefined ? before.firstName : tidy(input.firstName),
    lastName: input.lastName === undefined ? before.lastName : tidy(input.lastName),
  }));
}

/** Removes the names of who has left (F67). Histories go on showing the login. */
export function anonymizeOperatorNames(
  context: OperationContext,
  input: AnonymizeOperatorNamesInput,
): Promise<UpdateOperatorPayload> {
  return changeNames(context, "anonymizeOperatorNames", input, () => ({ firstName: null, lastName: null }));
}

async function changeNames(
  context: OperationContext,
  mutation: string,
  input: UpdateOperatorInput,
  change: (before: OperatorRow) => Pick<OperatorRow, "firstName" | "lastName">,
): Promise<UpdateOperatorPayload> {
  const done = await idempotent(context, { mutation, key: input.idempotencyKey, input }, async (db) => {
    const before = await lockedOperator(db, input.operatorId);
    const names = change(before);
    const problems = nameProblems(names);
    if (problems.length > 0) return refuse(...problems);
    await updateNames(db, before.id, names);
    return { operator: before.id };
  });
  return answer(context, done);
}

/** Sets what an operator may do and see; in force everywhere within 30 seconds. */
export async function setOperatorRights(
  context: OperationContext,
  input: SetOperatorRightsInput,
): Promise<UpdateOperatorPayload> {
  const call = { mutation: "setOperatorRights", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await lockRights(db);
    const before = await lockedOperator(db, input.operatorId);
    const rights = {
      clearance: input.clearance ? clearanceOf(input.clearance) : before.clearance,
      roles: input.roles ?? before.roles,
      organizations: input.organizations ?? before.organizations,
      isActive: input.isActive ?? before.isActive,
    };
    await refuseWrongRights(context, db, rights, before);
    const hadAdministrator = await hasAdministrator(db);
    await updateRights(db, before.id, tidyRights(rights));
    if (hadAdministrator) await refuseWithoutAdministrator(db);
    return { operator: before.id };
  });
  return answer(context, done);
}

/** Ends the transaction when it would leave nobody who can give rights. */
export async function refuseWithoutAdministrator(db: Sql): Promise<void> {
  if (!(await hasAdministrator(db))) refuse(problem("LAST_ADMINISTRATOR"));
}

async function refuseWrongRights(
  context: OperationContext,
  db: Sql,
  rights: OperatorRights,
  before: OperatorRights | null,
): Promise<void> {
  const [bundles, organizations] = [await selectRoleBundles(db), await selectOrganizations(db)];
  const problems = rightsProblems(context, rights, { bundles, organizations, before });
  if (problems.length > 0) refuse(...problems);
}

async function lockedOperator(db: Sql, operatorId: string): Promise<OperatorRow> {
  const id = decodeId("Operator", operatorId);
  const operator = id === null ? null : await lockOperator(db, id);
  return operator ?? refuse(problem("OPERATOR_NOT_FOUND", ["operatorId"]));
}

async function answer(
  context: OperationContext,
  done: { ids: { operator: string } } | { problems: readonly Problem[] },
): Promise<UpdateOperatorPayload> {
  if ("problems" in done) return refusal(context, done.problems);
  const row = await context.once(operatorLoader).load(done.ids.operator);
  if (!row) throw new Error("an operator that was written is gone");
  const codes = revealsName(row.login, row) ? ["LOGIN_REVEALS_NAME"] : [];
  return { operator: toOperator(row), userErrors: [], warnings: warnings(codes, context.locale) };
}

function refusal(context: OperationContext, problems: readonly Problem[]): UpdateOperatorPayload {
  return { operator: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

const tidy = (text: string | null | undefined) => text?.trim() || null;

function tidyRights({ clearance, roles, organizations, isActive }: OperatorRights): OperatorRights {
  const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();
  return { clearance, roles: sorted(roles), organizations: sorted(organizations), isActive };
}

function toOperator(row: OperatorRow): Operator {
  return { ...row, id: encodeId("Operator", row.id), clearance: levelOf(row.clearance) };
}
