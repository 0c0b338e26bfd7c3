import { readFileSync, writeFileSync } from "node:fs";

const lockFile = "package-lock.json";

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

export type LockedPackages = Record<string, Locked>;

interface Missing {
  readonly name: string;
  readonly version: string;
  /** Of the package that asks for it: they are published together. */
  readonly license: string | undefined;
  readonly isDev: boolean;
}

/**
 * Packages for other platforms that the lock file should name and does not, and without which `npm ci` refuses to
 * install on every platform. npm leaves them out when the registry that it asked does not carry them.
 */
export function missingPackages(packages: LockedPackages): Missing[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, license, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isFound(packages, path, name))
      .map(([name, version]) => ({ name, version, license, isDev: dev })),
  );
}

/** Where Node would look: below the package itself, then below each folder around it. */
function isFound(packages: LockedPackages, path: string, name: string): boolean {
  const around = path.split("/node_modules/");
  const places = around.map((_, index) => around.slice(0, index + 1).join("/node_modules/"));
  return [...places, ""].some(
    (place) => packages[place === "" ? `node_modules/${name}` : `${place}/node_modules/${name}`],
  );
}

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** The lock file's entry of a package for one platform, which its name tells; null when it does not. */
export function entryOf({ name, version, license, isDev }: Missing): Locked | null {
  const words = name.split(/[/-]/);
  const os = words.find((word) => systems.includes(word));
  const cpu = words.find((word) => processors.includes(word));
  if (!os || !cpu || !/^\d+\.\d+\.\d+/.test(version)) return null;
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : null;
  return {
    version,
    cpu: [cpu],
    ...(isDev && { dev: true }),
    ...(libc && { libc: [libc] }),
    ...(license && { license }),
    optional: true,
    os: [os],
  };
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(lockFile, "utf8")) as { packages: LockedPackages };
  const missing = missingPackages(lock.packages);
  if (process.argv.includes("--complete")) complete(lock, missing);
  else if (missing.length > 0) {
    for (const { name, version } of missing) console.error(`${lockFile} lacks ${name}@${version}`);
    console.error(`npm ci would fail: run "node dist/tools/lock-file.js --complete" and commit ${lockFile}`);
    process.exitCode = 1;
  }
}

function complete(lock: { packages: LockedPackages }, missing: readonly Missing[]): void {
  for (const one of missing) {
    const entry = entryOf(one);
    if (!entry) throw new Error(`${one.name}@${one.version} does not say what it is for: install it by hand`);
    lock.packages[`node_modules/${one.name}`] = entry;
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
}
