import type { Sql } from "../../platform/database/sql.js";
import { visibleTo } from "../visibility.js";
import type { ContactMail } from "./mail.type.js";

export interface MailRow extends ContactMail {
  contactId: string;
}

/**
 * The mails to each contact before one, the newest first; only of contacts that exist for the caller. Without those that
 * tell somebody else of an export of his data.
 * @param limit per contact
 */
export async function selectMails(
  db: Sql,
  contactIds: readonly string[],
  { before, limit }: { before: string | null; limit: number },
): Promise<MailRow[]> {
  const { rows } = await db.query<MailRow>(
    `/* selectMails */
     SELECT page.id, c.id AS "contactId", page.template AS kind, page.mail_status AS status,
       page.created_at AS "createdAt", page.ended_at AS "endedAt"
     FROM contacts.contact c
     CROSS JOIN LATERAL (
       SELECT * FROM platform.mail m
       WHERE m.institution_id = $1 AND m.contact_id = c.id AND m.template <> 'SUBJECT_EXPORT'
         AND ($3::bigint IS NULL OR m.id < $3::bigint)
       ORDER BY m.id DESC LIMIT $4) page
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}
     ORDER BY c.id, page.id DESC`,
    [db.institutionId, contactIds, before, limit],
  );
  return rows;
}
