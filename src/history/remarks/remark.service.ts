import "./remark.messages.js";
import {
  contactAnonymized,
  fieldNotAvailable,
  freeTextProblems,
  lockVisibleContacts,
  versionConflict,
} from "../../contacts/index.js";
import { assertMay } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { legalNotice } from "../../platform/legal-notices.js";
import { orderLink } from "../history.answers.js";
import { lockOrderRemark, selectOrderPeople, updateOrderRemark } from "./remark.sql.js";
import type { SetOrderRemarkInput } from "./remark.type.js";

const longestRemark = 2_000;

/**
 * Writes, changes or clears what an operator remarks on an order (F63), whatever its deliveries say. The notice on free
 * text comes with every remark that is not empty, also with one that is refused: who enters it reads it.
 * @throws CodedError FORBIDDEN without history:read: the answer shows the order
 */
export async function setOrderRemark(context: OperationContext, input: SetOrderRemarkInput) {
  assertMay(context, "history:read");
  const remark = input.remark?.trim() || null;
  const problems = inputProblems(context, input, remark);
  const call = { mutation: "setOrderRemark", key: input.idempotencyKey, input };
  const done = problems.length > 0 ? { problems } : await idempotent(context, call, (db) => change(db, input, remark));
  return {
    order: "problems" in done ? null : await orderLink(context, done.ids.order),
    userErrors: "problems" in done ? userErrors(done.problems, context.locale) : [],
    warnings: [],
    legalNotice: remark ? await legalNotice(context, "FREE_TEXT_CONTENT") : null,
  };
}

function inputProblems({ fields }: OperationContext, input: SetOrderRemarkInput, remark: string | null): Problem[] {
  if (!fields.may("Order", "remark")) return [fieldNotAvailable("remark")];
  if (input.remark === undefined) return [problem("FIELD_REQUIRED", ["remark"])];
  return remark ? freeTextProblems(remark, "remark", longestRemark) : [];
}

/** Never for an order of which the caller sees nobody, and not where nobody is left whom it could be about. */
async function change(db: Sql, input: SetOrderRemarkInput, remark: string | null): Promise<{ order: string }> {
  const order = decodeId("Order", input.orderId);
  if (order === null) return refuse(orderNotFound());
  const people = await lockVisibleContacts(db, await selectOrderPeople(db, order));
  const state = people.length > 0 ? await lockOrderRemark(db, order, people) : null;
  if (!state) return refuse(orderNotFound());
  if (!state.hasLivingPeople) refuse(contactAnonymized("orderId"));
  if (state.version !== input.version) refuse(versionConflict(state.version));
  if (state.remark !== remark) await updateOrderRemark(db, order, people, remark);
  return { order };
}

/** Also when the caller may see nobody of it: missing and forbidden look the same. */
const orderNotFound = (): Problem => problem("ORDER_NOT_FOUND", ["orderId"]);
