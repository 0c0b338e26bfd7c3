import type { Sql } from "../../platform/database/sql.js";
import type { ContactKind, IndicatorCode, IndicatorRefresh } from "./indicator.enums.js";

export interface SettingRow {
  readonly organization: string;
  readonly code: IndicatorCode;
  readonly isActive: boolean;
  readonly refresh: IndicatorRefresh;
}

/** What was set, of whatever is not as shipped. */
export async function selectIndicatorSettings(db: Sql): Promise<SettingRow[]> {
  const { rows } = await db.query<SettingRow>(
    `/* selectIndicatorSettings */
     SELECT organization, code, is_active AS "isActive", refresh
     FROM history.indicator_setting WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows;
}

export async function listOrganizations(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `/* listOrganizations */ SELECT code FROM platform.organization WHERE institution_id = $1 ORDER BY code`,
    [db.institutionId],
  );
  return rows.map(({ code }) => code);
}

/** A setting as it was, where it was set, and as it is. */
export interface Change<Values> {
  readonly was: { readonly [Name in keyof Values]: Values[Name] | null };
  readonly is: Values;
}

/** Null when it was so already. */
export async function upsertIndicatorSetting(
  db: Sql,
  setting: SettingRow,
): Promise<Change<Pick<SettingRow, "isActive" | "refresh">> | null> {
  const { rows } = await db.query<Change<Pick<SettingRow, "isActive" | "refresh">>>(
    `/* upsertIndicatorSetting */
     INSERT INTO history.indicator_setting AS s (institution_id, organization, code, is_active, refresh)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (institution_id, organization, code) DO UPDATE
     SET is_active = excluded.is_active, refresh = excluded.refresh
     WHERE s.institution_id = $1 AND (s.is_active, s.refresh) IS DISTINCT FROM (excluded.is_active, excluded.refresh)
     RETURNING json_build_object('isActive', old.is_active, 'refresh', old.refresh) AS was,
       json_build_object('isActive', new.is_active, 'refresh', new.refresh) AS is`,
    [db.institutionId, setting.organization, setting.code, setting.isActive, setting.refresh],
  );
  return rows[0] ?? null;
}

export interface BandRow {
  readonly contactKind: ContactKind;
  readonly mediumFrom: string;
  readonly largeFrom: string;
}

export async function selectIndicatorBands(db: Sql): Promise<BandRow[]> {
  const { rows } = await db.query<BandRow>(
    `/* selectIndicatorBands */
     SELECT contact_kind AS "contactKind", medium_from AS "mediumFrom", large_from AS "largeFrom"
     FROM history.indicator_band WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows;
}

/** Null when it was so already. */
export async function upsertIndicatorBand(
  db: Sql,
  band: BandRow,
): Promise<Change<Pick<BandRow, "mediumFrom" | "largeFrom">> | null> {
  const { rows } = await db.query<Change<Pick<BandRow, "mediumFrom" | "largeFrom">>>(
    `/* upsertIndicatorBand */
     INSERT INTO history.indicator_band AS b (institution_id, contact_kind, medium_from, large_from)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (institution_id, contact_kind) DO UPDATE
     SET medium_from = excluded.medium_from, large_from = excluded.large_from
     WHERE b.institution_id = $1
       AND (b.medium_from, b.large_from) IS DISTINCT FROM (excluded.medium_from, excluded.large_from)
     RETURNING json_build_object('mediumFrom', old.medium_from::text, 'largeFrom', old.large_from::text) AS was,
       json_build_object('mediumFrom', new.medium_from::text, 'largeFrom', new.large_from::text) AS is`,
    [db.institutionId, band.contactKind, band.mediumFrom, band.largeFrom],
  );
  return rows[0] ?? null;
}
