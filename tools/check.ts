import { spawnSync } from "node:child_process";

/** What keeps the repository honest, beside the compiler and the tests. Each is a command that says what it found. */
const steps: readonly (readonly [title: string, command: string, ...parameters: string[]])[] = [
  ["format and lint", "biome", "check", "--error-on-warnings"],
  ["schema.graphql is current", "node", "dist/tools/schema.js", "--check"],
  ["generated operations are current", "graphql-codegen", "--check", "--silent"],
  ["tables in docs are current", "node", "dist/tools/docs.js", "--check"],
  ["no dead code", "knip"],
  ["the lock file is complete", "node", "dist/tools/lock-file.js"],
  ["licences are allowed", "node", "dist/tools/licences.js"],
  ["nothing strays into the repository", "node", "dist/tools/repository.js"],
];

/** Runs all steps, also after one that failed: whoever mends one wants to know of the others. */
const failed = steps.filter(([title, command, ...parameters]) => {
  console.log(`-- ${title}`);
  return spawnSync(command, parameters, { stdio: "inherit", shell: process.platform === "win32" }).status !== 0;
});
console.log(failed.length === 0 ? "check: all is well" : `check failed: ${failed.map(([title]) => title).join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
