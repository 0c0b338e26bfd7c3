import "./criterion.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { problem, userErrors } from "../../platform/errors/user-error.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { toValue } from "./criterion.answer.js";
import type { DefineCriterionValueInput } from "./criterion.inputs.js";
import type { DefineCriterionValuePayload } from "./criterion.payloads.js";
import {
  countValues,
  type DefinitionRow,
  lockDefinitions,
  selectDefinitions,
  selectValues,
  upsertValue,
  type ValueRow,
  type ValueValues,
} from "./criterion.sql.js";
import { isCode, valueCodeProblem } from "./criterion-code.js";
import { isList } from "./criterion-rules.js";
import { definedProblems, mergedDefined, versionProblem } from "./definition.service.js";

/** Of one criterion: as many as a list without pages can hold. */
export const mostValues = 2_000;

/** Defines a value of a list, or changes one at the version that the input names. */
export async function defineCriterionValue(
  context: OperationContext,
  input: DefineCriterionValueInput,
): Promise<DefineCriterionValuePayload> {
  const call = { mutation: "defineCriterionValue", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await lockDefinitions(db);
    const [definition] = isCode(input.criterionCode) ? await selectDefinitions(db, [input.criterionCode]) : [];
    if (!definition) return refuse(problem("CRITERION_NOT_FOUND", ["criterionCode"]));
    const { id, kind } = definition;
    if (!isList(kind)) return refuse(problem("CRITERION_HAS_NO_VALUES", ["criterionCode"], { kind }));
    const [current = null] = isCode(input.internalCode) ? await selectValues(db, [id], [input.internalCode]) : [];
    await upsertValue(db, definition, input.internalCode, await wantedValue(db, definition, input, current));
    return { criterion: String(id) };
  });
  if ("problems" in done) {
    return { value: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  }
  const [row] = await selectValues(context.db, [Number(done.ids.criterion)], [input.internalCode]);
  return { value: row ? toValue(row, context.locale) : null, userErrors: [], warnings: [] };
}

/** The value as the input wants it. Refuses what cannot be. */
async function wantedValue(
  db: Sql,
  { id }: DefinitionRow,
  input: DefineCriterionValueInput,
  current: ValueRow | null,
): Promise<ValueValues> {
  const codes = { exists: "CRITERION_VALUE_EXISTS", isMissing: "CRITERION_VALUE_NOT_FOUND" };
  const stale = versionProblem(input.version, current, "internalCode", codes);
  if (stale) return refuse(stale);
  const { count, last } = await countValues(db, id);
  const values = mergedDefined(input, current, last + 1);
  const problems = [
    current ? null : valueCodeProblem(input.internalCode, "internalCode"),
    ...(await definedProblems(db, values, current)),
    !current && count >= mostValues ? problem("TOO_MANY_CRITERION_VALUES", [], { maximum: mostValues }) : null,
  ].filter((found) => found !== null);
  return problems.length > 0 ? refuse(...problems) : values;
}
