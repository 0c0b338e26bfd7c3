import type { Sql } from "../../../platform/database/sql.js";
import { visibleTo } from "../../visibility.js";
import { addressColumns } from "./contact-header.js";
import { type ContactRules, newCountry, stagedColumns, updated } from "./contact-stage.sql.js";

const ofContact = Object.entries(stagedColumns).map(
  ([field, column]) => `('${field}', c.${column}::text, (${updated("c", column)})::text)`,
);
const lineOfAddress = (column: string) => (column === "country" ? newCountry("$2") : `nullif(s.${column}, '')`);
const ofAddress = addressColumns.map(
  (column) => `('${column}', a.${column}, CASE WHEN s.structure_name IS NOT NULL THEN a.${column}
    WHEN a.contact_id IS NULL THEN ${lineOfAddress(column)} ELSE ${updated("a", column)} END)`,
);

/** What a check has to tell of fields: an update leaves it to the audit, which says the same. */
export async function noteFieldChanges(db: Sql, { country }: ContactRules): Promise<void> {
  await db.query(
    `/* noteFieldChanges */
     UPDATE import_stage s
     SET fields = (
       SELECT jsonb_agg(jsonb_build_object('field', v.field, 'was', v.was, 'became', v.became))
       FROM (VALUES ${[...ofContact, ...ofAddress].join(", ")}) AS v (field, was, became)
       WHERE v.was IS DISTINCT FROM v.became)
     FROM contacts.contact c
     LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN'
     WHERE c.institution_id = $1 AND c.id = s.contact_id AND s.has_changes AND ${visibleTo("c")}`,
    [db.institutionId, country],
  );
}
