import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { criteriaLoaders } from "./contact-criteria.loader.js";
import { CriterionKind } from "./criterion.enums.js";
import { type DefinitionRow, selectValues } from "./criterion.sql.js";
import { isCode } from "./criterion-code.js";
import { isList } from "./criterion-rules.js";
import type { CriterionFilter } from "./criterion-wish.inputs.js";

const mostFilters = 20;
const mostWantedValues = 100;

/** A condition of a search: a contact fits that has one of the codes. */
export interface CriterionTerm {
  readonly criterionId: number;
  readonly codes: readonly string[];
}

/**
 * What a filter by criteria asks for, ready for SQL: all of the terms must fit.
 * @throws CodedError FIELD_NOT_AVAILABLE for criteria whose values are withheld from the caller; BAD_USER_INPUT for too
 *   many, unknown codes, and free texts (F17)
 */
export async function criterionTerms(
  context: OperationContext,
  filters: readonly CriterionFilter[],
): Promise<CriterionTerm[]> {
  if (filters.length === 0) return [];
  if (!context.fields.may("Contact", "criteria")) throw notAvailable("criteria");
  if (filters.length > mostFilters) throw badInput("TOO_MANY", `\`criteria\` has at most ${mostFilters} elements.`);
  const definitions = await criteriaLoaders(context).definitions();
  const terms: CriterionTerm[] = [];
  for (const filter of filters) {
    const definition = definitions.find(({ code }) => code === filter.code);
    terms.push(await toTerm(context, definition, filter));
  }
  return terms;
}

async function toTerm(
  context: OperationContext,
  definition: DefinitionRow | undefined,
  { values }: CriterionFilter,
): Promise<CriterionTerm> {
  if (!definition) throw badInput("CRITERION_NOT_FOUND", "`criteria` names a criterion that there is not.");
  const { id, code, kind, level } = definition;
  if (level > context.fields.clearance) throw notAvailable(`criteria.${code}`);
  if (kind === CriterionKind.FREE_TEXT) throw badInput("FREE_TEXT", `${code} is a free text: no search asks for it.`);
  if (values.length === 0 || values.length > mostWantedValues)
    throw badInput("NUMBER_OF_VALUES", `A criterion is searched by 1 to ${mostWantedValues} values.`);
  const known = isList(kind)
    ? (await selectValues(context.db, [id], values.filter(isCode))).map(({ internalCode }) => internalCode)
    : ["TRUE", "FALSE"];
  if (values.some((value) => !known.includes(value)))
    throw badInput("UNKNOWN_CODE", `A value of ${code} is no internal code of it; see \`criterionValues\`.`);
  return { criterionId: id, codes: [...new Set(values)] };
}

function badInput(reason: string, message: string): CodedError {
  return new CodedError("BAD_USER_INPUT", message, { argument: "criteria", reason });
}

function notAvailable(field: string): CodedError {
  return new CodedError("FIELD_NOT_AVAILABLE", `You cannot search by ${field}: it is withheld from you.`, { field });
}
