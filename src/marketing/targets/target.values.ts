import { type Problem, problem } from "../../platform/errors/user-error.js";
import { isDay } from "../../platform/graphql/scalars.js";
import { TargetFieldKind as Kind, TargetOperator as Op, type TargetScopeKind } from "./target.enums.js";
import type { TargetScope } from "./target.filter.js";
import type { TargetRule } from "./target.rules.js";

const mostValues = 1_000;
const longestValue = 200;
const mostDays = 36_600;
// nothing that PostgreSQL could not be asked for
const printable = /^\P{Cc}+$/u;
const decimal = /^-?\d{1,12}(\.\d{1,4})?$/;

/** How many values an operator takes. */
const counts: Partial<Record<Op, readonly [fewest: number, most: number]>> = {
  [Op.IS_SET]: [0, 0],
  [Op.IS_NOT_SET]: [0, 0],
  [Op.AT_LEAST]: [1, 1],
  [Op.AT_MOST]: [1, 1],
  [Op.BETWEEN]: [2, 2],
  [Op.WITHIN_LAST_DAYS]: [1, 1],
  [Op.WITHIN_NEXT_DAYS]: [1, 1],
};

/** Operators whose value is a number of days, whatever the field holds. */
const countsDays = (operator: Op) => operator === Op.WITHIN_LAST_DAYS || operator === Op.WITHIN_NEXT_DAYS;

/** What is wrong with the values of a condition; null for nothing. */
export function valuesProblem(rule: TargetRule, operator: Op, values: readonly string[]): Problem | null {
  const [fewest, most] = counts[operator] ?? [1, mostValues];
  if (values.length < fewest || values.length > most) {
    return problem("NUMBER_OF_VALUES", [], { minimum: fewest, maximum: most });
  }
  if (values.some((value) => value.length > longestValue || !printable.test(value) || !value.isWellFormed())) {
    return problem("INVALID_VALUE", [], { accepted: `1-${longestValue}` });
  }
  if (countsDays(operator)) return values.every(isCountOfDays) ? null : invalid(`0-${mostDays}`);
  return kindProblem(rule, operator, values);
}

function kindProblem(rule: TargetRule, operator: Op, values: readonly string[]): Problem | null {
  const isRange = operator === Op.BETWEEN;
  if (rule.kind === Kind.NUMBER) {
    if (!values.every((value) => decimal.test(value))) return invalid("12, 99.50");
    return isRange && Number(values[0]) > Number(values[1]) ? problem("RANGE_REVERSED") : null;
  }
  if (rule.kind === Kind.DATE) {
    if (!values.every(isDay)) return invalid("YYYY-MM-DD");
    return isRange && values[0]! > values[1]! ? problem("RANGE_REVERSED") : null;
  }
  const isUnknown = rule.values !== null && values.some((value) => !rule.values!.includes(value));
  return isUnknown ? problem("UNKNOWN_CODE", [], { accepted: rule.values!.slice(0, 50).join(", ") }) : null;
}

const invalid = (accepted: string) => problem("INVALID_VALUE", [], { accepted });

function isCountOfDays(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= mostDays;
}

const productKinds = ["PERFORMANCE", "MATCH", "EXHIBITION", "PASS", "SEASON_TICKET", "MEMBERSHIP", "GOODS", "GIFT"];

/** What is wrong with the scope of a condition; null for nothing. */
export function scopeProblem(kind: TargetScopeKind | null, scope: TargetScope): Problem | null {
  const { from, to, currency } = scope;
  if (kind === null) return problem("SCOPE_NOT_APPLICABLE");
  if (from !== undefined && to !== undefined && from > to) return problem("RANGE_REVERSED", ["from"]);
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    return problem("INVALID_VALUE", ["currency"], { accepted: "CHF" });
  const unknown = scope.productKinds?.some((each) => !productKinds.includes(each));
  if (unknown) return problem("UNKNOWN_CODE", ["productKinds"], { accepted: productKinds.join(", ") });
  for (const field of ["organizations", "products", "seasons", "productKinds"] as const) {
    const list = scope[field];
    if (list && (list.length === 0 || list.length > mostValues)) {
      return problem("NUMBER_OF_VALUES", [field], { minimum: 1, maximum: mostValues });
    }
    if (list?.some((value) => value.length > longestValue || !printable.test(value))) {
      return problem("INVALID_VALUE", [field], { accepted: `1-${longestValue}` });
    }
  }
  return null;
}
