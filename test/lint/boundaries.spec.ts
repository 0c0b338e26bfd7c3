import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";

const importOf = (path: string) => `import { thing } from "${path}";\nexport const it = thing;\n`;

/** By file: what it imports, and whether that crosses a boundary of design 1. */
const forbidden: Readonly<Record<string, string>> = {
  "src/contacts/deep.ts": "../marketing/contact.sql.js",
  "src/contacts/import/deeper.ts": "../../history/order.service.js",
  "src/contacts/gateway.ts": "../gateway/index.js",
  "src/marketing/deep.ts": "../contacts/contact.sql.js",
  "src/marketing/nested.ts": "../contacts/import/index.js",
  "src/marketing/main.ts": "../main.js",
  "src/history/deep.ts": "../privacy/rights.js",
  "src/history/demo.ts": "../demo/demo-caller.js",
  "src/privacy/deep.ts": "../contacts/visibility.js",
  "src/privacy/migration.ts": "../../migrations/index.js",
  "src/platform/module.ts": "../contacts/index.js",
  "src/platform/access/gateway.ts": "../../gateway/index.js",
  "src/gateway/module.ts": "../contacts/contact.type.js",
  "src/demo/module.ts": "../history/order.sql.js",
  "src/application.ts": "./privacy/rights.js",
  "migrations/code.ts": "../src/platform/clock.js",
};

const permitted: Readonly<Record<string, string>> = {
  "src/contacts/own.ts": "./import/index.js",
  "src/contacts/import/own.ts": "../contact.sql.js",
  "src/contacts/platform.ts": "../platform/clock.js",
  "src/marketing/index-of.ts": "../contacts/index.js",
  "src/gateway/platform.ts": "../platform/clock.js",
  "src/gateway/own.ts": "./supergraph.js",
  "src/product.ts": "./contacts/index.js",
  "src/platform/http/own.ts": "../access/allow.js",
  "migrations/own.ts": "./pgboss/tables.js",
};

describe("the linter", () => {
  let folder: string;
  let findings: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "boundaries-"));
    copyFileSync("biome.json", join(folder, "biome.json"));
    for (const [file, path] of Object.entries({ ...forbidden, ...permitted })) write(file, importOf(path));
    write("src/history/one.ts", `${importOf("./two.js")}export const thing = 1;\n`);
    write("src/history/two.ts", `${importOf("./one.js")}export const thing = 2;\n`);
    write("src/history/long.ts", `export {};\n${"console.log();\n".repeat(300)}`);
    write("src/history/function.ts", `export function long() {\n${"  console.log();\n".repeat(41)}}\n`);
    write("src/history/settings.ts", "export const port = process.env.PORT;\n");
    write("test/only.spec.ts", `describe.only("some", () => {\n  it.skip("other", () => {});\n});\n`);
    write("src/history/loose.ts", "export const loose: any = 1;\n");
    findings = lint();
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [file, path] of Object.entries(forbidden))
    it(`refuses ${path} in ${file}`, () => {
      expect(rulesOf(file)).to.include("noRestrictedImports");
    });

  for (const [file, path] of Object.entries(permitted))
    it(`accepts ${path} in ${file}`, () => {
      expect(rulesOf(file)).to.deep.equal([]);
    });

  const others: Readonly<Record<string, string>> = {
    "src/history/one.ts": "noImportCycles",
    "src/history/two.ts": "noImportCycles",
    "src/history/long.ts": "noExcessiveLinesPerFile",
    "src/history/function.ts": "noExcessiveLinesPerFunction",
    "src/history/settings.ts": "noProcessEnv",
    "src/history/loose.ts": "noExplicitAny",
    "test/only.spec.ts": "noFocusedTests",
  };
  for (const [file, rule] of Object.entries(others))
    it(`enforces ${rule} in ${file}`, () => {
      expect(rulesOf(file)).to.include(rule);
    });

  it("refuses skipped tests", () => {
    expect(rulesOf("test/only.spec.ts")).to.include("noSkippedTests");
  });

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function lint(): string {
    const biome = join(process.cwd(), "node_modules/@biomejs/biome/bin/biome");
    const options = { cwd: folder, encoding: "utf8" } as const;
    const { status, stdout } = spawnSync(
      process.execPath,
      [biome, "lint", "--reporter=github", "--max-diagnostics=none"],
      options,
    );
    expect(status, "biome's exit code").to.equal(1);
    return stdout;
  }

  function rulesOf(file: string): string[] {
    const lines = findings.split("\n").filter((line) => line.includes(`file=${file},`) || line.includes(`/${file},`));
    return lines.flatMap((line) => /title=lint\/\w+\/(\w+)/.exec(line)?.[1] ?? []);
  }
});
