import type { TokenClaims } from "../../../platform/access/caller.js";
import type { Clearance } from "../../../platform/access/clearance.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { StoredFile } from "../../../platform/files/file-store.js";
import type { Locale } from "../../../platform/i18n/locale.js";
import { awaitErasures } from "../../erasure/index.js";

export type TemplateType = "CONTACTS" | "CRITERIA" | "AUTHORIZATIONS";

export interface TemplateRow {
  id: string;
  type: TemplateType;
  targetId: string | null;
  status: "QUEUED" | "RUNNING" | "READY" | "FAILED";
  rowCount: number | null;
  columns: string[] | null;
  fileName: string | null;
  /** Null before it is there, and when it has expired. */
  fileId: string | null;
  sizeBytes: number | null;
  failureCode: string | null;
  failureParameters: Record<string, string | number> | null;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

const columns = `t.id, t.import_type AS type, t.target_id AS "targetId", t.status, t.row_count AS "rowCount", t.columns,
  t.file_name AS "fileName", CASE WHEN t.expires_at > platform.now() THEN t.file_id END AS "fileId",
  t.size_bytes::float8 AS "sizeBytes", t.failure_code AS "failureCode", t.failure_parameters AS "failureParameters",
  t.created_at AS "createdAt", t.finished_at AS "finishedAt", t.expires_at AS "expiresAt"`;

/** Somebody else's templates are not there for a caller, nor his own of when he saw more. */
const own = `t.requested_by = current_setting('app.actor') AND t.requested_by_kind = current_setting('app.actor_kind')
  AND t.clearance <= nullif(current_setting('app.clearance', true), '')::smallint`;

export interface NewTemplate {
  readonly type: TemplateType;
  readonly targetId: string | null;
  readonly organization: string | null;
  readonly delimiter: ";" | ",";
  readonly locale: Locale;
  readonly notifyEmail: string | null;
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
  readonly noticeVersion: number;
}

export async function insertTemplate(db: Sql, template: NewTemplate): Promise<TemplateRow> {
  const { type, targetId, organization, delimiter, locale, notifyEmail, clearance, claims, noticeVersion } = template;
  const { rows } = await db.query<TemplateRow>(
    `/* insertTemplate */
     INSERT INTO contacts.import_template AS t (institution_id, import_type, target_id, organization, delimiter, locale,
       notify_email, clearance, claims, notice_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${columns}`,
    [db.institutionId, type, targetId, organization, delimiter, locale, notifyEmail, clearance, claims, noticeVersion],
  );
  return rows[0]!;
}

/** The caller's own among these, in any order. */
export async function selectTemplates(db: Sql, ids: readonly string[]): Promise<TemplateRow[]> {
  const { rows } = await db.query<TemplateRow>(
    `/* selectTemplates */
     SELECT ${columns} FROM contacts.import_template t
     WHERE t.institution_id = $1 AND t.id = ANY($2::bigint[]) AND ${own}`,
    [db.institutionId, ids],
  );
  return rows;
}

/** The newest of the caller's own first. */
export async function selectTemplatePage(
  db: Sql,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<TemplateRow[]> {
  const { rows } = await db.query<TemplateRow>(
    `/* selectTemplatePage */
     SELECT ${columns} FROM contacts.import_template t
     WHERE t.institution_id = $1 AND ($2::bigint IS NULL OR t.id < $2) AND ${own}
     ORDER BY t.id DESC LIMIT $3`,
    [db.institutionId, before, limit],
  );
  return rows;
}

/** A template that a run has taken. */
export interface ClaimedTemplate {
  readonly id: string;
  readonly type: TemplateType;
  readonly targetId: string | null;
  readonly organization: string | null;
  readonly delimiter: ";" | ",";
  readonly locale: Locale;
  readonly isMailed: boolean;
  readonly noticeVersion: number;
  readonly claims: TokenClaims;
  readonly fence: number;
  readonly vainRuns: number;
}

/**
 * Takes the template for a run, and it from every earlier run; null when it has ended. Erasures under way are waited for,
 * so that the run reads without whom they erase; later ones tell the run. Bookkeeping of the worker.
 */
export async function claimTemplate(db: Sql, id: string): Promise<ClaimedTemplate | null> {
  await awaitErasures(db);
  const { rows } = await db.query<ClaimedTemplate>(
    `/* claimTemplate */
     UPDATE contacts.import_template SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1,
       is_outdated = false
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, import_type AS type, target_id AS "targetId", organization, delimiter, locale,
       notify_email IS NOT NULL AS "isMailed", notice_version AS "noticeVersion", claims, fence, vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

type Held = Pick<ClaimedTemplate, "id" | "fence">;

export interface MadeTemplate {
  readonly file: StoredFile;
  readonly fileName: string;
  readonly columns: readonly string[];
  readonly rowCount: number;
}

/**
 * Makes the file available, for nobody below this clearance. False when another run has the template, or somebody was
 * erased since this run began, who may stand in the file.
 */
export async function publishTemplate(
  db: Sql,
  { id, fence }: Held,
  made: MadeTemplate & { readonly clearance: Clearance; readonly expiresAt: Date },
): Promise<boolean> {
  const { file, fileName, columns: header, rowCount: count, clearance, expiresAt } = made;
  const { rowCount } = await db.query(
    `/* publishTemplate */
     UPDATE contacts.import_template SET status = 'READY', finished_at = platform.now(), file_id = $4, file_name = $5,
       size_bytes = $6, columns = $7, row_count = $8, clearance = $9, expires_at = $10
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING' AND NOT is_outdated`,
    [db.institutionId, id, fence, file.id, fileName, file.sizeBytes, header, count, clearance, expiresAt],
  );
  return rowCount === 1;
}

/** Ends the template with the reason why there is no file. False when another run has it. */
export async function failTemplate(
  db: Sql,
  { id, fence }: Held,
  { code, parameters }: { readonly code: string; readonly parameters: Readonly<Record<string, string | number>> },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* failTemplate */
     UPDATE contacts.import_template
     SET status = 'FAILED', finished_at = platform.now(), failure_code = $4, failure_parameters = $5
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, code, parameters],
  );
  return rowCount === 1;
}
