import { expect } from "chai";
import type { Sql } from "../../src/platform/database/sql.js";
import { selectAudit } from "../../src/privacy/audit.sql.js";
import { type TestDatabase, useDatabase } from "../support/database.js";

/** Enough contacts with enough entries that the planner has something to choose. */
async function insertManyEntries(db: TestDatabase): Promise<string[]> {
  await db.owner.query(
    `WITH contact AS (
       INSERT INTO contacts.contact (institution_id, contact_type, last_name)
       SELECT $1, 'INDIVIDUAL', 'Muster' FROM generate_series(1, 1000) RETURNING id),
     entry AS (SELECT id, at FROM contact, generate_series(timestamptz '2026-01-01', '2026-04-01', interval '3 days') at),
     authorizations AS (
       INSERT INTO marketing.authorization_change
         (institution_id, contact_id, at, actor, actor_kind, source, was_true, was_false, is_true, is_false)
       SELECT $1, id, at, 'ana', 'OPERATOR', 'OPERATOR', 0, 0, 16, 0 FROM entry)
     INSERT INTO contacts.audit_contact (institution_id, contact_id, at, actor, actor_kind, source, entity, field)
     SELECT $1, id, at, 'ana', 'OPERATOR', 'OPERATOR', 'Contact', 'lastName' FROM entry`,
    [db.home.id],
  );
  await db.owner.query("ANALYZE contacts.contact, contacts.audit_contact, marketing.authorization_change");
  const { rows } = await db.owner.query<{ id: string }>("SELECT id FROM contacts.contact ORDER BY id LIMIT 2");
  return rows.map(({ id }) => id);
}

/** The plan of the statements that `work` makes, as the serving role has it. */
async function planOf(db: TestDatabase, work: (explaining: Sql) => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  await db.context.transaction((sql) =>
    work({
      institutionId: sql.institutionId,
      async query(text, values) {
        const { rows } = await sql.query<{ "QUERY PLAN": string }>(`/* plan */ EXPLAIN ${text}`, values);
        lines.push(...rows.map((row) => row["QUERY PLAN"]));
        return { rows: [], rowCount: 0 };
      },
    }),
  );
  return lines.join("\n");
}

describe("selectAudit", () => {
  const db = useDatabase();

  it("reads only the contacts' entries of the time frame, through the union of the modules and under the policies", async () => {
    const ids = await insertManyEntries(db);
    const frame = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-03-31T00:00:00Z"), limit: 21 };
    const after = { atMicros: "1772700000000000", module: 1, id: "1" };

    for (const page of [
      { ...frame, after: null },
      { ...frame, after },
    ]) {
      const plan = await planOf(db, (sql) => selectAudit(sql, ids, page));

      for (const index of ["audit_contact_time", "authorization_change_pkey"]) {
        const condition = new RegExp(`using ${index} on .*\\n\\s+Index Cond: (.*)`).exec(plan)?.[1];
        expect(condition, plan).to.contain("(contact_id = contact.id) AND (at >= ").and.to.contain("(at < ");
        if (page.after) expect(condition, plan).to.contain("(at <= ");
      }
      expect(plan).not.to.match(/Seq Scan|hashed SubPlan/);
    }
  });
});
