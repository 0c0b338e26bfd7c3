import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { CriterionApplicability, CriterionKind } from "./criterion.enums.js";

/** What definitions and their values have alike, as the database keeps it. */
export interface DefinedRow {
  labelEn: string | null;
  labelFr: string | null;
  labelEs: string | null;
  organization: string | null;
  position: number;
  isActive: boolean;
}

export interface DefinitionRow extends DefinedRow {
  id: number;
  code: string;
  kind: CriterionKind;
  applicability: CriterionApplicability;
  isCompulsory: boolean;
  isVisibleOnInternet: boolean;
  level: Clearance;
  version: number;
}

export interface ValueRow extends DefinedRow {
  criterionId: number;
  internalCode: string;
  version: number;
}

interface Column {
  readonly column: string;
  readonly type: string;
  /** SQL of its value as the audit shows it; its text when left out. */
  readonly audited?: (value: string) => string;
}

type Columns = Readonly<Record<string, Column>>;

const levelName = (value: string) => `(ARRAY['FREE', 'RESTRICTED', 'CONFIDENTIAL'])[${value} + 1]`;

const definedColumns = {
  labelEn: { column: "label_en", type: "text" },
  labelFr: { column: "label_fr", type: "text" },
  labelEs: { column: "label_es", type: "text" },
  organization: { column: "organization", type: "text" },
  position: { column: "position", type: "int" },
  isActive: { column: "is_active", type: "boolean" },
} as const satisfies Columns;

/** What is written of a definition, and audited. */
const definitionColumns = {
  kind: { column: "kind", type: "text" },
  ...definedColumns,
  applicability: { column: "applicability", type: "text" },
  isCompulsory: { column: "is_compulsory", type: "boolean" },
  isVisibleOnInternet: { column: "is_visible_on_internet", type: "boolean" },
  level: { column: "level", type: "smallint", audited: levelName },
} as const satisfies Columns;

export type DefinitionValues = Pick<DefinitionRow, keyof typeof definitionColumns>;
export type ValueValues = DefinedRow;

const selected = (columns: Columns, alias: string) =>
  Object.entries(columns)
    .map(([field, { column }]) => `${alias}.${column} AS "${field}"`)
    .join(", ");

const definitionRow = (alias: string) =>
  `${alias}.id, ${alias}.code, ${alias}.version, ${selected(definitionColumns, alias)}`;

/** Columns of a value as {@link ValueRow}. */
export const valueRow = (alias: string) =>
  `${alias}.criterion_id AS "criterionId", ${alias}.internal_code AS "internalCode", ${alias}.version, ${selected(definedColumns, alias)}`;

/** Definitions in their order; with codes, those of them. At most 500. */
export async function selectDefinitions(db: Sql, codes: readonly string[] | null = null): Promise<DefinitionRow[]> {
  const { rows } = await db.query<DefinitionRow>(
    `/* selectDefinitions */ SELECT ${definitionRow("d")} FROM contacts.criterion d
     WHERE d.institution_id = $1 AND ($2::text[] IS NULL OR d.code = ANY($2::text[]))
     ORDER BY d.position, d.code`,
    [db.institutionId, codes],
  );
  return rows;
}

/** The values of a criterion in their order; with codes, those of them. At most 2000. */
export async function selectValues(
  db: Sql,
  criterionIds: readonly number[],
  codes: readonly string[] | null = null,
): Promise<ValueRow[]> {
  const { rows } = await db.query<ValueRow>(
    `/* selectValues */ SELECT ${valueRow("v")} FROM contacts.criterion_value v
     WHERE v.institution_id = $1 AND v.criterion_id = ANY($2::int[])
       AND ($3::text[] IS NULL OR v.internal_code = ANY($3::text[]))
     ORDER BY v.criterion_id, v.position, v.internal_code`,
    [db.institutionId, criterionIds, codes],
  );
  return rows;
}

/** Codes in use that somebody may have meant who wrote `text`: those with this label or spelling, else the first. */
export async function selectMeantCodes(db: Sql, criterionId: number, text: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `/* selectMeantCodes */
     WITH candidate AS (
       SELECT v.internal_code AS code, v.position,
         platform.normalize($3) IN (lower(v.internal_code), platform.normalize(v.label_en), platform.normalize(v.label_fr),
           platform.normalize(v.label_es)) IS TRUE AS is_meant
       FROM contacts.criterion_value v
       WHERE v.institution_id = $1 AND v.criterion_id = $2 AND v.is_active)
     SELECT code FROM candidate
     WHERE is_meant OR NOT EXISTS (SELECT FROM candidate WHERE is_meant)
     ORDER BY position, code LIMIT $4`,
    [db.institutionId, criterionId, text, limit],
  );
  return rows.map(({ code }) => code);
}

/** Lets one transaction after another define criteria. */
export async function lockDefinitions(db: Sql): Promise<void> {
  await db.query(`/* lockDefinitions */ SELECT pg_advisory_xact_lock(hashtextextended('criteria ' || $1::int, 0))`, [
    db.institutionId,
  ]);
}

/** How many definitions there are, and the last place among them. */
export async function countDefinitions(db: Sql): Promise<{ count: number; last: number }> {
  const { rows } = await db.query<{ count: number; last: number }>(
    `/* countDefinitions */ SELECT count(*)::int AS count, coalesce(max(d.position), 0) AS last
     FROM contacts.criterion d WHERE d.institution_id = $1`,
    [db.institutionId],
  );
  return rows[0]!;
}

/** How many values a criterion has, and the last place among them. */
export async function countValues(db: Sql, criterionId: number): Promise<{ count: number; last: number }> {
  const { rows } = await db.query<{ count: number; last: number }>(
    `/* countValues */ SELECT count(*)::int AS count, coalesce(max(v.position), 0) AS last
     FROM contacts.criterion_value v WHERE v.institution_id = $1 AND v.criterion_id = $2`,
    [db.institutionId, criterionId],
  );
  return rows[0]!;
}

const names = (columns: Columns) => Object.values(columns).map(({ column }) => column);
/** Their values out of a JSON parameter. */
const given = (columns: Columns, parameter: string) =>
  Object.entries(columns).map(([field, { type }]) => `(${parameter}::jsonb ->> '${field}')::${type}`);
const returned = (columns: Columns) =>
  names(columns)
    .map((column) => `old.${column} AS old_${column}, new.${column} AS new_${column}`)
    .join(", ");
const asText = (value: string) => `${value}::text`;
const audited = ([field, { column, audited: shown = asText }]: [string, Column]) =>
  `('${field}', ${shown(`old_${column}`)}, ${shown(`new_${column}`)})`;

/** The audit of what was changed: an entry for each field that differs. */
const audit = (columns: Columns, criterionCode: string, internalCode: string) => `
  INSERT INTO contacts.audit_criterion (institution_id, criterion_code, internal_code, field, old_value, new_value)
  SELECT $1, ${criterionCode}, ${internalCode}, v.field, v.old, v.new
  FROM changed CROSS JOIN LATERAL (VALUES ${Object.entries(columns).map(audited).join(", ")}) AS v (field, old, new)
  WHERE v.old IS DISTINCT FROM v.new`;

/** Defines a criterion, or writes all that is written of one, with its audit. Nothing when nothing differs. */
export async function upsertDefinition(db: Sql, code: string, values: DefinitionValues): Promise<void> {
  const columns = names(definitionColumns);
  await db.query(
    `/* upsertDefinition */
     WITH changed AS (
       INSERT INTO contacts.criterion AS d (institution_id, code, ${columns.join(", ")})
       VALUES ($1, $2, ${given(definitionColumns, "$3").join(", ")})
       ON CONFLICT (institution_id, code) DO UPDATE
       SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}, version = d.version + 1
       WHERE (${columns.map((column) => `d.${column}`).join(", ")})
         IS DISTINCT FROM (${columns.map((column) => `excluded.${column}`).join(", ")})
       RETURNING ${returned(definitionColumns)})
     ${audit(definitionColumns, "$2", "NULL")}`,
    [db.institutionId, code, JSON.stringify(values)],
  );
}

/** The same for a value of a list. */
export async function upsertValue(
  db: Sql,
  { id, code }: Pick<DefinitionRow, "id" | "code">,
  internalCode: string,
  values: ValueValues,
): Promise<void> {
  const columns = names(definedColumns);
  await db.query(
    `/* upsertValue */
     WITH changed AS (
       INSERT INTO contacts.criterion_value AS v (institution_id, criterion_id, internal_code, ${columns.join(", ")})
       VALUES ($1, $2, $3, ${given(definedColumns, "$5").join(", ")})
       ON CONFLICT (institution_id, criterion_id, internal_code) DO UPDATE
       SET ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}, version = v.version + 1
       WHERE (${columns.map((column) => `v.${column}`).join(", ")})
         IS DISTINCT FROM (${columns.map((column) => `excluded.${column}`).join(", ")})
       RETURNING ${returned(definedColumns)})
     ${audit(definedColumns, "$4", "$3")}`,
    [db.institutionId, id, internalCode, code, JSON.stringify(values)],
  );
}
