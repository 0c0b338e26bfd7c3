import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { type Identity, spawnAs } from "./identity.js";
import { findPostmaster, ownerArguments, type Postmaster } from "./postmaster.js";
import { socketPort } from "./socket-folder.js";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";
import { until } from "./until.js";

export interface ServerWanted {
  dataDir: string;
  socketDir: string;
  program: string;
  identity: Identity;
  settings: Record<string, string>;
  /** The token of the process with which it ends, this one; null lets it outlive us. */
  owner: string | null;
  log: (line: string) => void;
}

/** Also the time for recovery after a crash, which replays up to `max_wal_size`. */
export const startTimeoutMs = 300_000;
const oldBackendsTimeoutMs = 30_000;
const retryMs = 100;
const keptLines = 20;

const defaults = {
  shared_buffers: "256MB",
  max_connections: "60",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // the server's log reaches ours: no statements and no values, which are personal data
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/**
 * Starts PostgreSQL and waits until it takes connections. For who holds the start lock.
 *
 * @throws EmbeddedPostgresUnavailable with PostgreSQL's reason when it ends instead
 */
export async function launchServer(wanted: ServerWanted): Promise<Postmaster> {
  for (const startedMs = performance.now(); ; await pause(retryMs)) {
    const outcome = await tryToLaunch(wanted);
    if (typeof outcome !== "string") return outcome;
    // of a killed server, the backends end by themselves, the last ones with their statement
    const mayPass = /pre-existing shared memory block/.test(outcome);
    if (!mayPass || performance.now() - startedMs > oldBackendsTimeoutMs)
      throw new EmbeddedPostgresUnavailable(outcome);
  }
}

/** The server, or why there is none. */
async function tryToLaunch(wanted: ServerWanted): Promise<Postmaster | string> {
  // a session of its own: Ctrl-C in the terminal reaches us, and we decide
  const server = spawnAs(wanted.identity, wanted.program, serverArguments(wanted), {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const lines = followLog(server, wanted.log);
  let end: string | null = null;
  server.on("error", (error) => {
    end = error.message;
  });
  // not "exit": by then its last words are read
  server.on("close", (code, signal) => {
    end ??= lines.join("\n").match(/(FATAL|PANIC): .*/)?.[0] ?? `it ended with ${signal ?? code}: ${lines.at(-1)}`;
  });
  if (wanted.owner !== null && server.pid !== undefined) tieToThisProcess(server, wanted.log);
  const isReadyOrEnded = () => {
    const found = findPostmaster(wanted.dataDir);
    return end !== null || (found?.pid === server.pid && !!found?.isReady);
  };
  await until(isReadyOrEnded, { timeoutMs: startTimeoutMs, what: "PostgreSQL to start" });
  server.unref();
  (server.stderr as Socket).unref();
  return end ?? findPostmaster(wanted.dataDir) ?? "it ended at once";
}

function serverArguments({ dataDir, socketDir, settings, owner }: ServerWanted): string[] {
  const all = {
    ...defaults,
    ...settings,
    // not to be changed: this is what keeps others out
    listen_addresses: "",
    port: String(socketPort),
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
  };
  const list = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", dataDir, ...list, ...(owner === null ? [] : ownerArguments(owner))];
}

function followLog(server: ChildProcess, log: (line: string) => void): string[] {
  const lines: string[] = [];
  createInterface({ input: server.stderr! }).on("line", (line) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    log(line);
  });
  return lines;
}

/**
 * Ends the server when this process ends, however: a shell reads from a pipe that only we hold, and
 * wakes when the system closes it. It goes with the server, so that it never meets a pid used again.
 */
function tieToThisProcess(server: ChildProcess, log: (line: string) => void): void {
  const watch = spawn("/bin/sh", ["-c", `read _; kill -INT ${server.pid}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    env: {},
  });
  // without it the next start still finds an owner that is gone, and ends the server then
  watch.on("error", (error) => log(`PostgreSQL would outlive a killed process: ${error.message}`));
  server.on("exit", () => watch.kill("SIGKILL"));
  watch.unref();
  (watch.stdin as Socket).unref();
}
