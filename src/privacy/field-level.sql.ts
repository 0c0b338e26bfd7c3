import type { Clearance } from "../platform/access/clearance.js";
import type { Sql } from "../platform/database/sql.js";

export interface FieldLevelRow {
  typeName: string;
  fieldName: string;
  level: Clearance;
}

/** A level by its name, as the audit keeps it. */
const nameOf = (column: string) => `(ARRAY['FREE', 'RESTRICTED', 'CONFIDENTIAL'])[${column} + 1]`;

/** The levels that the institution set, in any order. */
export async function selectFieldLevels(db: Sql): Promise<FieldLevelRow[]> {
  const { rows } = await db.query<FieldLevelRow>(
    `/* selectFieldLevels */
     SELECT type_name AS "typeName", field_name AS "fieldName", level FROM privacy.field_level WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows;
}

/**
 * Sets a field's level, with its audit, and counts the version of the settings up, in one statement. Nothing is
 * written when the field has the level already.
 * @param shipped its level when the institution has set none
 */
export async function upsertFieldLevel(db: Sql, field: FieldLevelRow, shipped: Clearance): Promise<void> {
  await db.query(
    `/* upsertFieldLevel */
     WITH changed AS (
       INSERT INTO privacy.field_level AS f (institution_id, type_name, field_name, level)
       SELECT $1, $2, $3, $4
       WHERE $4::smallint <> $5::smallint OR EXISTS (
         SELECT FROM privacy.field_level WHERE institution_id = $1 AND type_name = $2 AND field_name = $3)
       ON CONFLICT (institution_id, type_name, field_name) DO UPDATE SET level = excluded.level
       WHERE f.institution_id = $1 AND f.level <> excluded.level
       RETURNING coalesce(old.level, $5) AS was, new.level AS became),
     audited AS (
       INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
       SELECT $1, 'fieldLevel:' || $2::text || '.' || $3::text, ${nameOf("was")}, ${nameOf("became")} FROM changed)
     UPDATE platform.institution SET settings_version = settings_version + 1
     WHERE id = $1 AND EXISTS (SELECT FROM changed)`,
    [db.institutionId, field.typeName, field.fieldName, field.level, shipped],
  );
}
