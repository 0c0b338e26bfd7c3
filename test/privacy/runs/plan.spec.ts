import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";

/** Tables that a simulation may write (F54). */
const written = /^(?:privacy\.(?:gdpr_recency|anonymization_run|anonymization_run_\w+|audit_access)|pgboss\.\w+)$/;

describe("the plan that a simulation makes (F54, 4.6)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let lives: Lives;
  let batch: Batch;
  let gone: TestContact;

  beforeEach(async () => {
    institution = await db.institution();
    lives = new Lives(db, institution);
    batch = await Batch.of(db, institution);
    gone = await lives.person("2010-01-01", { lastName: "Hidden", level: 2 });
    lives.at("2025-01-10");
  });

  it("changes nothing but the recency, the run, its items and the access log", async () => {
    const before = await tables();

    await batch.simulate();

    const after = await tables();
    const changed = [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
    expect(changed).to.include.members(["privacy.gdpr_recency", "privacy.anonymization_run_item"]);
    expect(changed.filter((name) => !written.test(name))).to.deep.equal([]);
  });

  it("shows the notice of exports, and stands once in the access log with the number of contacts (F65)", async () => {
    await lives.person("2011-01-01");
    lives.at("2025-01-10");

    const { legalNotice, anonymizationRun } = await batch.call("simulateAnonymization", {});
    await batch.work(anonymizationRun!.id);

    expect(legalNotice).to.deep.equal({ code: "DATA_EXPORT" });
    const { rows } = await db.owner.query(
      `SELECT actor, access_kind AS kind, subject, contact_count AS count, notice_version AS notice
       FROM privacy.audit_access WHERE institution_id = $1`,
      [institution.id],
    );
    expect(rows).to.deep.equal([{ actor: "dpo", kind: "EXPORT", subject: "AnonymizationRun", count: 2, notice: 1 }]);
  });

  it("has a hash: the same of the same plan, another of other people, periods and days", async () => {
    const first = await batch.simulate();
    const again = await batch.simulate();
    const others = await batch.simulate({ inactivityMonths: 37 });
    lives.at("2025-01-11");
    const later = await batch.simulate();
    await lives.person("2010-01-01");
    lives.at("2025-01-11");
    const more = await batch.simulate();

    expect(first.planHash).to.match(/^[0-9a-f]{64}$/);
    expect(again.planHash).to.equal(first.planHash);
    expect(new Set([first, others, later, more].map(({ planHash }) => planHash)).size).to.equal(4);
  });

  it("is there for who is cleared for everything and may simulate, and nobody else (F05)", async () => {
    const run = await batch.simulate();

    const list = "{ anonymizationRuns(first: 10) { nodes { id } } }";
    const { data, errors } = await ask(batch.context({ clearance: 1 }), list);
    expect([data, errors?.[0]?.extensions?.code]).to.deep.equal([null, "FORBIDDEN"]);
    expect((await ask(batch.context(), list)).data?.anonymizationRuns.nodes).to.deep.equal([{ id: run.id }]);
    const elsewhere = await Batch.of(db, await db.institution());
    expect(await elsewhere.read(run.id)).to.equal(null);
  });

  it("notes who was shown a confidential contact by it", async () => {
    const context = batch.context();

    await batch.items(await batch.simulate(), null, context);

    expect([...context.confidentialReads]).to.deep.equal([gone.id]);
  });

  it("says how far it is, what happened to it, and by whom it was asked for", async () => {
    const run = await batch.simulate();

    expect(run).to.deep.include({ status: "DONE", mode: "SIMULATION", progress: 1, startedBy: "dpo", failure: null });
    expect(run.log.map(({ code }) => code)).to.deep.equal([
      ...["RUN_STARTED", "RUN_CONTACTS_DONE", "RUN_TICKETS_DONE", "RUN_ORDERS_DONE", "RUN_DONE"],
    ]);
    expect(run.log[1]!.message).to.equal("Through all contacts: 1 were looked at.");
  });

  it("ends when somebody ends it, and does nothing more", async () => {
    const { anonymizationRun } = await batch.call("simulateAnonymization", {});
    const { id } = anonymizationRun!;

    const cancelled = await batch.call("cancelAnonymizationRun", { id });
    await batch.work(id);

    expect(cancelled.anonymizationRun).to.include({ status: "CANCELLED", planHash: null });
    expect(await batch.items({ id })).to.deep.equal([]);
    const again = await batch.call("cancelAnonymizationRun", { id });
    expect(again.userErrors.map(({ code }) => code)).to.deep.equal(["ANONYMIZATION_RUN_HAS_ENDED"]);
    const unknown = await batch.call("cancelAnonymizationRun", { id: "x" });
    expect(unknown.userErrors.map(({ code }) => code)).to.deep.equal(["ANONYMIZATION_RUN_NOT_FOUND"]);
  });

  it("is not made for who has lost the right since he asked", async () => {
    const { anonymizationRun } = await batch.call("simulateAnonymization", {});
    await db.owner.query("UPDATE privacy.operator SET clearance = 1 WHERE institution_id = $1", [institution.id]);

    await batch.work(anonymizationRun!.id);

    const run = await batch.read(anonymizationRun!.id);
    expect(run).to.include({ status: "FAILED", failure: "Who asked for it is not permitted to any more." });
    expect(await batch.stored(gone)).to.equal(undefined);
  });

  it("refuses periods that are none, organizations of others, and another day than today without the right to (4.2)", async () => {
    const codes = async (input: object) =>
      (await batch.call("simulateAnonymization", input)).userErrors.map(
        ({ code, field }) => `${code} ${field.join(".")}`,
      );

    expect(await codes({ inactivityMonths: 0 })).to.deep.equal(["INVALID_MONTHS inactivityMonths"]);
    expect(await codes({ prospectInactivityMonths: -1, customerInactivityMonths: 1201 })).to.deep.equal([
      ...["INVALID_MONTHS customerInactivityMonths", "INVALID_MONTHS prospectInactivityMonths"],
    ]);
    expect(await codes({ organizationId: "BALLET" })).to.deep.equal(["UNKNOWN_ORGANIZATION organizationId"]);
    expect(await codes({ asOf: "2012-01-01" })).to.deep.equal(["AS_OF_NOT_PERMITTED asOf"]);
    const administrator = batch.context({}, "operator:admin");
    expect(await batch.simulate({ asOf: "2012-01-01" }, administrator)).to.include({ cutoffDate: "2009-01-01" });
  });

  it("is not given up however often its worker is stopped on purpose, and is made when nothing stops it", async () => {
    const { anonymizationRun } = await batch.call("simulateAnonymization", {});
    const { id } = anonymizationRun!;
    const stopped = AbortSignal.abort(new Error("the worker stops"));

    const ends = new Set<unknown>();
    for (let n = 0; n < 25; n++) ends.add(await batch.work(id, stopped).catch((error: Error) => error.message));
    const { rows } = await db.owner.query(
      "SELECT status, vain_runs AS vain FROM privacy.anonymization_run WHERE institution_id = $1",
      [institution.id],
    );
    await batch.work(id);

    expect([...ends]).to.deep.equal(["the worker stops"]);
    expect(rows).to.deep.equal([{ status: "RUNNING", vain: 0 }]);
    expect(await batch.read(id)).to.include({ status: "DONE", progress: 1, failure: null });
    expect((await batch.items({ id })).map(({ contactNumber }) => contactNumber)).to.deep.equal([gone.contactNumber]);
  });

  it("goes on where a killed worker left off, and lists everybody once", async () => {
    const people = [gone];
    for (let count = 0; count < 5; count++) people.push(await lives.person("2010-01-01"));
    lives.at("2025-01-10");
    const { anonymizationRun } = await batch.call("simulateAnonymization", {});
    const { id } = anonymizationRun!;
    // it had come up to the third contact
    await db.owner.query(
      "UPDATE privacy.anonymization_run SET status = 'RUNNING', fence = 7, total = 6, processed = 3, cursor_id = $2 WHERE institution_id = $1",
      [institution.id, people[2]!.id],
    );

    await batch.work(id);

    const items = await batch.items({ id });
    expect(items.map(({ contactNumber }) => contactNumber)).to.deep.equal(
      people.slice(3).map(({ contactNumber }) => contactNumber),
    );
    expect(await batch.read(id)).to.include({ status: "DONE" });
  });

  /** A digest of each table's rows. */
  async function tables(): Promise<Map<string, string>> {
    const { rows } = await db.owner.query<{ name: string }>(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname IN ('platform', 'contacts', 'marketing', 'history', 'privacy', 'pgboss')`,
    );
    const digests = new Map<string, string>();
    for (const { name } of rows) {
      const found = await db.superuser(
        `SELECT md5(coalesce(string_agg(x::text, ' ' ORDER BY x::text), '')) AS d FROM ${name} x`,
      );
      digests.set(name, found.rows[0].d);
    }
    return digests;
  }
});
