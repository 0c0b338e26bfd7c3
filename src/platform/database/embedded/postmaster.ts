import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isRunning, pidOf, type RunningProcess, readProcess } from "./process-table.js";
import { until } from "./until.js";

/** The first process of a running PostgreSQL, the one that `postmaster.pid` in its data folder names. */
export interface Postmaster {
  pid: number;
  /** See `RunningProcess.token`. */
  token: string;
  /** The folder of its unix socket. Empty until it has one. */
  socketDir: string;
  isReady: boolean;
  /** The token of the process with which it is to end; null when it is to outlive all. */
  owner: string | null;
}

/** The server's own setting in which the owner's token travels: it can never be older than the server. */
const ownerSetting = "embedded.owner";
const fastShutdownMs = 30_000;
const immediateShutdownMs = 10_000;

/** The arguments that make a server know its owner. */
export const ownerArguments = (token: string): string[] => ["-c", `${ownerSetting}=${token}`];

/** The server that runs on this folder (absolute, without links). Null when none does, whatever the file says. */
export function findPostmaster(dataDir: string): Postmaster | null {
  const [pidLine, , , , socketDir, , , status] = readPidFile(dataDir);
  const pid = Number(pidLine);
  const server = readServer(pid, dataDir);
  if (server === null) return null;
  return {
    pid,
    token: server.token,
    socketDir: socketDir ?? "",
    isReady: status?.trim() === "ready",
    owner: new RegExp(`${ownerSetting}=(\\S+)`).exec(server.command)?.[1] ?? null,
  };
}

/**
 * Stops the server with this token and waits until it is gone; does nothing when it is gone already. Running transactions are rolled back. After 30 s it gets
 * the order to drop everything; its next start then recovers from the log.
 *
 * @throws Error when it is still there after 40 s
 */
export async function stopPostmaster(token: string): Promise<void> {
  const isGone = () => !isRunning(token);
  if (isGone()) return;
  const pid = pidOf(token);
  signal(pid, "SIGINT");
  try {
    await until(isGone, { timeoutMs: fastShutdownMs, what: "the running transactions" });
  } catch {
    signal(pid, "SIGQUIT");
    await until(isGone, { timeoutMs: immediateShutdownMs, what: "PostgreSQL to stop" });
  }
}

/**
 * Removes what a killed server left. PostgreSQL keeps these files for good when their pid now belongs to
 * another process, or to a zombie. Only for who holds the start lock and has seen that no server runs;
 * one that should run nevertheless is still found by PostgreSQL through its shared memory.
 */
export function removeStaleFiles(dataDir: string, socketFile: string): void {
  for (const path of [join(dataDir, "postmaster.pid"), socketFile, `${socketFile}.lock`]) rmSync(path, { force: true });
}

function readPidFile(dataDir: string): string[] {
  try {
    return readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

/**
 * Null unless the pid is a PostgreSQL on this folder: pids are used again, soon in a container. A server
 * works inside its data folder; where that is not shown to us, the folder must stand in its command.
 */
function readServer(pid: number, dataDir: string): RunningProcess | null {
  const found = readProcess(pid);
  if (!found || !/(^|\/)postgres( |$)/.test(found.command)) return null;
  const serves = found.workingDir === null ? found.command.includes(dataDir) : found.workingDir === dataDir;
  return serves ? found : null;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
