import type { CallerKind } from "../platform/access/caller.js";
import type { Clearance } from "../platform/access/clearance.js";
import type { Sql } from "../platform/database/sql.js";

export interface Institution {
  id: number;
  code: string;
  timeZone: string;
}

/** What an operator row grants. */
export interface OperatorRights {
  clearance: Clearance;
  roles: string[];
  organizations: string[];
}

/** Permissions by code of the role. */
export type RoleBundles = ReadonlyMap<string, readonly string[]>;

/** Null when there is none of this code. Institutions are nobody's own: no session is needed to find one. */
export async function selectInstitution(db: Sql, code: string): Promise<Institution | null> {
  const { rows } = await db.query<Institution>(
    `/* selectInstitution */ SELECT id, code, time_zone AS "timeZone" FROM platform.institution WHERE code = $1`,
    [code],
  );
  return rows[0] ?? null;
}

/** Counts up with each change of a field level. Null when the institution is gone. */
export async function selectSettingsVersion(db: Sql): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>(
    `/* selectSettingsVersion */ SELECT settings_version AS version FROM platform.institution WHERE id = $1`,
    [db.institutionId],
  );
  return rows[0]?.version ?? null;
}

/** Null when no active operator of this kind has the login. */
export async function selectOperatorRights(db: Sql, login: string, kind: CallerKind): Promise<OperatorRights | null> {
  const { rows } = await db.query<OperatorRights>(
    `/* selectOperatorRights */
     SELECT clearance, roles, organizations FROM privacy.operator
     WHERE institution_id = $1 AND login = $2 AND operator_kind = $3 AND is_active`,
    [db.institutionId, login, kind],
  );
  return rows[0] ?? null;
}

export async function selectRoleBundles(db: Sql): Promise<RoleBundles> {
  const { rows } = await db.query<{ code: string; permissions: string[] }>(
    `/* selectRoleBundles */ SELECT code, permissions FROM privacy.role WHERE institution_id = $1`,
    [db.institutionId],
  );
  return new Map(rows.map(({ code, permissions }) => [code, permissions]));
}

/** True for a living, valid individual whose account is not disabled: nobody else logs in (F07, F33). */
export async function selectMayLogIn(db: Sql, contactId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* selectMayLogIn */
     SELECT FROM contacts.visible_contact
     WHERE institution_id = $1 AND id = $2 AND contact_type = 'INDIVIDUAL' AND anonymized_at IS NULL
       AND (validity_end_date IS NULL OR validity_end_date >= platform.today())
       AND NOT EXISTS (
         SELECT FROM contacts.visible_internet_account a
         WHERE a.institution_id = $1 AND a.contact_id = $2 AND a.disabled_at IS NOT NULL)`,
    [db.institutionId, contactId],
  );
  return rowCount > 0;
}

/** More than a community ever has: what stands in a session stays short. */
const longestCommunity = 500;

/** The active members of the contact's community (database ids), the first who joined first. Whether he sees them, policies say. */
export async function selectCommunityIds(db: Sql, ownerId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectCommunityIds */
     SELECT m.member_id AS id FROM contacts.community_link m
     WHERE m.institution_id = $1 AND m.owner_id = $2 ORDER BY m.id LIMIT ${longestCommunity}`,
    [db.institutionId, ownerId],
  );
  return rows.map(({ id }) => id);
}
