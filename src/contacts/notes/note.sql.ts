import type { Sql } from "../../platform/database/sql.js";
import { visibleTo } from "../visibility.js";

export interface NoteRow {
  id: string;
  contactId: string;
  text: string;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date | null;
  updatedBy: string | null;
}

const columns = (alias: string): string => `${alias}.id, ${alias}.contact_id AS "contactId", ${alias}.text,
  ${alias}.created_at AS "createdAt", ${alias}.created_by AS "createdBy",
  ${alias}.updated_at AS "updatedAt", ${alias}.updated_by AS "updatedBy"`;

/**
 * The notes of each contact before one, the newest first; only of contacts that exist for the caller.
 * @param before the id of a note; null for the first page
 * @param limit per contact
 */
export async function selectNotes(
  db: Sql,
  contactIds: readonly string[],
  { before, limit }: { before: string | null; limit: number },
): Promise<NoteRow[]> {
  const { rows } = await db.query<NoteRow>(
    `/* selectNotes */
     SELECT ${columns("page")} FROM contacts.contact c
     CROSS JOIN LATERAL (
       SELECT * FROM contacts.note n
       WHERE n.institution_id = $1 AND n.contact_id = c.id AND n.id < coalesce($3::bigint, 9223372036854775807)
       ORDER BY n.id DESC LIMIT $4) page
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}
     ORDER BY c.id, page.id DESC`,
    [db.institutionId, contactIds, before, limit],
  );
  return rows;
}

/** Notes by their ids, of contacts that exist for the caller. */
export async function selectNotesById(db: Sql, ids: readonly string[]): Promise<NoteRow[]> {
  const { rows } = await db.query<NoteRow>(
    `/* selectNotesById */
     SELECT ${columns("n")} FROM contacts.note n
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = n.contact_id AND ${visibleTo("c")}
     WHERE n.institution_id = $1 AND n.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** The contacts among these that exist for the caller and have a note. One query for all: also for lists. */
export async function selectHaveNotes(db: Sql, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectHaveNotes */
     SELECT c.id FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}
       AND EXISTS (SELECT FROM contacts.note n WHERE n.institution_id = $1 AND n.contact_id = c.id)`,
    [db.institutionId, contactIds],
  );
  return rows.map(({ id }) => id);
}

const audited = `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, old_value, new_value)
  SELECT $1, contact_id, 'Note', id::text, 'text', old_text, new_text FROM changed WHERE old_text IS DISTINCT FROM new_text`;

const returned = "id, contact_id, old.text AS old_text, new.text AS new_text";

/** Writes a note, with its audit. The contact is locked and visible. Returns the note's id. */
export async function insertNote(db: Sql, contactId: string, text: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertNote */
     WITH changed AS (
       INSERT INTO contacts.note (institution_id, contact_id, text) VALUES ($1, $2, $3) RETURNING ${returned}),
     audited AS (${audited})
     SELECT id FROM changed`,
    [db.institutionId, contactId, text],
  );
  return rows[0]!.id;
}

/** Changes a note, with its audit. Its contact is locked and visible. False when it is gone, or says this already. */
export async function updateNoteText(db: Sql, id: string, text: string): Promise<boolean> {
  const { rows } = await db.query<{ changed: number }>(
    `/* updateNoteText */
     WITH changed AS (
       UPDATE contacts.note SET text = $3, updated_at = platform.now(), updated_by = current_setting('app.actor')
       WHERE institution_id = $1 AND id = $2 AND text <> $3 RETURNING ${returned}),
     audited AS (${audited})
     SELECT count(*)::int AS changed FROM changed`,
    [db.institutionId, id, text],
  );
  return rows[0]!.changed > 0;
}

/** Removes a note, with its audit. Its contact is locked and visible. False when it is gone. */
export async function deleteNote(db: Sql, id: string): Promise<boolean> {
  const { rows } = await db.query<{ changed: number }>(
    `/* deleteNote */
     WITH changed AS (DELETE FROM contacts.note WHERE institution_id = $1 AND id = $2 RETURNING ${returned}),
     audited AS (${audited})
     SELECT count(*)::int AS changed FROM changed`,
    [db.institutionId, id],
  );
  return rows[0]!.changed > 0;
}
