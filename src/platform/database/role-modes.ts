import pg from "pg";
import { StartupError } from "../errors/startup-error.js";
import { administratorSteps } from "./administrator-steps.js";
import { makeApplicationRole } from "./application-role.js";
import { compareSchema, type Migrations, migrate, newerSchema } from "./migrate.js";
import { withServer } from "./server-check.js";

export interface ServerUrls {
  /** DATABASE_URL: serves. */
  readonly url: string | undefined;
  /** DATABASE_OWNER_URL: migrates. */
  readonly ownerUrl: string | undefined;
}

export interface MigratedDatabase {
  /** Null when this process was only given the role that serves. */
  readonly ownerUrl: string | null;
  readonly applicationUrl: string;
}

/**
 * Makes a server that somebody else runs ready to be served from. With both URLs the owner migrates and grants; with
 * one, its role decides: one that may create roles owns and makes the role that serves; an ordinary one serves,
 * if the schema is there.
 *
 * @throws StartupError with what an administrator must do
 */
export async function migrateServer(urls: ServerUrls, migrations: Migrations): Promise<MigratedDatabase> {
  const { url, ownerUrl } = urls;
  if (url !== undefined && ownerUrl !== undefined) return await migrateForRole(ownerUrl, url, migrations);
  const only = (url ?? ownerUrl)!;
  if (await mayCreateRoles(only)) return await migrateAndMakeRole(only, migrations);
  if (url === undefined) throw await unfit(only);
  await assertReadyToServe(url, migrations);
  return { ownerUrl: null, applicationUrl: url };
}

async function migrateForRole(ownerUrl: string, url: string, migrations: Migrations): Promise<MigratedDatabase> {
  const role = new pg.Client({ connectionString: url }).user ?? "";
  await withServer(ownerUrl, async (owner) => {
    // before anything is granted: the application's few privileges would replace the owner's own
    if (await isOwnRole(owner, role)) throw unsafeOwner(role);
    const { rowCount } = await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (rowCount === 0)
      throw new StartupError(
        "DATABASE_ROLE_MISSING",
        `The role ${role} of DATABASE_URL does not exist. An administrator makes it with:
         CREATE ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD '<its password in DATABASE_URL>';`,
      );
  });
  await migrate({ ownerUrl, migrations, applicationRole: role });
  return { ownerUrl, applicationUrl: url };
}

async function isOwnRole(owner: pg.Client, role: string): Promise<boolean> {
  const { rows } = await owner.query<{ isOwn: boolean }>('SELECT session_user = $1 AS "isOwn"', [role]);
  return rows[0]!.isOwn;
}

function unsafeOwner(role: string): StartupError {
  return new StartupError(
    "DATABASE_ROLE_UNSAFE",
    `DATABASE_URL and DATABASE_OWNER_URL both name the role ${role}: row-level security would not hold for the owner of
     the tables. Set DATABASE_URL to an ordinary role.`,
  );
}

async function mayCreateRoles(url: string): Promise<boolean> {
  return await withServer(url, async (client) => {
    const { rows } = await client.query<{ may: boolean }>(
      "SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = session_user",
    );
    return rows[0]!.may;
  });
}

async function migrateAndMakeRole(ownerUrl: string, migrations: Migrations): Promise<MigratedDatabase> {
  const { role, url } = await withServer(ownerUrl, (owner) => makeApplicationRole(owner, ownerUrl));
  await migrate({ ownerUrl, migrations, applicationRole: role });
  return { ownerUrl, applicationUrl: url };
}

/** Whether an ordinary role finds the schema of this very version. */
async function assertReadyToServe(url: string, migrations: Migrations): Promise<void> {
  const state = await withServer(url, async (client) => {
    const { rows } = await client.query<{ reads: boolean | null }>(
      "SELECT has_table_privilege(to_regclass('public.schema_migration'), 'SELECT') AS reads",
    );
    return rows[0]!.reads ? await compareSchema(client, migrations) : null;
  });
  if (!state) throw await unfit(url);
  if (state.unknown.length > 0) throw newerSchema(state.unknown);
  if (state.missing.length > 0)
    throw new StartupError(
      "DATABASE_NOT_MIGRATED",
      `The database lacks ${state.missing.length} migration(s) of this version (${state.missing.join(", ")}), and the
       role of DATABASE_URL may not run them: start once with DATABASE_OWNER_URL set to the role that owns the tables.`,
    );
}

async function unfit(url: string): Promise<StartupError> {
  return await withServer(url, async (client) => {
    const { rows } = await client.query<{ role: string; database: string; isOwner: boolean }>(
      `SELECT session_user AS role, current_database() AS database,
              pg_has_role(session_user, datdba, 'USAGE') AS "isOwner"
       FROM pg_database WHERE datname = current_database()`,
    );
    return new StartupError("DATABASE_ROLE_UNFIT", administratorSteps({ ...rows[0]!, url }));
  });
}
