import type { VisibleContactIds } from "../../contacts/index.js";
import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { StoredFile } from "../../platform/files/file-store.js";
import type { Locale } from "../../platform/i18n/locale.js";

export interface SubjectExportRow {
  id: string;
  contactId: string;
  locale: Locale;
  status: "QUEUED" | "RUNNING" | "READY" | "FAILED";
  /** Null before it is there, and when it has expired. */
  fileId: string | null;
  sizeBytes: number | null;
  sha256: string | null;
  failureCode: string | null;
  requestedAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
}

const columns = `x.id, x.contact_id AS "contactId", x.locale, x.status,
  CASE WHEN x.expires_at > platform.now() THEN x.file_id END AS "fileId", x.size_bytes::float8 AS "sizeBytes", x.sha256,
  x.failure_code AS "failureCode", x.requested_at AS "requestedAt", x.finished_at AS "finishedAt",
  x.expires_at AS "expiresAt"`;

/** Somebody else's exports are not there for a caller, nor his own of when he saw more. */
const own = `x.requested_by = current_setting('app.actor') AND x.requested_by_kind = current_setting('app.actor_kind')
  AND x.clearance <= nullif(current_setting('app.clearance', true), '')::smallint`;

export interface NewSubjectExport {
  readonly locale: Locale;
  readonly notifyEmail: string | null;
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
  readonly noticeVersion: number;
}

/** @returns its database id */
export async function insertSubjectExport(
  db: Sql,
  [contactId]: VisibleContactIds,
  { locale, notifyEmail, clearance, claims, noticeVersion }: NewSubjectExport,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertSubjectExport */
     INSERT INTO privacy.subject_export (institution_id, contact_id, locale, notify_email, clearance, claims, notice_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [db.institutionId, contactId, locale, notifyEmail, clearance, claims, noticeVersion],
  );
  return rows[0]!.id;
}

/** An export of the caller's own; null when there is none of this id. */
export async function selectSubjectExport(db: Sql, id: string): Promise<SubjectExportRow | null> {
  const { rows } = await db.query<SubjectExportRow>(
    `/* selectSubjectExport */
     SELECT ${columns} FROM privacy.subject_export x
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = x.contact_id
     WHERE x.institution_id = $1 AND x.id = $2 AND ${own}`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

export interface SubjectExportPage {
  /** Database id; null: about whomever. */
  readonly contactId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** The newest of the caller's own first. */
export async function selectSubjectExportPage(
  db: Sql,
  { contactId, before, limit }: SubjectExportPage,
): Promise<SubjectExportRow[]> {
  const { rows } = await db.query<SubjectExportRow>(
    `/* selectSubjectExportPage */
     SELECT ${columns} FROM privacy.subject_export x
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = x.contact_id
     WHERE x.institution_id = $1 AND ($2::bigint IS NULL OR x.id < $2) AND ($3::bigint IS NULL OR x.contact_id = $3)
       AND ${own}
     ORDER BY x.id DESC LIMIT $4`,
    [db.institutionId, before, contactId, limit],
    "BY_VALUES",
  );
  return rows;
}

/** Of a contact that the session sees: what its file says of it. */
export interface Subject {
  readonly institution: string;
  readonly isAnonymized: boolean;
}

export async function selectContactOfExport(db: Sql, contactId: string): Promise<Subject | null> {
  const { rows } = await db.query<Subject>(
    `/* selectContactOfExport */
     SELECT i.name AS institution, v.anonymized_at IS NOT NULL AS "isAnonymized"
     FROM contacts.visible_contact v JOIN platform.institution i ON i.id = $1
     WHERE v.institution_id = $1 AND v.id = $2`,
    [db.institutionId, contactId],
  );
  return rows[0] ?? null;
}

/** An export that a run has taken. */
export interface ClaimedSubjectExport {
  readonly id: string;
  readonly contactId: string;
  readonly locale: Locale;
  readonly isMailed: boolean;
  readonly noticeVersion: number;
  readonly claims: TokenClaims;
  readonly fence: number;
  readonly vainRuns: number;
}

/** Takes the export for a run, and it from every earlier run; null when it has ended. Bookkeeping of the worker. */
export async function claimSubjectExport(db: Sql, id: string): Promise<ClaimedSubjectExport | null> {
  const { rows } = await db.query<ClaimedSubjectExport>(
    `/* claimSubjectExport */
     UPDATE privacy.subject_export SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, contact_id AS "contactId", locale, notify_email IS NOT NULL AS "isMailed",
       notice_version AS "noticeVersion", claims, fence, vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

type Held = Pick<ClaimedSubjectExport, "id" | "fence">;

/** Makes the file available until an instant. False when another run has the export, or its contact was erased. */
export async function publishSubjectExport(
  db: Sql,
  { id, fence }: Held,
  { file, expiresAt }: { readonly file: StoredFile; readonly expiresAt: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* publishSubjectExport */
     UPDATE privacy.subject_export SET status = 'READY', finished_at = platform.now(), file_id = $4, size_bytes = $5,
       sha256 = $6, expires_at = $7
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, file.id, file.sizeBytes, file.sha256, expiresAt],
  );
  return rowCount === 1;
}

/** Ends the export with the reason why there is no file. */
export async function failSubjectExport(db: Sql, { id, fence }: Held, code: string): Promise<void> {
  await db.query(
    `/* failSubjectExport */
     UPDATE privacy.subject_export
     SET status = 'FAILED', finished_at = platform.now(), failure_code = $4, notify_email = NULL
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, code],
  );
}
