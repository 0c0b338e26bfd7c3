import "reflect-metadata";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { levelOf } from "../src/platform/access/clearance.js";
import { mergeCatalogues } from "../src/platform/access/fields.js";
import { permissions, shippedRoles } from "../src/platform/access/permissions.js";
import { settings } from "../src/platform/config.js";
import { allMessages } from "../src/platform/i18n/messages.js";
import { type ColumnErasure, personalColumns, type TableDeclaration } from "../src/platform/personal-data/index.js";
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

/** Which queries and mutations each permission is asked for. */
async function permissionsTable(): Promise<Table> {
  const asked = new Map<string, string[]>(permissions.map((permission) => [permission, []]));
  for (const module of product.modules) {
    const { declared } = await module.buildSubgraph();
    for (const root of [declared.getQueryType(), declared.getMutationType()])
      for (const { name, extensions } of Object.values(root?.getFields() ?? {}))
        asked.get(String(extensions.permission))?.push(name);
  }
  const rows = [...asked].map(([permission, fields]) => [code(permission), fields.sort().map(code).join(", ") || "–"]);
  return [["Permission", "Queries and mutations that ask for it"], ...rows];
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

const meanings: Readonly<Record<ColumnErasure, string>> = {
  KEPT: "stays",
  CLEARED: "cleared",
  BLANKED: "replaced by a constant",
  EMPTIED: "cleared, by the function of the table",
  DELETED: "its row goes",
  DERIVED: "follows from the others",
};

/** The map of personal data: a row for each column that tells of a person. */
function personalTable(): Table {
  const rows = declarations().flatMap((declaration) =>
    personalColumns(declaration).map(({ name, kind, erasure, isExported }) => [
      ...[code(`${declaration.table}.${name}`), kind.toLowerCase(), linksOf(declaration), meanings[erasure]],
      isExported ? "yes" : "",
    ]),
  );
  return [["Column", "Tells of", "Whose", "When he is anonymized", "Shown to him"], ...rows];
}

/** What is not said by the columns alone. */
function tableNotesTable(): Table {
  const rows = declarations().flatMap(({ table, removal, note }) =>
    note || removal ? [[code(table), removal ? removals[removal] : "–", note ?? ""]] : [],
  );
  return [["Table", "When he is removed altogether", "Note"], ...rows];
}

const removals = {
  DELETED: "rows go",
  UNLINKED: "rows stay, and name him no more",
  KEPT: "rows stay",
  OWN: "rows that concern nobody else go",
  PURGED: "rows go, but for the entry that tells of it",
} as const;

function linksOf({ person = [], named = [] }: TableDeclaration): string {
  return [...person, ...named]
    .map((link) => code(typeof link === "string" ? link : `${link.table}.${link.person}`))
    .join(", ");
}

/** No process is needed to read them: what erasers do is left out. */
function declarations(): readonly TableDeclaration[] {
  return product.personalData;
}

/** Tables in which no column tells of a person. */
function plainTablesTable(): Table {
  const plain = declarations().filter((declaration) => personalColumns(declaration).length === 0);
  return [
    ["Table", "Logins in"],
    ...plain.map(({ table, operators = [] }) => [code(table), operators.map(code).join(", ") || "–"]),
  ];
}

const tables: Readonly<Record<string, () => Table | Promise<Table>>> = {
  settings: settingsTable,
  permissions: permissionsTable,
  roles: rolesTable,
  fields: fieldsTable,
  codes: codesTable,
  personal: personalTable,
  personalNotes: tableNotesTable,
  plainTables: plainTablesTable,
};

function markdown([head, ...rows]: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head!), `|${"---|".repeat(head!.length)}`, ...rows.map(line)].join("\n");
}

/** The document with the tables that stand between `<!-- table: NAME -->` and `<!-- end -->` made anew. */
export async function withCurrentTables(document: string): Promise<string> {
  const [first = "", ...parts] = document.split(/(?<=<!-- table: \w+ -->\n)/);
  let current = first;
  for (const part of parts) {
    const name = /<!-- table: (\w+) -->\n$/.exec(current)?.[1] ?? "";
    const table = tables[name];
    if (!table) throw new Error(`there is no table ${name}`);
    current += `\n${markdown(await table())}\n\n${part.slice(part.indexOf("<!-- end -->"))}`;
  }
  return current;
}

if (import.meta.main) {
  for (const file of globSync("docs/*.md")) {
    const document = readFileSync(file, "utf8");
    const current = await withCurrentTables(document);
    if (current === document) continue;
    if (!process.argv.includes("--check")) writeFileSync(file, current);
    else {
      console.error(`${file} has tables that are not what the sources say: run "npm run docs" and commit it`);
      process.exitCode = 1;
    }
  }
}
