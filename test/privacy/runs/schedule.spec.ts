import { expect } from "chai";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { nextOccurrence } from "../../../src/platform/jobs/index.js";
import { anonymizationScheduleTask, runItemPurge } from "../../../src/privacy/index.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";

const schedule = `mutation ($input: ScheduleAnonymizationInput!) { scheduleAnonymization(input: $input) {
  anonymizationSchedule { id cron nextAt mode inactivityMonths owner planHash } userErrors { code field } } }`;
const ensure = `mutation { ensureBatchType(input: { code: INACTIVE_CONTACTS }) { batchType { code label createdBy } } }`;

describe("a schedule of the batch for inactive contacts (F53, F57)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let lives: Lives;
  let batch: Batch;
  let gone: TestContact;

  beforeEach(async () => {
    institution = await db.institution();
    lives = new Lives(db, institution);
    batch = await Batch.of(db, institution);
    gone = await lives.person("2010-01-01");
    lives.at("2025-01-10");
  });

  async function make(input: object, context = batch.context()) {
    const { data, errors } = await ask(context, schedule, { input });
    if (errors) throw errors[0];
    return data?.scheduleAnonymization;
  }
  const codes = async (input: object, context = batch.context()) =>
    (await make(input, context)).userErrors.map(({ code }: { code: string }) => code);
  const ensureType = () => ask(batch.context({ locale: "fr" }), ensure);

  /** The worker's part of an occurrence, and of the runs that it begins. Answers their modes and states. */
  async function occur(id: string): Promise<string[]> {
    const payload = { institutionId: institution.id, id: decodeId("AnonymizationSchedule", id)! };
    await anonymizationScheduleTask(batch.services).run(payload, new AbortController().signal);
    for (;;) {
      const { rows } = await db.owner.query<{ id: string; opaque: string }>(
        "SELECT id FROM privacy.anonymization_run WHERE institution_id = $1 AND status = 'QUEUED'",
        [institution.id],
      );
      if (rows.length === 0) break;
      for (const row of rows) await batch.work(Buffer.from(`AnonymizationRun:${row.id}`).toString("base64url"));
    }
    const list = "{ anonymizationRuns(first: 10) { nodes { mode status startedBy } } }";
    const { data } = await ask(batch.context(), list);
    return data?.anonymizationRuns.nodes.map(({ mode, status }: Record<string, string>) => `${mode} ${status}`);
  }
  const isThere = async () =>
    ((await db.owner.query("SELECT FROM contacts.contact WHERE id = $1", [gone.id])).rowCount ?? 0) > 0;

  it("needs the batch type, which is made once however often it is asked for, with its name (F57)", async () => {
    expect(await codes({ cron: "0 3 1 * *" })).to.deep.equal(["BATCH_TYPE_MISSING"]);

    await ensureType();
    const { data } = await ensureType();

    expect(data?.ensureBatchType.batchType).to.deep.equal({
      ...{ code: "INACTIVE_CONTACTS", label: "Suppression/anonymisation des contacts inactifs", createdBy: "dpo" },
    });
    const { rowCount } = await db.owner.query("SELECT FROM privacy.batch_type WHERE institution_id = $1", [
      institution.id,
    ]);
    expect(rowCount).to.equal(1);
    expect((await make({ cron: "0 3 1 * *" })).anonymizationSchedule).to.include({ cron: "0 3 1 * *" });
  });

  it("simulates after 36 months when nothing else is said, in the time zone of the institution (F53, F54)", async () => {
    await ensureType();

    const { anonymizationSchedule } = await make({ cron: "0 3 1 7 *" });

    expect(anonymizationSchedule).to.include({
      mode: "SIMULATION",
      inactivityMonths: 36,
      owner: "dpo",
      planHash: null,
    });
    expect(anonymizationSchedule.nextAt).to.equal("2025-07-01T01:00:00.000Z");
    const { rows } = await db.owner.query(
      "SELECT name, cron, timezone, data FROM pgboss.schedule WHERE name LIKE 'privacy.anonymization%' AND key LIKE $1",
      [`${institution.id}-%`],
    );
    expect(rows).to.deep.equal([
      {
        ...{ name: "privacy.anonymization-schedule", cron: "0 3 1 7 *", timezone: "Europe/Zurich" },
        data: { institutionId: institution.id, id: decodeId("AnonymizationSchedule", anonymizationSchedule.id) },
      },
    ]);
    expect(await occur(anonymizationSchedule.id)).to.deep.equal(["SIMULATION DONE"]);
    expect(await isThere()).to.equal(true);
  });

  it("of RUNs is confirmed once, by a simulation under the same periods; then it plans and carries out by itself", async () => {
    await ensureType();
    const { planHash } = await batch.simulate();
    const wish = { cron: "0 3 * * *", mode: "RUN" };

    expect(await codes(wish)).to.deep.equal(["RUN_NEEDS_PLAN"]);
    expect(await codes({ ...wish, planHash: "0".repeat(64) })).to.deep.equal(["SIMULATION_NOT_FOUND"]);
    expect(await codes({ ...wish, planHash, inactivityMonths: 12 })).to.deep.equal(["SIMULATION_OF_OTHER_PERIODS"]);
    const { anonymizationSchedule } = await make({ ...wish, planHash });

    expect(await occur(anonymizationSchedule.id)).to.deep.equal(["RUN DONE", "SIMULATION DONE", "SIMULATION DONE"]);
    expect(await isThere()).to.equal(false);
  });

  it("acts with its owner's rights of the day", async () => {
    await ensureType();
    const { planHash } = await batch.simulate();
    const { anonymizationSchedule } = await make({ cron: "0 3 * * *", mode: "RUN", planHash });
    await db.owner.query("UPDATE privacy.operator SET clearance = 1 WHERE institution_id = $1", [institution.id]);
    db.clock.advance(60_000);

    const modes = await occur(anonymizationSchedule.id);

    expect(modes.at(0)).to.equal("SIMULATION FAILED");
    expect(await isThere()).to.equal(true);
  });

  it("leaves an occurrence out while what it began has not ended", async () => {
    await ensureType();
    const { anonymizationSchedule } = await make({ cron: "0 3 * * *" });
    const payload = { institutionId: institution.id, id: decodeId("AnonymizationSchedule", anonymizationSchedule.id)! };
    const task = anonymizationScheduleTask(batch.services);

    for (let count = 0; count < 2; count++) await task.run(payload, new AbortController().signal);

    const { rowCount } = await db.owner.query("SELECT FROM privacy.anonymization_run WHERE institution_id = $1", [
      institution.id,
    ]);
    expect(rowCount).to.equal(1);
  });

  it("is listed, and removed with its place in the queue", async () => {
    await ensureType();
    const { anonymizationSchedule } = await make({ cron: "0 3 * * *" });
    const list = async () =>
      (await ask(batch.context(), "{ anonymizationSchedules { id } }")).data?.anonymizationSchedules;
    const remove = `mutation ($input: RemoveAnonymizationScheduleInput!) { removeAnonymizationSchedule(input: $input) {
      removedId userErrors { code } } }`;
    const removed = async () =>
      (await ask(batch.context(), remove, { input: { id: anonymizationSchedule.id } })).data
        ?.removeAnonymizationSchedule;
    expect(await list()).to.deep.equal([{ id: anonymizationSchedule.id }]);

    expect(await removed()).to.deep.equal({ removedId: anonymizationSchedule.id, userErrors: [] });
    expect(await removed()).to.deep.equal({
      removedId: null,
      userErrors: [{ code: "ANONYMIZATION_SCHEDULE_NOT_FOUND" }],
    });

    expect(await list()).to.deep.equal([]);
    const { rowCount } = await db.owner.query("SELECT FROM pgboss.schedule WHERE key LIKE $1", [`${institution.id}-%`]);
    expect(rowCount).to.equal(0);
    expect(await occur(anonymizationSchedule.id)).to.deep.equal([]);
  });

  for (const cron of ["", "every night", "* * * * * *", "61 3 * * *", "0 3 31 2 *", "0 3 * *"])
    it(`is refused for "${cron}"`, async () => {
      await ensureType();

      expect(await codes({ cron })).to.deep.equal(["INVALID_CRON"]);
    });

  it("knows the next time across the change of clocks", () => {
    const zurich = (cron: string, after: string) =>
      nextOccurrence({ cron, timeZone: "Europe/Zurich" }, new Date(after))?.toISOString();

    expect(zurich("0 3 * * *", "2026-03-28T12:00:00Z")).to.equal("2026-03-29T01:00:00.000Z");
    expect(zurich("0 3 * * *", "2026-10-24T12:00:00Z")).to.equal("2026-10-25T02:00:00.000Z");
  });

  it("keeps the lists of its runs for 30 days, and the runs for good (4.6)", async () => {
    const run = await batch.simulate();
    const purge = () => runItemPurge(batch.services).run(new AbortController().signal);

    lives.at("2025-02-09");
    await purge();
    expect(await batch.items(run)).to.have.length(1);
    db.clock.set("2025-02-09T12:00:01Z");
    await purge();

    expect(await batch.items(run)).to.deep.equal([]);
    expect((await batch.read(run.id))?.counts).to.include({ delete: 1 });
  });
});
