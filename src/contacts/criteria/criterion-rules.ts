import { invisibleInText } from "../../platform/errors/input-rules.js";
import "./criterion.messages.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import type { ContactType } from "../contact.enums.js";
import { CriterionApplicability, CriterionKind } from "./criterion.enums.js";
import type { DefinitionRow, ValueRow } from "./criterion.sql.js";

/** What a contact has for a criterion, or shall have. Codes in order, each once; none and no text: nothing. */
export interface CriterionState {
  readonly codes: readonly string[];
  readonly text: string | null;
}

export const nothing: CriterionState = { codes: [], text: null };

/** A wish as inputs give it: exactly one of the four. */
export interface CriterionWish {
  readonly values?: readonly string[] | null;
  readonly yesNo?: boolean | null;
  readonly text?: string | null;
  readonly clear?: boolean | null;
}

const longestText = 2_000;
/** Clears in files (domain 6.2), so no text can be it. */
const clearingText = "Empty";

/** The state that a wish asks for; null when the wish is none of this kind. Sets: order and repeats do not count. */
export function wishedState(kind: CriterionKind, wish: CriterionWish): CriterionState | null {
  const { values, yesNo, text, clear } = wish;
  const given = [values, yesNo, text, clear || null].filter((each) => each != null);
  if (given.length !== 1) return null;
  if (clear) return nothing;
  if (values && isList(kind)) return { codes: [...new Set(values)].sort(byCodeUnits), text: null };
  if (yesNo != null && kind === CriterionKind.YES_NO) return { codes: [yesNo ? "TRUE" : "FALSE"], text: null };
  if (text != null && kind === CriterionKind.FREE_TEXT)
    return text.trim() ? { codes: [""], text: text.trim() } : nothing;
  return null;
}

export function isList(kind: CriterionKind): boolean {
  return kind === CriterionKind.LIST || kind === CriterionKind.MULTI_LIST;
}

export function appliesTo({ applicability }: Pick<DefinitionRow, "applicability">, type: ContactType): boolean {
  return applicability === CriterionApplicability.BOTH || String(applicability) === String(type);
}

/** As the database orders codes, which are ASCII. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export function isSameState(a: CriterionState, b: CriterionState): boolean {
  return (
    a.text === b.text && a.codes.length === b.codes.length && a.codes.every((code, index) => code === b.codes[index])
  );
}

/** What a change is judged by. */
export interface Judgement {
  readonly definition: DefinitionRow;
  /** The defined values among the wished codes. */
  readonly values: ReadonlyMap<string, ValueRow>;
  readonly contactType: ContactType;
  /** Codes of the organizations that the change is made for. */
  readonly organizations: readonly string[];
  readonly held: CriterionState;
  /** For a code that there is not: those that may have been meant, as text. */
  readonly accepted?: (code: string) => string;
}

/**
 * What speaks against a change (domain 6.6), with the input field at fault. What the contact has already is never
 * refused: values from before stay, however the definition changed since.
 */
export function criterionProblems(wished: CriterionState, judgement: Judgement): Problem[] {
  const { definition, contactType, held } = judgement;
  if (isSameState(wished, held)) return [];
  const foreign = organizationProblem(definition, "code", judgement);
  if (foreign) return [foreign];
  const applies = appliesTo(definition, contactType);
  if (isSameState(wished, nothing)) {
    const isRequired = definition.isCompulsory && definition.isActive && applies;
    return isRequired ? [problem("CRITERION_REQUIRED", ["code"])] : [];
  }
  if (!applies) return [problem("CRITERION_NOT_APPLICABLE", ["code"])];
  if (!definition.isActive) return [problem("CRITERION_INACTIVE", ["code"])];
  return definition.kind === CriterionKind.FREE_TEXT ? textProblems(wished.text!) : codeProblems(wished, judgement);
}

function codeProblems({ codes }: CriterionState, judgement: Judgement): Problem[] {
  const { definition, held } = judgement;
  if (definition.kind === CriterionKind.YES_NO) return [];
  if (definition.kind === CriterionKind.LIST && codes.length > 1) return [problem("SINGLE_VALUE_EXPECTED", ["values"])];
  return codes.filter((code) => !held.codes.includes(code)).flatMap((code) => codeProblem(code, judgement) ?? []);
}

function codeProblem(code: string, judgement: Judgement): Problem | null {
  const value = judgement.values.get(code);
  if (!value) return problem("UNKNOWN_CODE", ["values"], { accepted: judgement.accepted?.(code) ?? "" });
  if (!value.isActive) return problem("INACTIVE_CODE", ["values"], { value: code });
  return organizationProblem(value, "values", judgement);
}

function organizationProblem(
  { organization }: { organization: string | null },
  field: string,
  { organizations }: Judgement,
): Problem | null {
  if (organization === null || organizations.includes(organization)) return null;
  return problem("CODE_NOT_IN_ORGANIZATION", [field], { organization });
}

/** What speaks against a text. */
export function textProblems(text: string): Problem[] {
  if (invisibleInText.test(text)) return [problem("INVALID_CHARACTERS", ["text"])];
  if (text.length > longestText) return [problem("VALUE_TOO_LONG", ["text"], { maximum: longestText })];
  return text === clearingText ? [problem("RESERVED_TEXT", ["text"], { text: clearingText })] : [];
}
