import type { Sql } from "../../platform/database/sql.js";
import { instantText } from "../audit-text.js";
import { visibleTo } from "../visibility.js";

export interface AccountRow {
  contactId: string;
  login: string;
  createdAt: Date;
  disabledAt: Date | null;
  /** Another public contact that the caller sees has an older account with the same login. */
  isTaken: boolean;
}

/** True where `alias` is a contact of role PUBLIC: only among these is a login one contact's. */
const isPublic = (contactId: string): string => `EXISTS (
  SELECT FROM contacts.contact_role r
  WHERE r.institution_id = $1 AND r.contact_id = ${contactId} AND r.role = 'PUBLIC')`;

/** The accounts of these contacts, as far as they exist for the caller. One query for all. */
export async function selectAccounts(db: Sql, contactIds: readonly string[]): Promise<AccountRow[]> {
  const { rows } = await db.query<AccountRow>(
    `/* selectAccounts */
     SELECT a.contact_id AS "contactId", a.login, a.created_at AS "createdAt", a.disabled_at AS "disabledAt",
       ${isPublic("a.contact_id")} AND EXISTS (
         SELECT FROM contacts.internet_account other
         JOIN contacts.contact o ON o.institution_id = $1 AND o.id = other.contact_id AND ${visibleTo("o")}
         WHERE other.institution_id = $1 AND other.login_key = a.login_key AND other.disabled_at IS NULL
           AND (other.created_at, other.contact_id) < (a.created_at, a.contact_id)
           AND ${isPublic("other.contact_id")}) AS "isTaken"
     FROM contacts.internet_account a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** Lets one transaction after another ask who has a login and take it. */
export async function lockLogin(db: Sql, login: string): Promise<void> {
  await db.query(
    `/* lockLogin */ SELECT pg_advisory_xact_lock(hashtextextended('login ' || $1::int || ' ' || lower($2), 0))`,
    [db.institutionId, login],
  );
}

/** True when both this contact and another that the caller sees are public, and that one logs in with `login`. */
export async function selectIsLoginTaken(db: Sql, contactId: string, login: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* selectIsLoginTaken */
     SELECT FROM contacts.internet_account a
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id AND ${visibleTo("c")}
     WHERE a.institution_id = $1 AND a.login_key = lower($3) AND a.disabled_at IS NULL AND a.contact_id <> $2
       AND ${isPublic("a.contact_id")} AND ${isPublic("$2::bigint")}
     LIMIT 1`,
    [db.institutionId, contactId, login],
  );
  return rowCount > 0;
}

const audited = `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
  SELECT $1, contact_id, 'InternetAccount', v.field, v.old, v.new
  FROM changed CROSS JOIN LATERAL (VALUES ('login', old_login, new_login),
    ('disabledAt', ${instantText("old_disabled_at")}, ${instantText("new_disabled_at")})) AS v (field, old, new)
  WHERE v.old IS DISTINCT FROM v.new`;

const returned = `contact_id, old.login AS old_login, new.login AS new_login,
  old.disabled_at AS old_disabled_at, new.disabled_at AS new_disabled_at`;

/** Makes the contact's account, in place of one that is disabled, with its audit. The contact is locked and visible. */
export async function upsertAccount(db: Sql, contactId: string, login: string): Promise<void> {
  await db.query(
    `/* upsertAccount */
     WITH changed AS (
       INSERT INTO contacts.internet_account (institution_id, contact_id, login) VALUES ($1, $2, $3)
       ON CONFLICT (institution_id, contact_id) DO UPDATE
       SET login = excluded.login, created_at = excluded.created_at, disabled_at = NULL
       RETURNING ${returned})
     ${audited}`,
    [db.institutionId, contactId, login],
  );
}

/** Disables the account, with its audit. The contact is locked and visible. */
export async function updateAccountDisabled(db: Sql, contactId: string): Promise<void> {
  await db.query(
    `/* updateAccountDisabled */
     WITH changed AS (
       UPDATE contacts.internet_account SET disabled_at = platform.now()
       WHERE institution_id = $1 AND contact_id = $2 AND disabled_at IS NULL
       RETURNING ${returned})
     ${audited}`,
    [db.institutionId, contactId],
  );
}
