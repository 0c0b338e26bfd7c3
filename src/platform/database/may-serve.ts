import type pg from "pg";
import { StartupError } from "../errors/startup-error.js";

interface Danger {
  role: string;
  login: string;
  isSuperuser: boolean;
  bypassesPolicies: boolean;
  ownsObjects: boolean;
}

/**
 * Refuses a role under which row-level security would not hold: a superuser, one with BYPASSRLS, the owner of a table,
 * function, schema or of the database, or a member of such a role, even one that would first have to SET ROLE.
 * It is the role that logged in that counts: a `role` setting can be reset.
 *
 * @throws StartupError DATABASE_ROLE_UNSAFE
 */
export async function assertMayServe(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Danger>(
    `/* assertMayServe */
     WITH held AS (
       SELECT oid, rolname, rolsuper, rolbypassrls FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')),
     judged AS (
       SELECT rolname AS role, session_user AS login, rolsuper AS "isSuperuser", rolbypassrls AS "bypassesPolicies",
         EXISTS (SELECT FROM pg_class WHERE relowner = held.oid AND relpersistence <> 't')
         OR EXISTS (SELECT FROM pg_proc WHERE proowner = held.oid)
         OR EXISTS (SELECT FROM pg_namespace WHERE nspowner = held.oid)
         OR EXISTS (SELECT FROM pg_database WHERE datdba = held.oid AND datname = current_database()) AS "ownsObjects"
       FROM held)
     SELECT * FROM judged
     WHERE "isSuperuser" OR "bypassesPolicies" OR "ownsObjects"
     ORDER BY role <> login, role LIMIT 1`,
  );
  if (rows[0]) throw new StartupError("DATABASE_ROLE_UNSAFE", describe(rows[0]));
}

function describe({ role, login, isSuperuser, bypassesPolicies }: Danger): string {
  const what = isSuperuser
    ? "a superuser"
    : bypassesPolicies
      ? "a role with BYPASSRLS"
      : "the owner of tables, functions, schemas or of the database";
  const who = role === login ? `${login} is ${what}` : `${login} is a member of ${role}, which is ${what}`;
  return `Refusing to serve: row-level security would not hold, because the database role ${who}. Set DATABASE_URL to an
    ordinary role, and DATABASE_OWNER_URL to the one that owns the tables.`;
}
