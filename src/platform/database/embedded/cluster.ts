import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Binaries } from "./binaries.js";
import { handOver, type Identity, runAs } from "./identity.js";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";

export interface ClusterPlace {
  dataDir: string;
  binaries: Binaries;
  identity: Identity;
  /** Whether the new files are flushed to disk before the folder counts as made. */
  isDurable: boolean;
}

/**
 * Texts sort by code point: that never changes with the operating system, and plain indexes serve
 * prefixes. No network, not even when a setting opens a port.
 */
const initArguments = [
  "--username=postgres",
  "--auth-local=trust",
  "--auth-host=reject",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-instructions",
];

/**
 * Makes the data folder unless it is there. For who holds the start lock.
 *
 * @throws EmbeddedPostgresUnavailable when the folder holds something else, or another PostgreSQL's data
 */
export async function prepareCluster(place: ClusterPlace): Promise<void> {
  const versionFile = join(place.dataDir, "PG_VERSION");
  if (!existsSync(versionFile)) await createCluster(place);
  handOver(place.dataDir, place.identity);
  const version = Number(readFileSync(versionFile, "utf8"));
  if (version !== place.binaries.majorVersion)
    throw new EmbeddedPostgresUnavailable(
      `${place.dataDir} was written by PostgreSQL ${version}, the programs are ${place.binaries.majorVersion}: dump and reload it`,
    );
}

/** In a side folder first: one who is killed here leaves no half data folder. */
async function createCluster({ dataDir, binaries, identity, isDurable }: ClusterPlace): Promise<void> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new EmbeddedPostgresUnavailable(`${dataDir} is neither empty nor a database`);
  removeAbandoned(`${dataDir}.init-`);
  const half = mkdtempSync(`${dataDir}.init-`);
  if (identity.user) chownSync(half, identity.user.uid, identity.user.gid);
  const durability = isDurable ? [] : ["--no-sync"];
  const outcome = await runAs(identity, binaries.initdb, [`--pgdata=${half}`, ...initArguments, ...durability]);
  if (outcome.exitCode !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw new EmbeddedPostgresUnavailable(`no data folder could be made: ${outcome.stderr}`);
  }
  renameSync(half, dataDir);
}

/** An orphaned initdb may still write there for a moment; then the folder waits for the next first start. */
function removeAbandoned(prefix: string): void {
  const parent = dirname(prefix);
  for (const name of readdirSync(parent).filter((sibling) => sibling.startsWith(basename(prefix)))) {
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    }
  }
}
