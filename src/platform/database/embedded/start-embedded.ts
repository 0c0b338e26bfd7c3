import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import pg from "pg";
import { prepareBinaries } from "./binaries.js";
import { prepareCluster } from "./cluster.js";
import { chooseIdentity, closedFolder, type Identity } from "./identity.js";
import { findPostmaster, type Postmaster, removeStaleFiles, stopPostmaster } from "./postmaster.js";
import { isRunning, ownToken } from "./process-table.js";
import { launchServer, startTimeoutMs } from "./server.js";
import { chooseSocketFolder, socketFileIn, socketPort } from "./socket-folder.js";
import { withStartLock } from "./start-lock.js";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";
import { until } from "./until.js";

export interface EmbeddedOptions {
  /** Made when missing. Files of ours with the same name and a suffix (`.lock`, `.socket`, …) stand beside it. */
  dataDir: string;
  /** Made when missing. */
  database?: string;
  /** Server settings, such as `shared_buffers`; `fsync: "off"` for data that may be lost. */
  settings?: Record<string, string>;
  /** Gets the server's log, line by line. It holds no statements and no values. */
  log?: (line: string) => void;
  /** "stop" (default): the server ends with this process, however it ends. "keep": the next start adopts it. */
  onParentDeath?: "stop" | "keep";
  /** For the socket, when the data folder's path is too long for one. The system's by default. */
  tmpDir?: string;
  /** The `native` folder of the package, when it is not to be found through Node. */
  nativeDir?: string;
  /** As root: false goes straight to the uid of postgres or nobody. True by default. */
  allowUserNamespace?: boolean;
}

export interface EmbeddedPostgres {
  /** The superuser's connection, for migrations and for creating roles only. */
  url: string;
  /** Whether another process had started it, or an earlier one with "keep". */
  adopted: boolean;
  pid: number;
  /** As whom it runs: "same user", "user namespace", "user postgres", "owner of the data folder". */
  runAs: string;
  /** Stops the server and waits until it is gone. Does nothing when adopted, or already stopped. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, or adopts the one that runs on this folder already. Any number
 * of processes may call it at once, one starts. There is no network port and no password: the socket
 * stands in a folder that only this user may enter. Nothing outside the folders named is changed.
 *
 * @throws EmbeddedPostgresUnavailable, in one line, when this machine or this folder cannot have one
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    const dataDir = locate(options.dataDir);
    return await withStartLock(`${dataDir}.lock`, () => adoptOrLaunch({ ...options, dataDir }));
  } catch (error) {
    // of the file system: a full disk, a folder that may not be written
    if (error instanceof Error && "syscall" in error)
      throw new EmbeddedPostgresUnavailable(error.message, { cause: error });
    throw error;
  }
}

/** Absolute and without links, so that all who mean this folder agree on its name. */
function locate(folder: string): string {
  const path = resolve(folder);
  mkdirSync(dirname(path), { recursive: true });
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

async function adoptOrLaunch(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, database = "contact_file", allowUserNamespace = true } = options;
  const identity = await chooseIdentity(dataDir, allowUserNamespace);
  const running = await settled(dataDir);
  const server = running ?? (await launch(options, identity));
  const stop = async () => {
    if (running === null) await stopPostmaster(server.token);
  };
  try {
    await ensureDatabase(server.socketDir, database);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `postgresql://postgres@${encodeURIComponent(server.socketDir)}:${socketPort}/${encodeURIComponent(database)}`,
    adopted: running !== null,
    pid: server.pid,
    runAs: identity.description,
    stop,
  };
}

/**
 * The running server once it can be used; null when there is none. Ends one whose owner is dead: it has
 * the order to stop already, or gets it any moment, and would go down under us.
 */
async function settled(dataDir: string): Promise<Postmaster | null> {
  let found = findPostmaster(dataDir);
  if (found?.owner && !isRunning(found.owner)) await stopPostmaster(found.token);
  const isSettled = () => {
    found = findPostmaster(dataDir);
    return found === null || found.isReady;
  };
  await until(isSettled, { timeoutMs: startTimeoutMs, what: "the running PostgreSQL to be ready or gone" });
  return found;
}

async function launch(options: EmbeddedOptions, identity: Identity): Promise<Postmaster> {
  const { dataDir, nativeDir, tmpDir, settings = {}, log = () => undefined, onParentDeath = "stop" } = options;
  const closed = closedFolder(dirname(dataDir), identity);
  if (closed !== null)
    throw new EmbeddedPostgresUnavailable(
      `${identity.description} may not enter ${closed}, on the way to the data folder`,
    );
  const binaries = await prepareBinaries({ nativeDir, dataDir, identity });
  await prepareCluster({ dataDir, binaries, identity, isDurable: settings.fsync !== "off" });
  const socketDir = chooseSocketFolder(dataDir, identity, tmpDir);
  removeStaleFiles(dataDir, socketFileIn(socketDir));
  const owner = onParentDeath === "stop" ? ownToken() : null;
  return launchServer({
    dataDir,
    socketDir,
    program: binaries.postgres,
    identity,
    settings,
    owner,
    log,
  });
}

async function ensureDatabase(socketDir: string, database: string): Promise<void> {
  const client = new pg.Client({
    host: socketDir,
    port: socketPort,
    user: "postgres",
    database: "postgres",
    ssl: false,
  });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
