import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Both relative to the `native` folder. */
interface Link {
  path: string;
  target: string;
}

/**
 * Makes the links between the shared libraries that the package's install script makes, which does not
 * run with `--ignore-scripts`, pnpm or bun. May run in several processes at once.
 *
 * @returns false when links are missing and the folder is not ours to write
 */
export function makeMissingLinks(nativeDir: string): boolean {
  const missing = [...listedLinks(nativeDir), ...libraryNameLinks(nativeDir)].filter(
    ({ path }) => !lstatSync(join(nativeDir, path), { throwIfNoEntry: false }),
  );
  return missing.every((link) => makeLink(nativeDir, link));
}

function makeLink(nativeDir: string, { path, target }: Link): boolean {
  try {
    symlinkSync(relative(dirname(path), target), join(nativeDir, path));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return true;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
    throw error;
  }
}

/** The package's own list, written relative to the package. */
function listedLinks(nativeDir: string): Link[] {
  const file = join(nativeDir, "pg-symlinks.json");
  if (!existsSync(file)) return [];
  const list: { source: string; target: string }[] = JSON.parse(readFileSync(file, "utf8"));
  return list.map(({ source, target }) => ({ path: relative("native", target), target: relative("native", source) }));
}

/** Some published lists lack entries, so the names that the loader looks for are derived as well. */
function libraryNameLinks(nativeDir: string): Link[] {
  const links: Link[] = [];
  for (const name of readdirSync(join(nativeDir, "lib"))) {
    const linux = /^(lib.+\.so\.\d+)\.[\d.]+$/.exec(name)?.[1];
    const darwin = /^(lib.+?\.\d+)\.[\d.]+\.dylib$/.exec(name)?.[1];
    const loaderName = linux ?? (darwin && `${darwin}.dylib`);
    if (loaderName) links.push({ path: join("lib", loaderName), target: join("lib", name) });
  }
  return links;
}
