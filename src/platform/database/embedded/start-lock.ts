import { lstatSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning, ownToken } from "./process-table.js";

const retryMs = 25;
const takeOverLimitMs = 10_000;

/**
 * Runs `work` while no other process does so under the same lock; waits for its turn. A lock left by a
 * dead process is taken over.
 *
 * @param path a name in a folder that exists. A symbolic link whose target is the owner's token is made
 *   there: unlike a file it appears with its content, in one step
 */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = ownToken();
  while (!claim(path, token)) {
    const owner = holder(path);
    const released = owner !== null && !isRunning(owner) && release(path, owner);
    if (!released) await pause(retryMs);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Removes the lock of a dead owner. Two who saw it dead could otherwise both remove, the second one the
 * new lock of the first: so only one may remove at a time, and looks again before.
 */
function release(path: string, deadOwner: string): boolean {
  const marker = `${path}.takeover`;
  if (!claim(marker, ownToken())) {
    removeAbandoned(marker);
    return false;
  }
  try {
    if (holder(path) === deadOwner) rmSync(path, { force: true });
    return true;
  } finally {
    rmSync(marker, { force: true });
  }
}

/** The marker lives for microseconds; an old one belongs to a process killed at exactly that moment. */
function removeAbandoned(marker: string): void {
  const age = lstatSync(marker, { throwIfNoEntry: false });
  if (age && Date.now() - age.mtimeMs > takeOverLimitMs) rmSync(marker, { force: true });
}

function claim(path: string, token: string): boolean {
  try {
    symlinkSync(token, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Null when the lock has just gone. Something that is no link was not made by us and counts as abandoned. */
function holder(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code === "EINVAL") return "no owner";
    throw error;
  }
}
