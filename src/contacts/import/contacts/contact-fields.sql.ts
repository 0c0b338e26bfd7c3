import type { Sql } from "../../../platform/database/sql.js";
import { addressColumns } from "./contact-header.js";
import { type ContactRules, foundContact, newCountry, stagedColumns, updated } from "./contact-stage.sql.js";

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
     UPDATE import_stage t SET fields = noted.fields
     FROM (
       SELECT s.ctid AS place, (
         SELECT jsonb_agg(jsonb_build_object('field', v.field, 'was', v.was, 'became', v.became))
         FROM (VALUES ${[...ofContact, ...ofAddress].join(", ")}) AS v (field, was, became)
         WHERE v.was IS DISTINCT FROM v.became) AS fields
       FROM import_stage s
       ${foundContact}
       WHERE s.has_changes) noted
     WHERE t.ctid = noted.place`,
    [db.institutionId, country],
  );
}
