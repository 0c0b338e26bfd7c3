import type { Sql } from "../../../platform/database/sql.js";
import { type WritableField, writableColumns } from "../../contact.sql.js";
import { insertWords, updateWords } from "../../search/search-keys.sql.js";
import { addressColumns } from "./contact-header.js";
import { type ContactRules, newCountry, stagedColumns, updated } from "./contact-stage.sql.js";

/** Gives the contacts that the rows make their ids: the person's, and the structure's where there is one. */
export async function assignIds(db: Sql): Promise<void> {
  await db.query(
    `/* assignIds */
     WITH numbered AS (
       SELECT line, nextval('contacts.contact_id_seq') AS first,
         CASE WHEN kind <> 'INDIVIDUAL' THEN nextval('contacts.contact_id_seq') END AS second
       FROM import_stage WHERE outcome = 'CREATE' ORDER BY line)
     UPDATE import_stage s
     SET is_new = true, structure_id = numbered.second,
       contact_id = CASE WHEN kind = 'STRUCTURE' THEN numbered.second ELSE numbered.first END
     FROM numbered WHERE numbered.line = s.line`,
  );
  await db.query(
    `/* nameCreated */
     UPDATE import_verdict v SET contact_id = s.contact_id FROM import_stage s WHERE s.line = v.line AND s.is_new`,
  );
}

const dates: ReadonlySet<string> = new Set(["birth_date"]);
const value = (column: string) => `nullif(s.${column}, '')${dates.has(column) ? "::date" : ""}`;

type Source = Partial<Record<WritableField, string>>;

const communication: Source = { email: value("email"), phone: value("phone"), mobile: value("mobile") };
const person: Source = {
  ...communication,
  title: `coalesce(${value("title")}, 'UNDEFINED')`,
  firstName: value("first_name"),
  lastName: `coalesce(${value("last_name")}, '-')`,
  birthDate: value("birth_date"),
  language: `coalesce(${value("language")}, $3)`,
  referenceCode: value("reference_code"),
};
const relaysStructure: Source = { structureName: value("structure_name"), language: person.language };
const structure: Source = { ...relaysStructure, ...communication, referenceCode: value("reference_code") };

// Ids are given in an order of their own: the plan's would tell how many contacts there are that nobody may see.
const audit = `INSERT INTO contacts.audit_contact
  (institution_id, contact_id, job_id, entity, key, field, old_value, new_value)`;

const phoneKeys = ["phone_key", "mobile_key"];
const names: readonly string[] = ["first_name", "last_name", "structure_name"];

/** New contacts with their audit, one entry for each field that has a value. FREE, as all that are made. */
function insertStatement(name: string, type: string, id: string, source: Source, condition: string): string {
  const given = Object.keys(source) as WritableField[];
  const columns = given.map((field) => writableColumns[field]);
  const audited = given.map((field) => `('${field}', created.${writableColumns[field]}::text)`);
  const others = columns.filter((column) => !names.includes(column));
  const hasPhones = source.phone !== undefined;
  return `/* ${name} */
    WITH created AS (
      INSERT INTO contacts.contact (institution_id, id, contact_type, ${[...columns, ...(hasPhones ? phoneKeys : [])].join(", ")})
      SELECT $1, ${id}, '${type}', ${[...given.map((field) => source[field]), ...(hasPhones ? phoneKeys.map(value) : [])].join(", ")}
      FROM import_stage s WHERE s.is_new AND ${condition} ORDER BY s.line
      RETURNING id, contact_number, contact_type, first_name, last_name, structure_name, ${others.join(", ")}),
    ${insertWords("created")}
    ${audit}
    SELECT $1, created.id, $2, 'Contact', NULL, v.field, NULL, v.new
    FROM created CROSS JOIN LATERAL (VALUES ('contactNumber', created.contact_number::text),
      ('type', created.contact_type), ${audited.join(", ")}) AS v (field, new)
    WHERE v.new IS NOT NULL`;
}

const insertStatements = [
  insertStatement("insertImportedPersons", "INDIVIDUAL", "s.contact_id", person, "s.kind <> 'STRUCTURE'"),
  insertStatement("insertImportedStructures", "STRUCTURE", "s.structure_id", structure, "s.kind = 'STRUCTURE'"),
  insertStatement("insertRelaysStructures", "STRUCTURE", "s.structure_id", relaysStructure, "s.kind = 'RELAY'"),
];

export async function insertImported(db: Sql, { jobId, language }: ContactRules): Promise<void> {
  for (const statement of insertStatements) await db.query(statement, [db.institutionId, jobId, language]);
}

/** Individuals are PUBLIC, or RELAY where the row names a structure. */
export async function insertImportedRoles(db: Sql, { jobId }: ContactRules): Promise<void> {
  await db.query(
    `/* insertImportedRoles */
     WITH changed AS (
       INSERT INTO contacts.contact_role (institution_id, contact_id, role)
       SELECT $1, contact_id, CASE kind WHEN 'RELAY' THEN 'RELAY' ELSE 'PUBLIC' END
       FROM import_stage WHERE is_new AND kind <> 'STRUCTURE' ORDER BY line
       RETURNING contact_id, role)
     ${audit} SELECT $1, contact_id, $2, 'Role', NULL, 'roles', NULL, role FROM changed`,
    [db.institutionId, jobId],
  );
}

/** Audited on both files, as it shows on both. */
export async function insertImportedConnections(db: Sql, { jobId }: ContactRules): Promise<void> {
  await db.query(
    `/* insertImportedConnections */
     WITH changed AS (
       INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
       SELECT $1, 'RELAY_OF', contact_id, structure_id FROM import_stage WHERE is_new AND kind = 'RELAY' ORDER BY line
       RETURNING from_contact_id, to_contact_id, connection_type)
     ${audit}
     SELECT $1, v.contact_id, $2, 'Connection', NULL, 'connections', NULL, connection_type
     FROM changed CROSS JOIN LATERAL (VALUES (from_contact_id), (to_contact_id)) AS v (contact_id)`,
    [db.institutionId, jobId],
  );
}

const addressAudit = `${audit}
  SELECT $1, contact_id, $2, 'Address', 'MAIN', v.field, v.old, v.new
  FROM changed CROSS JOIN LATERAL (VALUES
    ${addressColumns.map((column) => `('${column}', old_${column}::text, new_${column}::text)`).join(", ")}) AS v (field, old, new)
  WHERE v.old IS DISTINCT FROM v.new ORDER BY contact_id, v.field`;
const bothAddresses = addressColumns
  .map((column) => `old.${column} AS old_${column}, new.${column} AS new_${column}`)
  .join(", ");

/**
 * Main addresses of new contacts (a relay's is his structure's), and of changed ones that had none.
 * @param rules with the country of an address that has none
 */
export async function insertImportedAddresses(
  db: Sql,
  { jobId, country }: Pick<ContactRules, "jobId"> & { readonly country: string | null },
): Promise<void> {
  const given = addressColumns.map((column) => (column === "country" ? newCountry("$3") : `nullif(s.${column}, '')`));
  await db.query(
    `/* insertImportedAddresses */
     WITH changed AS (
       INSERT INTO contacts.contact_address (institution_id, contact_id, kind, ${addressColumns.join(", ")})
       SELECT $1, coalesce(s.structure_id, s.contact_id), 'MAIN', ${given.join(", ")}
       FROM import_stage s
       WHERE s.has_address AND (s.is_new OR (s.outcome = 'UPDATE' AND s.structure_name IS NULL AND NOT EXISTS (
         SELECT FROM contacts.contact_address a
         WHERE a.institution_id = $1 AND a.contact_id = s.contact_id AND a.kind = 'MAIN')))
       RETURNING contact_id, ${bothAddresses})
     ${addressAudit}`,
    [db.institutionId, jobId, country],
  );
}

/** Follows from what a row is joined by; without it, the planner reads whole institutions that it takes for small ones. */
const isStaged = (id: string) => `${id} = ANY (ARRAY(SELECT contact_id FROM import_stage WHERE outcome = 'UPDATE'))`;

/** Main addresses of changed contacts; one that is left without a line goes. Before those that are new. */
export async function updateImportedAddresses(db: Sql, { jobId }: Pick<ContactRules, "jobId">): Promise<void> {
  const after = addressColumns.map((column) => updated("a", column));
  await db.query(
    `/* updateImportedAddresses */
     WITH changed AS (
       UPDATE contacts.contact_address a
       SET ${addressColumns.map((column, index) => `${column} = ${after[index]}`).join(", ")}
       FROM import_stage s
       WHERE a.institution_id = $1 AND a.contact_id = s.contact_id AND a.kind = 'MAIN' AND ${isStaged("a.contact_id")}
         AND s.outcome = 'UPDATE' AND s.structure_name IS NULL
         AND (${addressColumns.map((column) => `a.${column}`).join(", ")}) IS DISTINCT FROM (${after.join(", ")})
       RETURNING a.contact_id, ${bothAddresses})
     ${addressAudit}`,
    [db.institutionId, jobId],
  );
  await db.query(
    `/* deleteEmptiedAddresses */
     DELETE FROM contacts.contact_address a USING import_stage s
     WHERE a.institution_id = $1 AND a.contact_id = s.contact_id AND a.kind = 'MAIN' AND s.outcome = 'UPDATE'
       AND ${isStaged("a.contact_id")}
       AND num_nonnulls(${addressColumns.map((column) => `a.${column}`).join(", ")}) = 0`,
    [db.institutionId],
  );
}

/** Fields of changed contacts, with their audit. A contact whose address alone changed counts its version up too. */
export async function updateImported(db: Sql, { jobId }: Pick<ContactRules, "jobId">): Promise<void> {
  const columns = Object.values(stagedColumns);
  const audited = Object.entries(stagedColumns).map(
    ([field, column]) => `('${field}', old_${column}::text, new_${column}::text)`,
  );
  await db.query(
    `/* updateImported */
     WITH changed AS (
       UPDATE contacts.contact c
       SET ${[...columns, ...phoneKeys].map((column) => `${column} = ${updated("c", column)}`).join(", ")},
         version = c.version + 1, updated_at = platform.now()
       FROM import_stage s
       WHERE c.institution_id = $1 AND c.id = s.contact_id AND s.outcome = 'UPDATE' AND s.has_changes
         AND ${isStaged("c.id")}
       RETURNING c.id, ${[...columns, "structure_name"].map((column) => `old.${column} AS old_${column}, new.${column} AS new_${column}`).join(", ")}),
     ${updateWords("changed")}
     ${audit}
     SELECT $1, changed.id, $2, 'Contact', NULL, v.field, v.old, v.new
     FROM changed CROSS JOIN LATERAL (VALUES ${audited.join(", ")}) AS v (field, old, new)
     WHERE v.old IS DISTINCT FROM v.new ORDER BY changed.id, v.field`,
    [db.institutionId, jobId],
  );
}

/** Every contact that the chunk has made or changed, in ascending order. */
export async function selectWritten(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectWritten */
     SELECT contact_id AS id FROM import_stage WHERE outcome IN ('CREATE', 'UPDATE')
     UNION SELECT structure_id FROM import_stage WHERE structure_id IS NOT NULL
     ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}
