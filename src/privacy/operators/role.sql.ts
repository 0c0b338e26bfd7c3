import type { Sql } from "../../platform/database/sql.js";

/** Makes or replaces a role, with its audit. Nothing is written when it has these permissions already. */
export async function upsertRole(db: Sql, code: string, permissions: readonly string[]): Promise<void> {
  await db.query(
    `/* upsertRole */
     WITH changed AS (
       INSERT INTO privacy.role AS r (institution_id, code, permissions) VALUES ($1, $2, $3)
       ON CONFLICT (institution_id, code) DO UPDATE SET permissions = excluded.permissions
       WHERE r.institution_id = $1 AND r.permissions <> excluded.permissions
       RETURNING old.permissions AS was, new.permissions AS became)
     INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
     SELECT $1, 'role:' || $2::text, array_to_string(was, ','), array_to_string(became, ',') FROM changed`,
    [db.institutionId, code, permissions],
  );
}
