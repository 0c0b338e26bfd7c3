import { levelOf } from "../../platform/access/clearance.js";
import { type Locale, locales } from "../../platform/i18n/locale.js";
import type { DefinedRow, DefinitionRow, ValueRow } from "./criterion.sql.js";
import type { CriterionDefinition, CriterionLabels, CriterionValue } from "./criterion.type.js";

/** In the caller's language; English, French, Spanish where that is missing; the code where all are. */
function labelOf(labels: CriterionLabels, code: string, locale: Locale): string {
  return [locale, ...locales].map((each) => labels[each]).find((label) => label !== null) ?? code;
}

function labelsOf({ labelEn, labelFr, labelEs }: DefinedRow): CriterionLabels {
  return { en: labelEn, fr: labelFr, es: labelEs };
}

export function toDefinition(row: DefinitionRow, locale: Locale): CriterionDefinition {
  const labels = labelsOf(row);
  return { ...row, level: levelOf(row.level), labels, label: labelOf(labels, row.code, locale) };
}

export function toValue(row: ValueRow, locale: Locale): CriterionValue {
  const labels = labelsOf(row);
  return { ...row, labels, label: labelOf(labels, row.internalCode, locale) };
}
