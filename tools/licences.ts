import { readFileSync } from "node:fs";

/** Licences that a dependency may have: each allows use, change and sale, and asks at most to be named. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PostgreSQL",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages whose licence was read by a person, with what it is and why it is fine. A new version is read again. */
const checkedByHand: Readonly<Record<string, string>> = {
  "busboy@1.6.0": "MIT: no licence field, its LICENSE file is the MIT text",
  "streamsearch@1.1.0": "MIT: no licence field, its LICENSE file is the MIT text",
};

/** Data, not code, of tools that are not delivered. They are replaced weekly, so any version will do. */
const dataOfTools: Readonly<Record<string, string>> = {
  "caniuse-lite": "CC-BY-4.0",
};

export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** True when an SPDX expression leaves a choice that is allowed: one side of OR, both sides of AND. */
export function isAllowed(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, "$1");
  if (bare.includes("(")) return false; // nested expressions are for a person to read
  return bare.split(" OR ").some((choice) => choice.split(" AND ").every((licence) => allowed.has(licence.trim())));
}

/**
 * What a person has to look at, one line per package.
 * @param packages of a package-lock.json, by their path in `node_modules`
 */
export function licenceFindings(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages).flatMap(([path, { version, license, dev }]) => {
    if (path === "") return [];
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    if (license !== undefined && isAllowed(license)) return [];
    if (checkedByHand[`${name}@${version}`]) return [];
    if (dev && license !== undefined && dataOfTools[name] === license) return [];
    return [`${name}@${version}: ${license ?? "no licence field"} is not on the list of allowed licences`];
  });
}

if (import.meta.main) {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const findings = licenceFindings(packages);
  for (const finding of findings) console.error(finding);
  console.log(`licences: ${Object.keys(packages).length - 1} packages, ${findings.length} to look at`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
