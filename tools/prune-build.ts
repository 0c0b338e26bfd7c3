import { existsSync, globSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Deletes what was built from sources that are gone: the compiler leaves it, and the tests would run it.
 * @param builtFolder where the compiler writes what it finds in `sourceFolder`, under the same paths
 * @returns what was deleted, as paths in `builtFolder`
 */
export function pruneBuild(sourceFolder: string, builtFolder: string): string[] {
  const orphans = globSync("**/*.js", { cwd: builtFolder }).filter(
    (built) => !existsSync(join(sourceFolder, built.replace(/\.js$/, ".ts"))),
  );
  for (const orphan of orphans) {
    rmSync(join(builtFolder, orphan));
    rmSync(join(builtFolder, `${orphan}.map`), { force: true });
  }
  return orphans;
}

if (import.meta.main) pruneBuild(".", "dist");
