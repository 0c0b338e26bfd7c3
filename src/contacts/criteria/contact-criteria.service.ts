import "./criterion.messages.js";
import { levelOf } from "../../platform/access/clearance.js";
import type { OperationContext } from "../../platform/context.js";
import type { Warning } from "../../platform/graphql/shared-types.js";
import { message } from "../../platform/i18n/messages.js";
import { ContactType } from "../contact.enums.js";
import { databaseId, type VisibleContact } from "../contact.loaders.js";
import { criteriaLoaders, mayKnow } from "./contact-criteria.loader.js";
import type { HeldRow } from "./contact-criteria.sql.js";
import { toDefinition, toValue } from "./criterion.answer.js";
import { CriterionKind } from "./criterion.enums.js";
import { type DefinitionRow, selectDefinitions, selectValues } from "./criterion.sql.js";
import type { ContactCriterion, CriterionDefinition, CriterionValue } from "./criterion.type.js";
import { isCode } from "./criterion-code.js";
import { appliesTo, isList } from "./criterion-rules.js";

/** The criteria of the institution, in order: those for contacts of a type, when one is given. */
export async function criterionDefinitions(
  context: OperationContext,
  { type, includeInactive }: { type?: ContactType | null | undefined; includeInactive: boolean },
): Promise<CriterionDefinition[]> {
  const rows = await criteriaLoaders(context).definitions();
  return rows
    .filter((row) => (includeInactive || row.isActive) && (type == null || appliesTo(row, type)))
    .map((row) => toDefinition(row, context.locale));
}

/** The values of a criterion in order, those out of use as well (F89); none of other kinds. Null when there is no such criterion. */
export async function criterionValues(context: OperationContext, code: string): Promise<CriterionValue[] | null> {
  const [row] = isCode(code) ? await selectDefinitions(context.db, [code]) : [];
  if (!row || !mayKnow(context, row)) return null;
  return (await selectValues(context.db, [row.id])).map((value) => toValue(value, context.locale));
}

/**
 * What the contact has, in the order of the definitions; null when criteria are withheld as a whole. A criterion above
 * the caller's clearance that is for such contacts is always listed, empty: its absence would tell as much as its value.
 */
export async function contactCriteria(
  context: OperationContext,
  contact: VisibleContact,
): Promise<ContactCriterion[] | null> {
  if (!context.fields.may("Contact", "criteria")) return null;
  const loaders = criteriaLoaders(context);
  const [definitions, held] = await Promise.all([loaders.definitions(), loaders.ofContact.load(contact[databaseId])]);
  const byCriterion = Map.groupBy(held, ({ criterionId }) => criterionId);
  return definitions.flatMap((definition) => {
    if (definition.level > context.fields.clearance) {
      const isListed = definition.isActive && appliesTo(definition, contact.type);
      return isListed ? [withheldCriterion(context, definition)] : [];
    }
    const rows = byCriterion.get(definition.id);
    return rows ? [heldCriterion(context, definition, rows)] : [];
  });
}

/** A warning for each compulsory criterion that the caller could set and the contact has not; the code is its name. */
export async function missingCriteria(context: OperationContext, contact: VisibleContact): Promise<Warning[]> {
  const held = await contactCriteria(context, contact);
  const { clearance, organizations } = context.caller;
  const isMissing = (row: DefinitionRow) =>
    row.isCompulsory &&
    row.isActive &&
    row.level <= clearance &&
    appliesTo(row, contact.type) &&
    (row.organization === null || organizations.includes(row.organization)) &&
    !held!.some(({ definition }) => definition.code === row.code);
  const missing = held === null ? [] : (await criteriaLoaders(context).definitions()).filter(isMissing);
  return missing.map(({ code }) => ({
    code: "CRITERION_MISSING",
    message: message("CRITERION_MISSING", context.locale, { criterion: code }),
  }));
}

function heldCriterion({ locale }: OperationContext, row: DefinitionRow, held: readonly HeldRow[]): ContactCriterion {
  const values = held.flatMap(({ value }) => (value ? [toValue(value, locale)] : []));
  return {
    definition: toDefinition(row, locale),
    values: isList(row.kind) ? values : null,
    yesNo: row.kind === CriterionKind.YES_NO ? held[0]!.code === "TRUE" : null,
    text: held[0]!.text,
    redactions: [],
  };
}

function withheldCriterion({ locale }: OperationContext, row: DefinitionRow): ContactCriterion {
  const requirement = { requiredClearance: levelOf(row.level), requiredPermission: null };
  return {
    definition: toDefinition(row, locale),
    ...{ values: null, yesNo: null, text: null },
    redactions: [{ field: fieldOf(row.kind), ...requirement }],
  };
}

function fieldOf(kind: CriterionKind): string {
  if (kind === CriterionKind.YES_NO) return "yesNo";
  return isList(kind) ? "values" : "text";
}
