import type { TestDatabase } from "../../support/database.js";

export const header =
  "email;title;lastName;firstName;language;birthDate;phone;mobile;structureName;street1;street2;street3;postcode;town;country;referenceCode";

export type FileRow = Partial<Record<string, string>>;

/** A file with these rows, each by column. */
export function fileOf(...rows: FileRow[]): string {
  return [
    header,
    ...rows.map((row) =>
      header
        .split(";")
        .map((column) => row[column] ?? "")
        .join(";"),
    ),
  ].join("\r\n");
}

// biome-ignore lint/suspicious/noExplicitAny: rows of the database, as the test knows them
type Row = Record<string, any>;

/** Every contact of an institution with its main address and roles, in the order in which they were made. */
export async function contactsOf(db: TestDatabase, institutionId: number): Promise<Row[]> {
  const { rows } = await db.owner.query(
    `SELECT c.*, c.birth_date::text AS birth_date, a.street1, a.postcode, a.town, a.country,
       ARRAY(SELECT role FROM contacts.contact_role r WHERE r.institution_id = c.institution_id AND r.contact_id = c.id) AS roles
     FROM contacts.contact c LEFT JOIN contacts.contact_address a
       ON a.institution_id = c.institution_id AND a.contact_id = c.id AND a.kind = 'MAIN'
     WHERE c.institution_id = $1 ORDER BY c.id`,
    [institutionId],
  );
  return rows;
}

/** The audit of an institution's contacts, without ids and times. */
export async function auditOf(db: TestDatabase, institutionId: number): Promise<Row[]> {
  const { rows } = await db.owner.query(
    `SELECT actor, actor_kind, source, job_id, entity, key, field, old_value, new_value
     FROM contacts.audit_contact WHERE institution_id = $1 ORDER BY id`,
    [institutionId],
  );
  return rows;
}
