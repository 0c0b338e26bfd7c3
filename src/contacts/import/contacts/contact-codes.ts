import type { OperationContext } from "../../../platform/context.js";
import { JobRefused } from "../../../platform/jobs/index.js";
import type { DefinitionRow } from "../../criteria/criterion.sql.js";
import { type CriterionColumn, criterionOf, selectColumns, selectCriteria } from "../criteria/criterion-columns.js";
import type { FieldColumn } from "../keyed/keyed-header.js";
import type { CodeColumn } from "./contact-header.js";

/** What columns of contacts may be called by, beside their own names. */
export interface KnownCodes {
  readonly criteria: ReadonlyMap<string, DefinitionRow>;
  /** In the order of their bits. */
  readonly authorizations: readonly string[];
}

/** Columns of criteria and authorizations in a file of contacts, which says nothing of old values. Source: domain 6.9 */
export interface CodeFields {
  readonly criteria: readonly FieldColumn<CriterionColumn>[];
  readonly authorizations: readonly FieldColumn<number>[];
}

export async function selectKnownCodes(context: OperationContext): Promise<KnownCodes> {
  const { authorizationCodes: authorizations } = context.ports.marketing;
  return { criteria: await selectCriteria(context), authorizations };
}

export const isKnownCode = ({ criteria, authorizations }: KnownCodes, name: string): boolean =>
  criteria.has(name) || authorizations.includes(name);

/**
 * What the columns stand for, by the rules of the imports of criteria and of authorizations.
 * @throws JobRefused FIELD_NOT_AVAILABLE for what is withheld from the importer; AMBIGUOUS_COLUMN for the code of both
 */
export async function readCodeFields(
  context: OperationContext,
  known: KnownCodes,
  columns: readonly CodeColumn[],
): Promise<CodeFields> {
  const definitionOf = criterionOf(context, known.criteria);
  const definitions = new Map<CodeColumn, DefinitionRow>();
  const authorizations: FieldColumn<number>[] = [];
  for (const column of columns) {
    const { code, at } = column;
    const bit = known.authorizations.indexOf(code);
    if (bit < 0) definitions.set(column, definitionOf(code, at + 1));
    else {
      assertNoCriterion(known, column);
      assertAuthorizations(context, column);
      authorizations.push(fieldOf(column, 1 << bit));
    }
  }
  const byId = await selectColumns(context, [...definitions.values()]);
  return { criteria: [...definitions].map(([column, { id }]) => fieldOf(column, byId.get(id)!)), authorizations };
}

const fieldOf = <Field>({ code, at }: CodeColumn, field: Field): FieldColumn<Field> => ({
  ...{ field, code, heading: code, newAt: at, oldAt: null },
});

function assertNoCriterion({ criteria }: KnownCodes, { code, at }: CodeColumn): void {
  if (criteria.has(code)) throw new JobRefused("AMBIGUOUS_COLUMN", { position: at + 1, column: code });
}

/** What becomes of the rows would tell the values. */
function assertAuthorizations({ fields }: OperationContext, { at }: CodeColumn): void {
  if (!fields.may("Contact", "authorizations")) throw new JobRefused("FIELD_NOT_AVAILABLE", { position: at + 1 });
}
