import { expect } from "chai";
import fc from "fast-check";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { computeRecency } from "../../../src/privacy/recency/index.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { naiveRecency } from "./naive-recency.js";
import { insertWorld, people, type RandomWorld, randomWorld } from "./random-lives.js";

describe("the recency of many contacts at once (F43)", function () {
  this.timeout(60_000);
  const db = useDatabase();

  it("is that of the rules, read for one contact after the other, whatever they did", async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, async (world) => {
        const contacts: TestContact[] = [];
        for (let index = 0; index < people; index++) contacts.push(await db.insertContact());
        await insertWorld(db, contacts, world);
        await setImports(world);

        const found = await compute(contacts);

        for (const [index, { id }] of contacts.entries()) {
          const { day, kinds } = naiveRecency(index, world, "2026-03-10");
          expect(found.get(id)?.day).to.equal(day);
          expect(kinds).to.include(found.get(id)?.kind);
        }
      }),
      { numRuns: 60 },
    );
  });

  async function setImports({ importRenews }: RandomWorld): Promise<void> {
    await db.owner.query(
      `INSERT INTO privacy.institution_setting (institution_id, import_renews_recency) VALUES ($1, $2)
       ON CONFLICT (institution_id) DO UPDATE SET import_renews_recency = excluded.import_renews_recency`,
      [db.home.id, importRenews],
    );
  }

  async function compute(contacts: readonly TestContact[]): Promise<Map<string, { day: string; kind: string }>> {
    const services = db.services();
    const ids = contacts.map(({ id }) => id);
    await inTransaction(services.pools.api, systemSession(services, db.home.id), (sql) => computeRecency(sql, ids));
    const { rows } = await db.owner.query<{ id: string; day: string; kind: string }>(
      "SELECT contact_id AS id, day::text, kind FROM privacy.gdpr_recency WHERE contact_id = ANY($1)",
      [ids],
    );
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }
});
