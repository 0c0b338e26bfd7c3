import "reflect-metadata";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { levelOf } from "../src/platform/access/clearance.js";
import { mergeCatalogues } from "../src/platform/access/fields.js";
import { permissions, shippedRoles } from "../src/platform/access/permissions.js";
import { settings } from "../src/platform/config.js";
import { allMessages } from "../src/platform/i18n/messages.js";
import type { Setting } from "../src/platform/settings.js";
import { product } from "../src/product.js";

type Table = readonly (readonly string[])[];

const code = (text: string) => `\`${text}\``;

function settingsTable(): Table {
  const rows = Object.values<Setting<unknown>>(settings).map(({ name, fallback, description }) => [
    code(name),
    fallback ? code(fallback) : "–",
    description,
  ]);
  return [["Variable", "Default", "Meaning"], ...rows];
}

function rolesTable(): Table {
  const roles = Object.entries(shippedRoles);
  const given = permissions.filter((permission) => permission !== "authenticated");
  return [
    ["Permission", ...roles.map(([role]) => code(role))],
    ...given.map((permission) => [
      code(permission),
      ...roles.map(([, bundle]) => (bundle.includes(permission) ? "yes" : "")),
    ]),
  ];
}

/** Fields of level FREE that need no permission and give nothing away are left out: they are the rule. */
function fieldsTable(): Table {
  const catalogue = mergeCatalogues(product.modules.map(({ fields }) => fields));
  const rows = Object.entries(catalogue).flatMap(([type, fields]) =>
    Object.entries(fields)
      .filter(([, { level, permission, derivedFrom }]) => level > 0 || permission || derivedFrom)
      .map(([field, { level, permission, derivedFrom = [] }]) => [
        code(`${type}.${field}`),
        levelOf(level),
        permission ? code(permission) : "–",
        derivedFrom.map(code).join(", ") || "–",
      ]),
  );
  return [["Field", "Level", "Permission", "Also withheld with"], ...rows];
}

/** Codes by the folder of the module that words them, in the order of its file. */
function codesTable(): Table {
  const files = globSync("src/**/*.messages.ts").sort();
  const rows = files.flatMap((file) => {
    const area = file.split("/").slice(1, -1).join("/");
    const codes = [...readFileSync(file, "utf8").matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm)].map(([, name]) => name!);
    return codes.map((name) => [code(name), area, textOf(name)]);
  });
  return [["Code", "Of", "English text"], ...rows.sort(([a], [b]) => a!.localeCompare(b!, "en"))];
}

function textOf(name: string): string {
  const text = allMessages().get(name);
  if (!text) throw new Error(`the code ${name} is in no module of the product`);
  return text.en;
}

const tables: Readonly<Record<string, () => Table>> = {
  settings: settingsTable,
  roles: rolesTable,
  fields: fieldsTable,
  codes: codesTable,
};

function markdown([head, ...rows]: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head!), `|${"---|".repeat(head!.length)}`, ...rows.map(line)].join("\n");
}

/** The document with the tables that stand between `<!-- table: NAME -->` and `<!-- end -->` made anew. */
export function withCurrentTables(document: string): string {
  return document.replace(
    /(<!-- table: (\w+) -->\n).*?(<!-- end -->)/gs,
    (_, begin: string, name: string, end: string) => {
      const table = tables[name];
      if (!table) throw new Error(`there is no table ${name}`);
      return `${begin}\n${markdown(table())}\n\n${end}`;
    },
  );
}

if (import.meta.main) {
  for (const file of globSync("docs/*.md")) {
    const document = readFileSync(file, "utf8");
    const current = withCurrentTables(document);
    if (current === document) continue;
    if (!process.argv.includes("--check")) writeFileSync(file, current);
    else {
      console.error(`${file} has tables that are not what the sources say: run "npm run docs" and commit it`);
      process.exitCode = 1;
    }
  }
}
