import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Kills a process that may have ended by itself meanwhile, and waits until it is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
