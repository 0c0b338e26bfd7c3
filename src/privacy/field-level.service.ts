import { clearanceOf, levelOf } from "../platform/access/clearance.js";
import type { FieldRule } from "../platform/access/fields.js";
import type { OperationContext } from "../platform/context.js";
import { type Problem, userErrors } from "../platform/errors/user-error.js";
import { idempotent } from "../platform/idempotency.js";
import { fieldLevelTooLow, fieldNotWithholdable } from "./field-level.errors.js";
import { selectFieldLevels, upsertFieldLevel } from "./field-level.sql.js";
import type { FieldLevel, SetFieldLevelInput, SetFieldLevelPayload } from "./field-level.type.js";

/** Every field that can be withheld, by type and name. */
export async function fieldLevels(context: OperationContext): Promise<FieldLevel[]> {
  const rows = await selectFieldLevels(context.db);
  const raised = new Map(rows.map(({ typeName, fieldName, level }) => [`${typeName}.${fieldName}`, level]));
  return Object.entries(context.services.catalogue).flatMap(([typeName, rules]) =>
    Object.entries(rules).map(([fieldName, rule]) => {
      const level = raised.get(`${typeName}.${fieldName}`) ?? rule.level;
      return toFieldLevel(typeName, fieldName, rule, level);
    }),
  );
}

/** Raises a field's level, or lowers it again, down to the level as shipped. In force with the next operation. */
export async function setFieldLevel(
  context: OperationContext,
  input: SetFieldLevelInput,
): Promise<SetFieldLevelPayload> {
  const { typeName, fieldName } = input;
  const level = clearanceOf(input.level);
  const rule = ruleOf(context, typeName, fieldName);
  if (!rule) return refusal(context, [fieldNotWithholdable()]);
  if (level < rule.level) return refusal(context, [fieldLevelTooLow(levelOf(rule.level))]);
  const call = { mutation: "setFieldLevel", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await upsertFieldLevel(db, { typeName, fieldName, level }, rule.level);
    return {};
  });
  if ("problems" in done) return refusal(context, done.problems);
  const fieldLevel = (await fieldLevels(context)).find(
    (each) => each.typeName === typeName && each.fieldName === fieldName,
  );
  return { fieldLevel: fieldLevel ?? null, userErrors: [], warnings: [] };
}

function ruleOf({ services }: OperationContext, typeName: string, fieldName: string): FieldRule | undefined {
  // own properties only: every object also has a "constructor"
  const fields = Object.hasOwn(services.catalogue, typeName) ? services.catalogue[typeName]! : {};
  return Object.hasOwn(fields, fieldName) ? fields[fieldName] : undefined;
}

function toFieldLevel(typeName: string, fieldName: string, rule: FieldRule, level: number): FieldLevel {
  return {
    typeName,
    fieldName,
    level: levelOf(Math.max(level, rule.level)),
    shippedLevel: levelOf(rule.level),
    requiredPermission: rule.permission ?? null,
    derivedFrom: rule.derivedFrom ?? [],
  };
}

function refusal(context: OperationContext, problems: readonly Problem[]): SetFieldLevelPayload {
  return { fieldLevel: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}
