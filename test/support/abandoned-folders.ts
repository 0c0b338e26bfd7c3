import { readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Of the folders of test servers; the process that started one follows. */
export const folderPrefix = "contact-file-graph-test-";

/** After a parallel run, whose workers end without another word. Loaded before the specs (.mocharc.yml). */
export const mochaGlobalTeardown = removeAbandonedFolders;

/** Of processes of this user that are gone, killed or not; their servers went with them. */
export function removeAbandonedFolders(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const folder = join(tmpdir(), name);
    const pid = Number(name.slice(folderPrefix.length).split("-")[0]);
    const isOurs = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
    if (isOurs && !isAlive(pid)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
