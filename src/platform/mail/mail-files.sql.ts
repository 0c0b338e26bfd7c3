import type { Sql } from "../database/sql.js";
import { enqueue } from "../jobs/index.js";

/**
 * Has the files of these contacts' mails removed once the transaction has committed, and of all mails with files of
 * contacts, in which they may stand: without a mail server, mails land as files. Before the rows of the mails go. Also of
 * those that nobody has sent yet: one may be taken and end before its row goes.
 */
export async function eraseMailFiles(db: Sql, contactIds: readonly string[]): Promise<Record<string, number>> {
  const { rowCount } = await db.query(
    `/* eraseMailFiles */
     WITH carriers AS (
       SELECT m.id FROM platform.mail m
       WHERE m.institution_id = $1 AND m.carries_contacts AND cardinality($2::bigint[]) > 0 ORDER BY m.id FOR UPDATE),
     emptied AS (
       UPDATE platform.mail m SET carries_contacts = false FROM carriers c
       WHERE m.institution_id = $1 AND m.id = c.id RETURNING m.id)
     INSERT INTO platform.mail_file (institution_id, mail_id)
     SELECT $1, id FROM emptied
     UNION SELECT $1, m.id FROM platform.mail m WHERE m.institution_id = $1 AND m.contact_id = ANY($2::bigint[])
     ON CONFLICT DO NOTHING`,
    [db.institutionId, contactIds],
  );
  if (rowCount > 0) await enqueue(db, "platform.mail-files", { institutionId: db.institutionId, id: "all" });
  return {};
}

/** Mails whose file is to be removed. */
export async function selectMailFiles(db: Sql, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectMailFiles */ SELECT mail_id AS id FROM platform.mail_file WHERE institution_id = $1 ORDER BY 1 LIMIT $2`,
    [db.institutionId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Forgets mails whose file is gone. */
export async function deleteMailFiles(db: Sql, ids: readonly string[]): Promise<void> {
  await db.query(
    `/* deleteMailFiles */ DELETE FROM platform.mail_file WHERE institution_id = $1 AND mail_id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
}
