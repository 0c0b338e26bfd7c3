import type { OperationContext } from "../../platform/context.js";
import { campaignRules } from "./campaign.rules.js";
import { contactRules } from "./contact.rules.js";
import { criterionRules, freeText } from "./criterion.rules.js";
import { historyRules } from "./history.rules.js";
import type { AskableFields, FieldRefusal } from "./target.filter.js";
import type { TargetRule } from "./target.rules.js";

const fixedRules = new Map([...contactRules, ...historyRules, ...campaignRules].map((each) => [each.code, each]));

/** The fields that targets ask for, as one caller has them today. */
export class TargetFields implements AskableFields {
  private constructor(
    private readonly context: OperationContext,
    private readonly criteria: ReadonlyMap<string, TargetRule | typeof freeText>,
  ) {}

  static async of(context: OperationContext): Promise<TargetFields> {
    return new TargetFields(context, await criterionRules(context));
  }

  /** Those that the caller may ask for, in the order in which an editor shows them. */
  get available(): TargetRule[] {
    const criteria = [...this.criteria.values()].filter((each) => each !== freeText);
    return [...fixedRules.values(), ...criteria].filter((each) => this.#sees(each));
  }

  find(code: string): TargetRule | FieldRefusal {
    const found = fixedRules.get(code) ?? this.criteria.get(code);
    if (found === undefined || found === freeText) return "FIELD_NOT_TARGETABLE";
    return this.#sees(found) ? found : "FIELD_NOT_AVAILABLE";
  }

  #sees({ shows, level = 0 }: TargetRule): boolean {
    const { catalogue } = this.context.services;
    return (
      level <= this.context.fields.clearance &&
      shows.every((field) => {
        const [type, name] = field.split(".") as [string, string];
        // a module that does not run here has no fields
        return catalogue[type]?.[name] !== undefined && this.context.fields.may(type, name);
      })
    );
  }
}

/** Read once in an operation. */
export function targetFieldsOf(context: OperationContext): Promise<TargetFields> {
  return context.once(TargetFields.of);
}
