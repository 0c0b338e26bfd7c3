import "./target.messages.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import type { TargetOperator, TargetScopeKind } from "./target.enums.js";
import type { TargetConditionInput, TargetFilterInput, TargetScopeInput } from "./target.inputs.js";
import type { TargetRule } from "./target.rules.js";
import { scopeProblem, valuesProblem } from "./target.values.js";

const deepest = 6;
const mostConditions = 100;
/** A filter is read and asked again whenever a target is looked at. */
const mostValues = 10_000;

export type GroupKind = "all" | "any" | "none";

/** A filter that was checked, as it is kept. */
export type TargetFilter = { readonly [Kind in GroupKind]?: readonly TargetFilter[] } & {
  readonly condition?: TargetCondition;
};

export interface TargetCondition {
  readonly field: string;
  readonly operator: TargetOperator;
  readonly values: readonly string[];
  readonly scope?: TargetScope;
}

/** What is left out does not narrow. */
export interface TargetScope {
  readonly from?: string;
  readonly to?: string;
  readonly organizations?: readonly string[];
  readonly productKinds?: readonly string[];
  readonly products?: readonly string[];
  readonly seasons?: readonly string[];
  readonly currency?: string;
}

/** Why a field cannot be asked for: withheld from the caller, written as one likes (F17), or not there. */
export type FieldRefusal = "FIELD_NOT_AVAILABLE" | "FIELD_NOT_TARGETABLE";

/** The fields that a caller may ask for. */
export interface AskableFields {
  find(code: string): TargetRule | FieldRefusal;
}

/**
 * A filter as it is kept, or all that is wrong with it, each with its path in the input.
 * @param path where the filter stands in the input
 */
export function checkedFilter(
  input: TargetFilterInput,
  fields: AskableFields,
  path: readonly string[],
): { filter: TargetFilter } | { problems: Problem[] } {
  const check = new FilterCheck(fields);
  const filter = check.filter(input, path, 1);
  return check.problems.length > 0 ? { problems: check.problems } : { filter };
}

const kinds = ["all", "any", "none"] as const;

class FilterCheck {
  readonly problems: Problem[] = [];
  #conditions = 0;
  #values = 0;

  constructor(private readonly fields: AskableFields) {}

  filter(input: TargetFilterInput, path: readonly string[], depth: number): TargetFilter {
    const given = [...kinds, "condition" as const].filter((kind) => input[kind] != null);
    const [kind] = given;
    if (kind === undefined || given.length > 1) return this.#refuse("FILTER_NOT_ONE", path);
    if (kind === "condition") return { condition: this.#condition(input.condition!, [...path, kind]) };
    if (depth === deepest) return this.#refuse("FILTER_TOO_DEEP", path, { maximum: deepest });
    const parts = input[kind]!;
    if (parts.length === 0) return this.#refuse("FILTER_EMPTY", [...path, kind]);
    return { [kind]: parts.map((part, index) => this.filter(part, [...path, kind, String(index)], depth + 1)) };
  }

  #condition(input: TargetConditionInput, path: readonly string[]): TargetCondition {
    const { field, operator, scope } = input;
    const values = input.values.map((value) => value.trim());
    const condition = { field, operator, values, ...(scope && { scope: tidied(scope) }) };
    this.#conditions += 1;
    if (this.#conditions === mostConditions + 1) this.#refuse("FILTER_TOO_LONG", path, { maximum: mostConditions });
    const before = this.#values;
    this.#values += countOfValues(condition);
    if (before <= mostValues && this.#values > mostValues)
      this.#refuse("FILTER_TOO_WIDE", path, { maximum: mostValues });
    const rule = this.fields.find(field);
    if (typeof rule === "string") this.#refuse(rule, [...path, "field"]);
    else this.#asked(rule, condition, path);
    return condition;
  }

  #asked(rule: TargetRule, condition: TargetCondition, path: readonly string[]): void {
    const { operator, values, scope } = condition;
    if (!rule.operators.includes(operator)) {
      this.#refuse("OPERATOR_NOT_APPLICABLE", [...path, "operator"], { accepted: rule.operators.join(", ") });
    } else {
      const wrong = valuesProblem(rule, operator, values);
      if (wrong) this.#refuse(wrong.code, [...path, "values"], wrong.parameters);
    }
    const wrong = scope && scopeProblem(rule.scope as TargetScopeKind | null, scope);
    if (wrong) this.#refuse(wrong.code, [...path, "scope", ...wrong.field], wrong.parameters);
  }

  #refuse(code: string, path: readonly string[], parameters?: Problem["parameters"]): TargetFilter {
    this.problems.push(problem(code, path, parameters));
    return {};
  }
}

/** All that is compared with, in the scope too. */
function countOfValues({ values, scope = {} }: TargetCondition): number {
  return (
    values.length + Object.values(scope).reduce((sum, each) => sum + (typeof each === "string" ? 1 : each.length), 0)
  );
}

/** Without what is null. */
function tidied(scope: TargetScopeInput): TargetScope {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value != null));
}

/** Every condition of a filter. */
export function conditionsOf(filter: TargetFilter): TargetCondition[] {
  if (filter.condition) return [filter.condition];
  return kinds.flatMap((kind) => (filter[kind] ?? []).flatMap(conditionsOf));
}
