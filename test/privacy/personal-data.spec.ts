import { expect } from "chai";
import { declaredColumns, personalColumns, type TableDeclaration } from "../../src/platform/personal-data/index.js";
import { product } from "../../src/product.js";
import { useDatabase } from "../support/database.js";

const schemas = ["platform", "contacts", "marketing", "history", "privacy", "pgboss"];

describe("the map of personal data", () => {
  const db = useDatabase();
  const declarations: readonly TableDeclaration[] = product.personalData;

  it("is what erasing is driven by", () => {
    const erased = product.ports(db.services()).erasers.flatMap(({ personalData }) => personalData);
    expect(new Set(erased)).to.deep.equal(new Set(declarations));
  });

  async function columnsOfDatabase(): Promise<Map<string, string[]>> {
    const { rows } = await db.owner.query<{ table: string; columns: string[] }>(
      `SELECT n.nspname || '.' || c.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') GROUP BY 1 ORDER BY 1`,
      [schemas],
    );
    return new Map(rows.map(({ table, columns }) => [table, columns]));
  }

  it("declares every column of every table, and none that is not there", async () => {
    const there = await columnsOfDatabase();
    const declared = new Map(declarations.map((each) => [each.table, declaredColumns(each)]));
    const all = (columns: Map<string, string[]>) =>
      [...columns].flatMap(([table, names]) => names.map((name) => `${table}.${name}`));
    const [inDatabase, inMap] = [new Set(all(there)), new Set(all(declared))];

    expect(
      [...inDatabase].filter((name) => !inMap.has(name)),
      "declare these in the `personal-data.ts` of their module: personal (of whose file, and what erasing does), or plain",
    ).to.deep.equal([]);
    expect(
      [...inMap].filter((name) => !inDatabase.has(name)),
      "these are gone",
    ).to.deep.equal([]);
  });

  it("names each table and each of its columns once", () => {
    const tables = declarations.map(({ table }) => table);
    expect(tables.filter((table, index) => tables.indexOf(table) !== index)).to.deep.equal([]);
    for (const declaration of declarations) {
      const columns = declaredColumns(declaration);
      expect(
        columns.filter((column, index) => columns.indexOf(column) !== index),
        declaration.table,
      ).to.deep.equal([]);
    }
  });

  it("leads from every personal column to a person", () => {
    const lost = declarations.filter((each) => personalColumns(each).length > 0 && (each.person ?? []).length === 0);
    expect(lost.map(({ table }) => table)).to.deep.equal([]);
  });

  it("says of every kept row what becomes of it when its person is removed", () => {
    const open = declarations.filter(({ rows, removal }) => rows === "KEPT" && removal === undefined);
    expect(open.map(({ table }) => table)).to.deep.equal([]);
  });

  it("keeps the tables of a person apart from those of nobody: a column that names a contact is declared so", async () => {
    const { rows } = await db.owner.query<{ table: string; column: string }>(
      `SELECT DISTINCT k.conrelid::regclass::text AS table, a.attname::text AS column
       FROM pg_constraint k JOIN unnest(k.conkey) AS key (number) ON true
       JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.number
       WHERE k.contype = 'f' AND k.confrelid = 'contacts.contact'::regclass AND a.attname <> 'institution_id'`,
    );
    const named = new Set(
      declarations.flatMap(({ table, person = [], named: further = [] }) =>
        [...person, ...further].map((link) => `${table}.${typeof link === "string" ? link : link.column}`),
      ),
    );

    expect(rows.map(({ table, column }) => `${table}.${column}`).filter((name) => !named.has(name))).to.deep.equal([]);
  });
});
