import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";

/** As whom PostgreSQL runs. It refuses to run as root. */
export interface Identity {
  /** For the log: "same user", "user namespace", "user postgres", "owner of the data folder". */
  description: string;
  /** Put before each command. */
  prefix: readonly string[];
  /** Set when we give up root for another user. */
  user: { uid: number; gid: number } | null;
}

export interface Outcome {
  /** Null when it could not be started or was killed. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

const overflowId = 65534;
/** Nothing is inherited: settings like PGDATA or PGSSLMODE must not change what the server does. */
const environment = { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", TZ: "UTC" };

const sameUser: Identity = { description: "same user", prefix: [], user: null };
/** Inside, root's files belong to nobody, so PostgreSQL is content, and outside nothing changes. */
const userNamespace: Identity = {
  description: "user namespace",
  prefix: ["unshare", "--user", `--map-user=${overflowId}`, `--map-group=${overflowId}`, "--"],
  user: null,
};

/**
 * Chooses as whom to run. Root takes the owner of an existing data folder, else a user namespace, else
 * the uid of postgres or nobody; nobody is added to the machine.
 *
 * @throws EmbeddedPostgresUnavailable when the data folder is another user's, or root cannot become anyone
 */
export async function chooseIdentity(dataDir: string, allowUserNamespace: boolean): Promise<Identity> {
  const uid = process.getuid?.();
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (uid !== 0) {
    if (owner && owner.uid !== uid)
      throw new EmbeddedPostgresUnavailable(`the data folder ${dataDir} belongs to another user (uid ${owner.uid})`);
    return sameUser;
  }
  if (owner && owner.uid !== 0)
    return { description: "owner of the data folder", prefix: [], user: { uid: owner.uid, gid: owner.gid } };
  if (allowUserNamespace && (await runAs(userNamespace, "true", [])).exitCode === 0) return userNamespace;
  for (const name of ["postgres", "nobody"]) {
    const user = lookUpUser(name);
    if (user) return { description: `user ${name}`, prefix: [], user };
  }
  throw new EmbeddedPostgresUnavailable(
    "this process is root, user namespaces are not allowed here, and there is no user postgres or nobody",
  );
}

/** Starts a program as this identity, with none of our environment. */
export function spawnAs(
  identity: Identity,
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const [program = command, ...rest] = [...identity.prefix, command, ...args];
  // uid without gid would keep root's group; both together also drop the supplementary groups
  return spawn(program, rest, { ...options, ...identity.user, cwd: "/", env: environment });
}

/** Runs a program as this identity to its end. A program that cannot be started is an outcome, no exception. */
export async function runAs(identity: Identity, command: string, args: readonly string[]): Promise<Outcome> {
  const child = spawnAs(identity, command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<{ exitCode: number | null; failure: string }>((resolve) => {
    child.on("error", (error) => resolve({ exitCode: null, failure: error.message }));
    child.on("exit", (exitCode) => resolve({ exitCode, failure: "" }));
  });
  const [{ exitCode, failure }, stdout, stderr] = await Promise.all([ended, text(child.stdout!), text(child.stderr!)]);
  return { exitCode, stdout, stderr: failure || stderr };
}

/** Gives a folder and all in it to the identity's user. Does not follow links. */
export function handOver(folder: string, { user }: Identity): void {
  if (!user || lstatSync(folder).uid === user.uid) return;
  for (const name of readdirSync(folder, { recursive: true }))
    lchownSync(join(folder, name.toString()), user.uid, user.gid);
  // last: one who was killed halfway starts again
  chownSync(folder, user.uid, user.gid);
}

/** The folder on the way to `path` (without links) that the identity may not enter; null when it gets there. */
export function closedFolder(path: string, identity: Identity): string | null {
  const { user } = identity;
  if (!user) return null;
  const rights = statSync(path);
  let bit = 0o001;
  if (rights.gid === user.gid) bit = 0o010;
  if (rights.uid === user.uid) bit = 0o100;
  if (!(rights.mode & bit)) return path;
  return dirname(path) === path ? null : closedFolder(dirname(path), identity);
}

function lookUpUser(name: string): Identity["user"] {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}
