import type { Sql } from "../../platform/database/sql.js";

export interface DefinitionRow {
  id: number;
  code: string;
  kind: "LIST" | "MULTI_LIST" | "YES_NO" | "FREE_TEXT";
  /** The clearance that its values take. */
  level: number;
  labels: { en: string | null; fr: string | null; es: string | null };
  values: string[];
}

/** Every criterion, also those that are no longer given: contacts may have them. At most 500. */
export async function selectTargetCriteria(db: Sql): Promise<DefinitionRow[]> {
  const { rows } = await db.query<DefinitionRow>(
    `/* selectTargetCriteria */
     SELECT d.id, d.code, d.kind, d.level, d.value_codes AS values,
       json_build_object('en', d.label_en, 'fr', d.label_fr, 'es', d.label_es) AS labels
     FROM contacts.criterion_definition d WHERE d.institution_id = $1 ORDER BY d.position, d.code`,
    [db.institutionId],
  );
  return rows;
}
