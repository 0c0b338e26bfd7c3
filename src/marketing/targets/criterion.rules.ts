import type { OperationContext } from "../../platform/context.js";
import { type DefinitionRow, selectTargetCriteria } from "./criterion.rules.sql.js";
import { TargetFieldKind as Kind, TargetOperator as Op } from "./target.enums.js";
import { operatorsOfSeveral, rule, type TargetRule } from "./target.rules.js";

/** A criterion that is written as one likes: no target asks for it (F17). */
export const freeText = Symbol("free text");

/** By code of the field (`criterion.CODE`): how a target asks for it. Codes of criteria never change their kind. */
export async function criterionRules(context: OperationContext): Promise<Map<string, TargetRule | typeof freeText>> {
  const definitions = await selectTargetCriteria(context.db);
  return new Map(definitions.map((definition) => [`criterion.${definition.code}`, toRule(definition)]));
}

function toRule(definition: DefinitionRow): TargetRule | typeof freeText {
  const { id, code, kind, level, labels, values } = definition;
  if (kind === "FREE_TEXT") return freeText;
  const isYesNo = kind === "YES_NO";
  const made = rule(
    `criterion.${code}`,
    [labels.en ?? code, labels.fr ?? labels.en ?? code, labels.es ?? labels.en ?? code],
    ["Contact.criteria"],
    { from: "contacts.targeted_criterion x", column: "x.value_code", where: `x.criterion_id = ${Number(id)}` },
    {
      ...(isYesNo ? { kind: Kind.BOOLEAN } : { values }),
      operators: isYesNo ? [Op.IS_ANY_OF, Op.IS_NONE_OF, Op.IS_SET, Op.IS_NOT_SET] : operatorsOfSeveral,
    },
  );
  return { ...made, level };
}
