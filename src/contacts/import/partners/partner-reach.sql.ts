import type { Sql } from "../../../platform/database/sql.js";
import { visibleTo } from "../../visibility.js";

/** Whom the rows of a chunk may be about. @param table part of the program, with `contact_id` */
export async function selectStagedContacts(db: Sql, table: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectStagedContacts */ SELECT DISTINCT s.contact_id AS id FROM ${table} s WHERE s.contact_id > 0`,
  );
  return rows.map(({ id }) => id);
}

/** Leaves nobody in the rows but these. */
export async function hideStaged(db: Sql, table: string, ids: readonly string[]): Promise<void> {
  await db.query(
    `/* hideStaged */ UPDATE ${table} s SET contact_id = 0 WHERE s.contact_id IS NOT NULL AND s.contact_id <> ALL($1::bigint[])`,
    [ids],
  );
}

/** Of these contacts, those whom an import of the caller has made. */
export async function selectBrought(db: Sql, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectBrought */
     SELECT DISTINCT a.contact_id AS id FROM contacts.audit_contact a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.contact_id = ANY($2::bigint[]) AND a.entity = 'Contact'
       AND a.field = 'contactNumber' AND a.old_value IS NULL AND a.source = 'IMPORT'
       AND a.actor = current_setting('app.actor') AND a.actor_kind = current_setting('app.actor_kind')`,
    [db.institutionId, ids],
  );
  return rows.map(({ id }) => id);
}
