import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** What must not be in any file of the repository. */
const forbiddenText: readonly { readonly pattern: RegExp; readonly why: string; readonly in?: RegExp }[] = [
  {
    pattern: /"resolved"\s*:/,
    why: "a download address: the lock file leaves the choice of the registry to whoever installs",
    in: /^package-lock\.json$/,
  },
  { pattern: /"link"\s*:\s*true/, why: "a package out of a folder of one machine", in: /^package-lock\.json$/ },
  { pattern: /(?:\/home|\/Users|[A-Z]:\\Users)[/\\][\w.-]+[/\\]/, why: "a path of one person's machine" },
  { pattern: /(?<![\w.])\/root\/\w/, why: "a path of one person's machine" },
  { pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/, why: "a private key" },
  {
    pattern: /\b(?:TODO|FIXME|XXX)\b/,
    why: "a promise: do it, or file an issue",
    in: /^(?!package-lock).*\.(?:ts|sql|graphql|yml)$/,
  },
];

/** What a file must not be called. */
const forbiddenNames: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /(?:^|[/.-])(?:utils?|helpers?|common|managers?)(?:\.|\/)/, why: "name the thing" },
  { pattern: /\.(?:orig|rej|swp|log)$/, why: "a leftover" },
];

/**
 * What does not belong into the repository, as `path: why`.
 * @param files path to content; binary files as empty text
 */
export function repositoryFindings(files: Iterable<readonly [path: string, content: string]>): string[] {
  const findings: string[] = [];
  for (const [path, content] of files) {
    for (const { pattern, why } of forbiddenNames) if (pattern.test(path)) findings.push(`${path}: ${why}`);
    for (const { pattern, why, in: where } of forbiddenText) {
      if (where && !where.test(path)) continue;
      const line = content.split("\n").findIndex((text) => pattern.test(text));
      if (line >= 0) findings.push(`${path}:${line + 1}: ${why}`);
    }
  }
  return findings;
}

/** Files that git knows or would add, with their text. This file holds the patterns, and its test what they find. */
function* repositoryFiles(): Generator<readonly [string, string]> {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const path of listed.split("\0")) {
    if (path === "" || !existsSync(path) || /^(?:tools|test\/tools)\/repository\./.test(path)) continue;
    const bytes = readFileSync(path);
    yield [path, bytes.includes(0) ? "" : bytes.toString("utf8")];
  }
}

if (import.meta.main) {
  const findings = repositoryFindings(repositoryFiles());
  for (const finding of findings) console.error(finding);
  console.log(`repository: ${findings.length} findings`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
