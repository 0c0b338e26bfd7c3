import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

/** Longest first, so that no worker ends with it alone. */
const specs = ["dist/test/non-interference/*.spec.js", "dist/test/**/!(statements).spec.js"];

/** At least two: a spec waits for PostgreSQL as long as it works itself. More than four share too few discs. */
const jobs = Math.min(Math.max(availableParallelism(), 2), 4);

/**
 * Runs all specs, several files at a time, and then the one that judges the statements that they made the product
 * send. Arguments go to mocha both times.
 */
const recordings = mkdtempSync(join(tmpdir(), "contact-file-graph-statements-"));
try {
  const whole = mocha("--parallel", "--jobs", String(jobs), ...specs);
  process.exitCode = whole === 0 ? mocha("dist/test/sql/statements.spec.js") : whole;
} finally {
  rmSync(recordings, { recursive: true });
}

function mocha(...parameters: string[]): number {
  const { status } = spawnSync("mocha", [...parameters, ...process.argv.slice(2)], {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, STATEMENT_RECORDINGS: recordings },
  });
  return status ?? 1;
}
