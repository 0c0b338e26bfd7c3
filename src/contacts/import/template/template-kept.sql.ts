import type { TokenClaims } from "../../../platform/access/caller.js";
import type { Sql } from "../../../platform/database/sql.js";

/** Statements of the system about files of templates, with full clearance. */

/** Of these files, those that somebody may still fetch. */
export async function selectTemplateFiles(db: Sql, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectTemplateFiles */
     SELECT t.file_id AS id FROM contacts.import_template t
     WHERE t.institution_id = $1 AND t.file_id = ANY($2::text[]) AND t.expires_at > platform.now()`,
    [db.institutionId, fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Files of templates that have expired. */
export async function selectExpiredFiles(db: Sql, limit: number): Promise<{ id: string; fileId: string }[]> {
  const { rows } = await db.query<{ id: string; fileId: string }>(
    `/* selectExpiredFiles */
     SELECT t.id, t.file_id AS "fileId" FROM contacts.import_template t
     WHERE t.institution_id = $1 AND t.file_id IS NOT NULL AND t.expires_at <= platform.now() ORDER BY t.id LIMIT $2`,
    [db.institutionId, limit],
  );
  return rows;
}

/** Forgets files that are gone, and who was told of them. */
export async function forgetFiles(db: Sql, ids: readonly string[]): Promise<void> {
  await db.query(
    `/* forgetFiles */
     UPDATE contacts.import_template SET file_id = NULL, notify_email = NULL
     WHERE institution_id = $1 AND id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
}

/** Forgets who was to be told of templates that ended without a file before an instant. */
export async function forgetAddresses(db: Sql, before: Date): Promise<void> {
  await db.query(
    `/* forgetAddresses */
     UPDATE contacts.import_template SET notify_email = NULL
     WHERE institution_id = $1 AND status = 'FAILED' AND notify_email IS NOT NULL AND finished_at < $2`,
    [db.institutionId, before],
  );
}

/** What a mail about a template that failed says. */
export interface FailedTemplateMailRow {
  email: string;
  claims: TokenClaims;
  institution: string;
  failureCode: string;
  failureParameters: Record<string, string | number> | null;
}

export async function selectFailedTemplateMail(db: Sql, id: string): Promise<FailedTemplateMailRow | null> {
  const { rows } = await db.query<FailedTemplateMailRow>(
    `/* selectFailedTemplateMail */
     SELECT t.notify_email AS email, t.claims, i.name AS institution, t.failure_code AS "failureCode",
       t.failure_parameters AS "failureParameters"
     FROM contacts.import_template t JOIN platform.institution i ON i.id = $1
     WHERE t.institution_id = $1 AND t.id = $2 AND t.status = 'FAILED' AND t.notify_email IS NOT NULL`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** What a mail about a template says; null when it cannot be fetched any more. */
export interface TemplateMailRow {
  email: string;
  claims: TokenClaims;
  fileId: string;
  fileName: string;
  sizeBytes: number;
  rowCount: number;
  expiresAt: Date;
  institution: string;
  timeZone: string;
  templateMail: "ATTACHMENT" | "LINK";
}

export async function selectTemplateMail(db: Sql, id: string): Promise<TemplateMailRow | null> {
  const { rows } = await db.query<TemplateMailRow>(
    `/* selectTemplateMail */
     SELECT t.notify_email AS email, t.claims, t.file_id AS "fileId", t.file_name AS "fileName",
       t.size_bytes::float8 AS "sizeBytes", t.row_count AS "rowCount", t.expires_at AS "expiresAt",
       i.name AS institution, i.time_zone AS "timeZone", s.template_mail AS "templateMail"
     FROM contacts.import_template t
     JOIN platform.institution i ON i.id = $1
     JOIN privacy.effective_setting s ON s.institution_id = $1
     WHERE t.institution_id = $1 AND t.id = $2 AND t.status = 'READY' AND t.expires_at > platform.now()
       AND t.notify_email IS NOT NULL AND t.file_id IS NOT NULL`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}
