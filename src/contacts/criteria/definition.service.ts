import { invisibleInLine } from "../../platform/errors/input-rules.js";
import "./criterion.messages.js";
import { type Clearance, clearanceOf } from "../../platform/access/clearance.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { levelAboveClearance, versionConflict } from "../contact.errors.js";
import { selectIsOrganization } from "../institution.sql.js";
import { toDefinition } from "./criterion.answer.js";
import { CriterionApplicability } from "./criterion.enums.js";
import type { CriterionLabelsInput, DefineCriterionInput } from "./criterion.inputs.js";
import type { DefineCriterionPayload } from "./criterion.payloads.js";
import {
  countDefinitions,
  type DefinedRow,
  type DefinitionRow,
  type DefinitionValues,
  lockDefinitions,
  selectDefinitions,
  upsertDefinition,
} from "./criterion.sql.js";
import { criterionCodeProblem, isCode } from "./criterion-code.js";

/** As many as a list without pages can hold. */
export const mostDefinitions = 500;
const longestLabel = 100;
const largestPosition = 1_000_000;
const organizationPattern = /^[A-Z][A-Z0-9_]{0,7}$/;

/** Defines a criterion, or changes one at the version that the input names. */
export async function defineCriterion(
  context: OperationContext,
  input: DefineCriterionInput,
): Promise<DefineCriterionPayload> {
  const call = { mutation: "defineCriterion", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await lockDefinitions(db);
    const [current = null] = isCode(input.code) ? await selectDefinitions(db, [input.code]) : [];
    const values = await definitionValues(context, db, input, current);
    await upsertDefinition(db, input.code, values);
    return {};
  });
  if ("problems" in done) {
    return { criterion: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  }
  const [row] = await selectDefinitions(context.db, [input.code]);
  return { criterion: row ? toDefinition(row, context.locale) : null, userErrors: [], warnings: [] };
}

/** The definition as the input wants it. Refuses what cannot be. */
async function definitionValues(
  { caller }: OperationContext,
  db: Sql,
  input: DefineCriterionInput,
  current: DefinitionRow | null,
): Promise<DefinitionValues> {
  const stale = versionProblem(input.version, current, "code", {
    exists: "CRITERION_EXISTS",
    isMissing: "CRITERION_NOT_FOUND",
  });
  if (stale) return refuse(stale);
  const { count, last } = await countDefinitions(db);
  const values = mergedDefinition(input, current, last + 1);
  const problems = [
    ...(current ? [] : [criterionCodeProblem(input.code, "code"), kindMissing(input)]),
    ...(current && input.kind && input.kind !== current.kind ? [kindFixed(current)] : []),
    ...(await definedProblems(db, values, current)),
    levelProblem(values.level, current, caller.clearance),
    !current && count >= mostDefinitions ? problem("TOO_MANY_CRITERIA", [], { maximum: mostDefinitions }) : null,
  ].filter((found) => found !== null);
  return problems.length > 0 ? refuse(...problems) : values;
}

function mergedDefinition(
  input: DefineCriterionInput,
  current: DefinitionRow | null,
  nextPosition: number,
): DefinitionValues {
  return {
    ...mergedDefined(input, current, nextPosition),
    // without one, it is refused
    kind: current?.kind ?? input.kind!,
    applicability: input.applicability ?? current?.applicability ?? CriterionApplicability.BOTH,
    isCompulsory: input.isCompulsory ?? current?.isCompulsory ?? false,
    isVisibleOnInternet: input.isVisibleOnInternet ?? current?.isVisibleOnInternet ?? false,
    level: input.level ? clearanceOf(input.level) : (current?.level ?? 0),
  };
}

const kindMissing = ({ kind }: DefineCriterionInput): Problem | null =>
  kind ? null : problem("FIELD_REQUIRED", ["kind"]);

const kindFixed = ({ kind }: DefinitionRow): Problem => problem("CRITERION_KIND_FIXED", ["kind"], { kind });

/** Nobody withholds values from himself, and nobody opens what is withheld from him. */
function levelProblem(level: Clearance, current: DefinitionRow | null, clearance: Clearance): Problem | null {
  return Math.max(level, current?.level ?? 0) > clearance ? levelAboveClearance() : null;
}

interface DefinedWish {
  readonly labels?: CriterionLabelsInput | null;
  readonly organization?: string | null;
  readonly position?: number | null;
  readonly isActive?: boolean | null;
}

/** What definitions and values have alike, as the input wants it. */
export function mergedDefined(wish: DefinedWish, current: DefinedRow | null, nextPosition: number): DefinedRow {
  const label = (given: string | null | undefined, kept: string | null | undefined) =>
    given === undefined ? (kept ?? null) : given?.trim() || null;
  return {
    labelEn: label(wish.labels?.en, current?.labelEn),
    labelFr: label(wish.labels?.fr, current?.labelFr),
    labelEs: label(wish.labels?.es, current?.labelEs),
    organization: wish.organization === undefined ? (current?.organization ?? null) : wish.organization,
    position: wish.position ?? current?.position ?? nextPosition,
    isActive: wish.isActive ?? current?.isActive ?? true,
  };
}

/** What is wrong with it. */
export async function definedProblems(db: Sql, row: DefinedRow, current: DefinedRow | null): Promise<Problem[]> {
  const { labelEn: en, labelFr: fr, labelEs: es, organization, position } = row;
  const labels = Object.entries({ en, fr, es }).filter((entry): entry is [string, string] => entry[1] !== null);
  const isKnown =
    organization === null ||
    organization === current?.organization ||
    (organizationPattern.test(organization) && (await selectIsOrganization(db, organization)));
  return [
    labels.length === 0 ? problem("FIELD_REQUIRED", ["labels"]) : null,
    ...labels.map(([language, label]) => labelProblem(label, ["labels", language])),
    isKnown ? null : problem("UNKNOWN_ORGANIZATION", ["organization"]),
    position >= 0 && position <= largestPosition
      ? null
      : problem("NUMBER_OUT_OF_RANGE", ["position"], { minimum: 0, maximum: largestPosition }),
  ].filter((found) => found !== null);
}

function labelProblem(label: string, field: readonly string[]): Problem | null {
  if (invisibleInLine.test(label)) return problem("INVALID_CHARACTERS", field);
  return label.length > longestLabel ? problem("VALUE_TOO_LONG", [...field], { maximum: longestLabel }) : null;
}

/** A new one names no version; a change names the one that it is based on. */
export function versionProblem(
  version: number | null | undefined,
  current: { readonly version: number } | null,
  field: string,
  codes: { readonly exists: string; readonly isMissing: string },
): Problem | null {
  if (version == null) return current ? problem(codes.exists, [field]) : null;
  if (!current) return problem(codes.isMissing, [field]);
  return current.version === version ? null : versionConflict(current.version);
}
