import type { ClientBase } from "pg";
import pg from "pg";
import { DataSource, type Logger, type MigrationInterface } from "typeorm";
import { StartupError } from "../errors/startup-error.js";
import { withConnection } from "./one-connection.js";
import { grantPrivileges } from "./privileges.js";

export type Migrations = readonly (new () => MigrationInterface)[];

export interface MigrateOptions {
  /** Of the role that owns, or shall own, the tables. Never served from. */
  readonly ownerUrl: string;
  /** In the order in which they run. */
  readonly migrations: Migrations;
  /** The existing role that gets the application's privileges. */
  readonly applicationRole: string;
}

/** Any number that no other program on this database takes. */
const migrationLock = 7_304_118_252;

/**
 * Brings the schema to this version of the program and gives the application's role its privileges. Processes that
 * start together wait for each other, and all but the first find nothing to do.
 *
 * @throws StartupError DATABASE_NEWER when a later version of the program was here already,
 *   DATABASE_MIGRATION_FAILED when a migration fails; it is undone, those before it stay
 */
export async function migrate({ ownerUrl, migrations, applicationRole }: MigrateOptions): Promise<void> {
  await withConnection(ownerUrl, async (owner) => {
    await owner.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await assertNotNewer(owner, migrations);
    await withMigrationSource(ownerUrl, migrations, (source) => runPending(source, owner));
    await grantPrivileges(owner, applicationRole);
  });
}

/** TypeORM prints failed migrations whatever its settings say; the error that follows tells the same. */
const nothing = () => undefined;
const silent: Logger = {
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};

/** Runs `work` with TypeORM on the owner's connection. */
export async function withMigrationSource<Result>(
  ownerUrl: string,
  migrations: Migrations,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const source = new DataSource({
    type: "postgres",
    // TypeORM's own reading of URLs does not know sockets
    database: new pg.Client({ connectionString: ownerUrl }).database,
    extra: { connectionString: ownerUrl, max: 1 },
    applicationName: "contact-file-graph migration",
    migrations: [...migrations],
    migrationsTableName: "schema_migration",
    migrationsTransactionMode: "each",
    schema: "public",
    installExtensions: false,
    logger: silent,
  });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

const insufficientPrivilege = "42501";

async function runPending(source: DataSource, owner: ClientBase): Promise<void> {
  try {
    await source.runMigrations();
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw code === insufficientPrivilege
      ? new StartupError("DATABASE_ROLE_UNFIT", await ownershipNeeded(owner, message), { cause: error })
      : new StartupError("DATABASE_MIGRATION_FAILED", `The database could not be migrated: ${message}.`, {
          cause: error,
        });
  }
}

async function ownershipNeeded(owner: ClientBase, reason: string): Promise<string> {
  const { rows } = await owner.query<{ database: string; role: string }>(
    "SELECT quote_ident(current_database()) AS database, quote_ident(session_user) AS role",
  );
  const { database, role } = rows[0]!;
  return `The role ${role} may not migrate the database (${reason}). Unless another role has migrated it before, which
    DATABASE_OWNER_URL must name then, an administrator runs: ALTER DATABASE ${database} OWNER TO ${role};`;
}

/** Which migrations this program has and the database lacks, and the other way round. */
export async function compareSchema(
  client: ClientBase,
  migrations: Migrations,
): Promise<{ isEmpty: boolean; missing: string[]; unknown: string[] }> {
  const { rows: tables } = await client.query<{ found: string | null }>(
    "SELECT to_regclass('public.schema_migration') AS found",
  );
  const isEmpty = tables[0]!.found === null;
  const { rows } = isEmpty
    ? { rows: [] }
    : await client.query<{ name: string }>("SELECT name FROM public.schema_migration ORDER BY id");
  const done = new Set(rows.map(({ name }) => name));
  const known = migrations.map(({ name }) => name);
  return {
    isEmpty,
    missing: known.filter((name) => !done.has(name)),
    unknown: [...done].filter((name) => !known.includes(name)),
  };
}

async function assertNotNewer(client: ClientBase, migrations: Migrations): Promise<void> {
  const { unknown } = await compareSchema(client, migrations);
  if (unknown.length > 0) throw newerSchema(unknown);
}

/** The error for a database that a later version of this program has changed. */
export function newerSchema(unknown: readonly string[]): StartupError {
  return new StartupError(
    "DATABASE_NEWER",
    `The database was migrated by a later version of this program (${unknown.join(", ")}): start that version, or restore the database of this one.`,
  );
}
