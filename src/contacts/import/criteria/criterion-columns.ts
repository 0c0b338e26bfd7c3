import type { OperationContext } from "../../../platform/context.js";
import { JobRefused } from "../../../platform/jobs/index.js";
import type { CriterionKind } from "../../criteria/criterion.enums.js";
import { type DefinitionRow, selectDefinitions, selectValues, type ValueRow } from "../../criteria/criterion.sql.js";
import { isList } from "../../criteria/criterion-rules.js";
import type { FieldOfCode } from "../keyed/keyed-header.js";
import { hasCriterion } from "../partners/partner-reach.js";

/** A criterion that a file has a column for. */
export interface CriterionColumn {
  readonly id: number;
  readonly kind: CriterionKind;
  /** Of a list: every internal code, also of values that are out of use. */
  readonly codes: ReadonlySet<string>;
  /** Of a list, for a text that is no code: the codes that may have been meant. */
  meant(text: string): string;
}

/** The institution's criteria by their code. */
export async function selectCriteria(context: OperationContext): Promise<ReadonlyMap<string, DefinitionRow>> {
  return new Map((await selectDefinitions(context.db)).map((row) => [row.code, row]));
}

/** @throws JobRefused by what it returns, see {@link FieldOfCode} */
export function criterionOf(
  context: OperationContext,
  criteria: ReadonlyMap<string, DefinitionRow>,
): FieldOfCode<DefinitionRow> {
  const { caller, fields, ports } = context;
  return (code, position) => {
    const definition = criteria.get(code);
    if (!definition) {
      const isOther = ports.marketing.authorizationCodes.includes(code);
      throw isOther ? new JobRefused("WRONG_IMPORT_TYPE") : new JobRefused("UNKNOWN_FIELD", { position });
    }
    // what becomes of the rows would tell the values
    const isWithheld =
      definition.level > caller.clearance || !fields.may("Contact", "criteria") || !hasCriterion(context, definition);
    if (isWithheld) throw new JobRefused("FIELD_NOT_AVAILABLE", { position });
    return definition;
  };
}

/** The columns of these criteria, with what their lists may hold. */
export async function selectColumns(
  context: OperationContext,
  definitions: readonly DefinitionRow[],
): Promise<ReadonlyMap<number, CriterionColumn>> {
  const lists = definitions.filter(({ kind }) => isList(kind)).map(({ id }) => id);
  const values = Map.groupBy(await selectValues(context.db, lists), ({ criterionId }) => criterionId);
  return new Map(definitions.map(({ id, kind }) => [id, columnOf(id, kind, values.get(id) ?? [])]));
}

/** How many codes a problem names when none is like what was written. */
const mostNamedCodes = 20;

function columnOf(id: number, kind: CriterionKind, values: readonly ValueRow[]): CriterionColumn {
  const active = values.filter(({ isActive }) => isActive);
  const bySpelling = new Map<string, string[]>();
  for (const { internalCode, labelEn, labelFr, labelEs } of active)
    for (const text of new Set([internalCode, labelEn, labelFr, labelEs].map((each) => plain(each ?? ""))))
      if (text !== "") bySpelling.set(text, [...(bySpelling.get(text) ?? []), internalCode]);
  const first = active.slice(0, mostNamedCodes).map(({ internalCode }) => internalCode);
  return {
    ...{ id, kind, codes: new Set(values.map(({ internalCode }) => internalCode)) },
    meant: (text) => (bySpelling.get(plain(text)) ?? first).slice(0, mostNamedCodes).join(", "),
  };
}

/** Without capitals and accents: labels are typed by people. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .trim();
}
