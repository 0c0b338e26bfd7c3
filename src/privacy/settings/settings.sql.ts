import type { Sql } from "../../platform/database/sql.js";
import type { SettingChange } from "../../platform/ports.js";
import type { InstitutionSettings } from "./settings.type.js";

/** What an institution can set, by the column that keeps it. */
export const settingColumns = {
  templateMail: "template_mail",
  refusalByAddress: "refusal_by_address",
  importRenewsRecency: "import_renews_recency",
  inactivityMonths: "inactivity_months",
  customerInactivityMonths: "customer_inactivity_months",
  prospectInactivityMonths: "prospect_inactivity_months",
} as const;

export type SettingName = keyof typeof settingColumns;
export type Settings = Pick<InstitutionSettings, SettingName>;

const names = Object.keys(settingColumns) as SettingName[];
const list = names.map((name) => settingColumns[name]).join(", ");

/** The settings of the caller's institution. */
export async function selectSettings(db: Sql): Promise<InstitutionSettings> {
  const { rows } = await db.query<InstitutionSettings>(
    `/* selectSettings */
     SELECT i.code AS institution, i.name, i.time_zone AS "timeZone", i.country, i.locale, i.settings_version AS version,
       ${names.map((name) => `s.${settingColumns[name]} AS "${name}"`).join(", ")}
     FROM platform.institution i
     JOIN privacy.effective_setting s ON s.institution_id = $1
     WHERE i.id = $1`,
    [db.institutionId],
  );
  return rows[0]!;
}

/** One change of settings at a time: they are read, changed and written as a whole. */
export async function lockSettings(db: Sql): Promise<void> {
  await db.query(`/* lockSettings */ SELECT pg_advisory_xact_lock(hashtextextended('settings', $1::bigint))`, [
    db.institutionId,
  ]);
}

/** Writes all settings, with an audit row for each that changes, and counts their version up when one does. */
export async function updateSettings(db: Sql, before: Settings, after: Settings): Promise<void> {
  const changed = names.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return;
  const text = (value: unknown) => (value === null ? null : String(value));
  await db.query(
    `/* updateSettings */
     WITH written AS (
       INSERT INTO privacy.institution_setting (institution_id, ${list})
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (institution_id) DO UPDATE SET ${names.map((name) => `${settingColumns[name]} = excluded.${settingColumns[name]}`).join(", ")}),
     audited AS (
       INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
       SELECT $1, 'institution.' || c.name, c.was, c.became
       FROM unnest($8::text[], $9::text[], $10::text[]) c (name, was, became))
     UPDATE platform.institution SET settings_version = settings_version + 1 WHERE id = $1`,
    [
      db.institutionId,
      ...names.map((name) => after[name]),
      changed,
      changed.map((name) => text(before[name])),
      changed.map((name) => text(after[name])),
    ],
  );
}

/** The audit of settings that stand elsewhere. */
export async function insertSettingChanges(db: Sql, changes: readonly SettingChange[]): Promise<void> {
  await db.query(
    `/* insertSettingChanges */
     INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
     SELECT $1, c.setting, c.was, c.became FROM unnest($2::text[], $3::text[], $4::text[]) c (setting, was, became)`,
    [
      db.institutionId,
      changes.map(({ setting }) => setting),
      changes.map(({ oldValue }) => oldValue),
      changes.map(({ newValue }) => newValue),
    ],
  );
}
