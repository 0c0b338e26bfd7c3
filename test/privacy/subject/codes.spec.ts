import { exportedColumns } from "../../../src/platform/personal-data/index.js";
import { product } from "../../../src/product.js";
import { useDatabase } from "../../support/database.js";

describe("codes", () => {
  const db = useDatabase();
  it("x", async () => {
    const { rows } =
      await db.owner.query(`SELECT n.nspname || '.' || c.relname AS "table", a.attname AS column, pg_get_constraintdef(k.oid) AS def
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
      WHERE k.contype = 'c' AND cardinality(k.conkey) = 1 AND a.atttypid IN ('text'::regtype, 'text[]'::regtype)`);
    const base = db.services();
    const ports = product.ports(base);
    for (const { personalData } of ports.erasers)
      for (const d of personalData)
        for (const col of exportedColumns(d)) {
          for (const r of rows)
            if (r.table === d.table && r.column === col)
              console.log(
                "C",
                d.table,
                col,
                [...r.def.matchAll(/'([A-Z][A-Z_0-9]*)'/g)].map((m: string[]) => m[1]).join(" "),
              );
        }
    for (const { personalData } of ports.erasers)
      for (const d of personalData)
        console.log(
          "T",
          d.table,
          exportedColumns(d)
            .filter((col) => !rows.some((r) => r.table === d.table && r.column === col))
            .join(" "),
        );
  });
});
