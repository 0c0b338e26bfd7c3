import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { EmbeddedPostgresUnavailable } from "./unavailable.js";

/** A process that runs. Zombies do not: a container without an init keeps them for ever. */
export interface RunningProcess {
  /** "pid:start", never used twice, where a bare pid soon is (containers begin at 1 again). */
  token: string;
  command: string;
  /** Null where the system does not tell, or not us. */
  workingDir: string | null;
}

/** Null when there is no such process, or only its zombie. */
export function readProcess(pid: number): RunningProcess | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === "linux" ? readFromProc(pid) : readFromPs(pid);
}

/**
 * Identifies this process to others, see `RunningProcess.token`.
 *
 * @throws EmbeddedPostgresUnavailable when the system does not list its processes
 */
export function ownToken(): string {
  const found = readProcess(process.pid);
  // without it every server would look dead, and a second one would be started on its folder
  if (!found) throw new EmbeddedPostgresUnavailable("this system does not list its processes (/proc is not mounted)");
  return found.token;
}

/** Whether the very process that this token was made for still runs. */
export function isRunning(token: string): boolean {
  return readProcess(pidOf(token))?.token === token;
}

/** NaN when it is no token. */
export const pidOf = (token: string): number => Number.parseInt(token, 10);

function readFromProc(pid: number): RunningProcess | null {
  const stat = unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (!stat) return null;
  // the name, in parentheses, may itself hold spaces and parentheses
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === "Z" || state === "X") return null;
  const command = unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  return {
    token: `${pid}:${startTicks}`,
    command: (command ?? "").split("\0").join(" "),
    workingDir: unlessGone(() => readlinkSync(`/proc/${pid}/cwd`)),
  };
}

/** Elsewhere there is no /proc. `lstart` is always 24 characters, "Sat Nov 21 20:15:00 2026". */
function readFromPs(pid: number): RunningProcess | null {
  const { stdout } = spawnSync("/bin/ps", ["-ww", "-o", "lstart=,stat=,command=", "-p", String(pid)], {
    encoding: "utf8",
    env: { LC_ALL: "C", TZ: "UTC" },
  });
  const parts = /^\s*(.{24})\s+(\S+)\s+(.*)$/m.exec(stdout ?? "");
  if (!parts || parts[2]?.startsWith("Z")) return null;
  return { token: `${pid}:${Date.parse(`${parts[1]} UTC`)}`, command: parts[3] ?? "", workingDir: null };
}

/** A process may end between two looks at it, and one of another user hides its folder. */
function unlessGone(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
