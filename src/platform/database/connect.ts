import { StartupError } from "../errors/startup-error.js";
import { EmbeddedPostgresUnavailable, startEmbedded } from "./embedded/index.js";
import { prepareEmbeddedRoles } from "./embedded-roles.js";
import { assertMayServe } from "./may-serve.js";
import { type Migrations, migrate } from "./migrate.js";
import { assertBudgetFits, type Budget, poolBudget } from "./pool-budget.js";
import { createPools, type PoolOptions, type Pools } from "./pools.js";
import { type MigratedDatabase, migrateServer } from "./role-modes.js";

export interface DatabaseSettings extends Pick<PoolOptions, "waitMs" | "statementTimeoutMs" | "onError"> {
  /** DATABASE_URL. Without it and without `ownerUrl` the embedded PostgreSQL is started. */
  readonly url?: string;
  /** DATABASE_OWNER_URL. */
  readonly ownerUrl?: string;
  /** Where the embedded PostgreSQL keeps its data. */
  readonly embeddedDir: string;
  readonly budget: Budget;
  /** Gets the embedded server's log, line by line. */
  readonly log?: (line: string) => void;
}

export interface Database extends MigratedDatabase {
  readonly pools: Pools;
  readonly isEmbedded: boolean;
  /** Closes the pools, then an embedded server that this process started. A repeat waits for the first. */
  stop(): Promise<void>;
}

/**
 * From "a PostgreSQL server", or none, to pools that may serve: migrated, with its roles, and refused when row-level
 * security would not hold.
 *
 * @throws StartupError when anything of it cannot be
 */
export async function connectDatabase(settings: DatabaseSettings, migrations: Migrations): Promise<Database> {
  const sizes = poolBudget(settings.budget);
  const { url, ownerUrl } = settings;
  const isEmbedded = url === undefined && ownerUrl === undefined;
  const { stop, ...migrated } = isEmbedded
    ? await startAndMigrate(settings, migrations)
    : { ...(await migrateServer({ url, ownerUrl }, migrations)), stop: async () => undefined };
  const pools = createPools({ ...settings, ...sizes, url: migrated.applicationUrl });
  let stopped: Promise<void> | undefined;
  const stopAll = () => {
    stopped ??= pools.end().then(stop);
    return stopped;
  };
  try {
    await assertUsable(pools, settings.budget);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return { ...migrated, pools, isEmbedded, stop: stopAll };
}

async function startAndMigrate(
  { embeddedDir, log, budget }: DatabaseSettings,
  migrations: Migrations,
): Promise<MigratedDatabase & { stop(): Promise<void> }> {
  // an adopted server keeps its own number, which is checked below
  const settings = { max_connections: String(Math.max(60, budget.connections + 10)) };
  const server = await startEmbedded({ dataDir: embeddedDir, settings, log }).catch((error) => {
    if (!(error instanceof EmbeddedPostgresUnavailable)) throw error;
    throw new StartupError("EMBEDDED_DATABASE", error.message, { cause: error });
  });
  try {
    const { ownerUrl, applicationUrl, applicationRole } = await prepareEmbeddedRoles(server.url);
    await migrate({ ownerUrl, migrations, applicationRole });
    return { ownerUrl, applicationUrl, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function assertUsable(pools: Pools, budget: Budget): Promise<void> {
  try {
    await assertMayServe(pools.api);
    await assertBudgetFits(pools.api, budget);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const { message } = error as Error;
    throw new StartupError(
      "DATABASE_UNREACHABLE",
      `The database cannot be entered by the role that serves: ${message}.`,
      {
        cause: error,
      },
    );
  }
}
