import type { Clearance } from "../../../platform/access/clearance.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { StoredFile } from "../../../platform/files/file-store.js";
import type { DayRange } from "../../period.js";

export interface PlaceExportRow {
  id: string;
  /** Null when it has expired. */
  fileId: string | null;
  sizeBytes: number;
  placeCount: number;
  contactCount: number;
  expiresAt: Date;
}

export interface NewPlaceExport {
  readonly period: DayRange | null;
  readonly clearance: Clearance;
  readonly noticeVersion: number;
  readonly file: StoredFile;
  readonly placeCount: number;
  readonly contactCount: number;
  readonly expiresAt: Date;
}

/** @returns its database id */
export async function insertPlaceExport(db: Sql, made: NewPlaceExport): Promise<string> {
  const { period, clearance, noticeVersion, file, placeCount, contactCount, expiresAt } = made;
  const { rows } = await db.query<{ id: string }>(
    `/* insertPlaceExport */
     INSERT INTO history.place_export (institution_id, period_from, period_to, clearance, notice_version, file_id,
       size_bytes, place_count, contact_count, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      ...[db.institutionId, period?.from ?? null, period?.to ?? null, clearance, noticeVersion, file.id],
      ...[file.sizeBytes, placeCount, contactCount, expiresAt],
    ],
  );
  return rows[0]!.id;
}

/** An export of the caller's own, of when he saw no more than now; null when there is none of this id. */
export async function selectPlaceExport(db: Sql, id: string): Promise<PlaceExportRow | null> {
  const { rows } = await db.query<PlaceExportRow>(
    `/* selectPlaceExport */
     SELECT e.id, CASE WHEN e.expires_at > platform.now() THEN e.file_id END AS "fileId",
       e.size_bytes::float8 AS "sizeBytes", e.place_count AS "placeCount", e.contact_count AS "contactCount",
       e.expires_at AS "expiresAt"
     FROM history.place_export e
     WHERE e.institution_id = $1 AND e.id = $2 AND e.requested_by = current_setting('app.actor')
       AND e.requested_by_kind = current_setting('app.actor_kind')
       AND e.clearance <= nullif(current_setting('app.clearance', true), '')::smallint`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Of these files, those that somebody may still fetch. */
export async function selectPlaceFiles(db: Sql, fileIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectPlaceFiles */
     SELECT e.file_id AS id FROM history.place_export e
     WHERE e.institution_id = $1 AND e.file_id = ANY($2::text[]) AND e.expires_at > platform.now()`,
    [db.institutionId, fileIds],
  );
  return new Set(rows.map(({ id }) => id));
}
