import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import type { TestInstitution } from "../../support/rows.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";

const people = 5_000;

describe("a RUN that is killed (4.5)", function () {
  this.timeout(180_000);
  const db = useDatabase();
  let institution: TestInstitution;
  let batch: Batch;

  before(async () => {
    institution = await db.institution();
    batch = await Batch.of(db, institution);
    new Lives(db, institution).at("2025-01-10");
  });

  it("leaves nobody half erased, wherever it was, and goes on to the end", async () => {
    await insertPeople();
    const plan = await batch.simulate();
    const { anonymizationRun } = await batch.call("runAnonymization", { planHash: plan.planHash! });
    const { id } = anonymizationRun!;

    let interrupted = 0;
    for (let kill = 0; kill < 3; kill++) {
      const before = await place();
      const child = startRun(id);
      // the first before anything, the others somewhere behind a step
      if (kill > 0) await eventually(place, (now) => now !== before, 60_000);
      await delay(Math.random() * 250);
      child.kill("SIGKILL");
      await once(child, "exit");
      await expectWhole(decodeId("AnonymizationRun", id)!);
      if ((await batch.read(id))?.status !== "DONE") interrupted++;
    }
    await batch.work(id);
    const run = await batch.read(id);

    expect(interrupted).to.be.at.least(2);
    expect(run).to.deep.include({ status: "DONE", progress: 1 });
    expect(run?.counts).to.include({
      anonymize: people / 2,
      delete: people / 2,
      changedSincePlan: 0,
    });
    expect(run?.log.map(({ code }) => code)).to.include("RUN_RESUMED");
    await expectWhole(decodeId("AnonymizationRun", id)!);
    expect(await count("contacts.contact WHERE last_name <> 'XXXXXXXX'")).to.equal(0);
  });

  /** Customers and prospects by turns, each with something in the tables of several modules. */
  async function insertPeople(): Promise<void> {
    await db.owner.query(
      `WITH people AS (
         INSERT INTO contacts.contact (institution_id, contact_type, first_name, last_name, email, created_at)
         SELECT $1, 'INDIVIDUAL', 'Ana', 'Ruiz' || n, 'a' || n || '@example.org', '2010-01-01'
         FROM generate_series(1, $2) n RETURNING id),
       words AS (
         INSERT INTO contacts.contact_word (institution_id, contact_id, word) SELECT $1, id, 'ana' FROM people),
       roles AS (INSERT INTO contacts.contact_role (institution_id, contact_id, role) SELECT $1, id, 'PUBLIC' FROM people),
       copies AS (
         INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level,
           has_email, has_mobile, has_phone) SELECT $1, id, 'INDIVIDUAL', 0, true, false, false FROM people),
       addresses AS (
         INSERT INTO contacts.contact_address (institution_id, contact_id, kind, street1, town, country)
         SELECT $1, id, 'MAIN', 'Calle 1', 'Lyon', 'FR' FROM people),
       product AS (
         INSERT INTO history.product (institution_id, organization, code, name, product_kind, validity_end)
         VALUES ($1, 'OPERA', 'P', 'P', 'PERFORMANCE', '2012-01-01') RETURNING id),
       orders AS (
         INSERT INTO history.sales_order (institution_id, organization, order_number, operation_kind, ordered_at,
           purchaser_id, currency, total, ip_address)
         SELECT $1, 'OPERA', 'N' || id, 'SALE', '2011-01-01', id, 'CHF', 0, '203.0.113.9' FROM people WHERE id % 2 = 0
         RETURNING id),
       lines AS (
         INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount)
         SELECT $1, o.id, 1, p.id, 1, 0 FROM orders o CROSS JOIN product p),
       tickets AS (
         INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id, price)
         SELECT $1, o.id, 1, 1, p.id, 0 FROM orders o CROSS JOIN product p RETURNING id)
       INSERT INTO history.ticket_beneficiary (institution_id, ticket_id, last_name, country_code)
       SELECT $1, id, 'Perez', 'ES' FROM tickets`,
      [institution.id, people],
    );
    // as autovacuum does: the planner takes tables that it knows nothing of for empty ones
    await db.owner.query("ANALYZE");
  }

  function startRun(runId: string) {
    const script = new URL("./doomed-run.js", import.meta.url).pathname;
    const id = decodeId("AnonymizationRun", runId)!;
    const parameters = [db.appUrl, db.filesFolder, String(institution.id), id, db.clock.now().toISOString()];
    return spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "inherit", "inherit"] });
  }

  async function place(): Promise<string> {
    const { rows } = await db.owner.query(
      "SELECT phase, cursor_id FROM privacy.anonymization_run WHERE institution_id = $1 AND mode = 'RUN'",
      [institution.id],
    );
    return `${rows[0].phase} ${rows[0].cursor_id}`;
  }

  const count = async (from: string) => {
    const { rows } = await db.owner.query(`SELECT count(*)::int AS n FROM ${from} AND institution_id = $1`, [
      institution.id,
    ]);
    return rows[0].n as number;
  };

  /** Everybody is as he was, or erased in every table; and who is erased is in the list, and nobody else. */
  async function expectWhole(runId: string): Promise<void> {
    const erased = await count("contacts.contact WHERE anonymized_at IS NOT NULL");
    const gone = people - (await count("contacts.contact WHERE true"));
    for (const [table, kept] of Object.entries({
      "contacts.contact WHERE email IS NULL": erased,
      "contacts.contact_address WHERE street1 IS NULL": erased,
      "contacts.contact_word WHERE true": people - erased - gone,
      "contacts.contact_address WHERE true": people - gone,
      "marketing.contact_marketing WHERE true": people - gone,
      "marketing.contact_marketing WHERE anonymized_at IS NOT NULL": erased,
      "contacts.audit_contact WHERE true": erased + gone,
      [`privacy.anonymization_run_item WHERE run_id = ${runId}`]: erased + gone,
    }))
      expect(await count(table), table).to.equal(kept);
  }
});
