import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { isDeep } from "../../non-interference/chance.js";
import { type TestDatabase, useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { killed } from "../../support/killing.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";
import { contentOf, insertCrowd } from "./crowd.js";

/** `mocha dist/test/privacy/runs/survival.spec.js --deep` kills as often as it can. */
const people = isDeep ? 60_000 : 5_000;
const kills = isDeep ? 40 : 3;

describe("a RUN that is killed (4.5)", function () {
  this.timeout(isDeep ? 0 : 300_000);
  const db = useDatabase();
  const undisturbed = useDatabase();
  let batch: Batch;
  /** At most how long a step is let go on: with few steps, the run is not to end before it is killed. */
  let longestMs: number;

  before(async () => {
    const other = await planned(undisturbed);
    const startedAt = performance.now();
    await other.batch.work(other.id);
    const stepMs = (performance.now() - startedAt) / Math.ceil(people / 2_000);
    longestMs = isDeep ? stepMs : Math.min(stepMs / 2, 400);
  });

  it("leaves nobody half erased, wherever it was, goes on to the end, and all is as if nobody had killed it", async () => {
    const ready = await planned(db);
    const { id } = ready;
    batch = ready.batch;

    let interrupted = 0;
    for (let kill = 0; kill < kills && (kill === 0 || !(await hasEnded())); kill++) {
      const before = await place();
      const child = startRun(id);
      // the first before anything, the others somewhere behind a step
      if (kill > 0) await eventually(place, (now) => now !== before, 60_000);
      await delay(Math.random() * longestMs);
      await killed(child);
      await expectWhole(decodeId("AnonymizationRun", id)!);
      if (!(await hasEnded())) interrupted++;
    }
    await batch.work(id);
    const run = await batch.read(id);

    expect(interrupted).to.be.at.least(isDeep ? 10 : 2);
    expect(run).to.deep.include({ status: "DONE", progress: 1 });
    expect(run?.counts).to.include({ anonymize: people / 2, delete: people / 2, changedSincePlan: 0 });
    expect(run?.log.map(({ code }) => code)).to.include("RUN_RESUMED");
    expect(await count("contacts.contact WHERE last_name <> 'XXXXXXXX'")).to.equal(0);
    expect(await contentOf(db)).to.deep.equal(await contentOf(undisturbed));
  });

  /** A crowd, and a RUN of the plan for it that nobody has begun. */
  async function planned(database: TestDatabase): Promise<{ batch: Batch; id: string }> {
    const officer = await Batch.of(database, database.home);
    new Lives(database, database.home).at("2025-01-10");
    await insertCrowd(database, database.home, people);
    const plan = await officer.simulate();
    const { anonymizationRun } = await officer.call("runAnonymization", { planHash: plan.planHash! });
    return { batch: officer, id: anonymizationRun!.id };
  }

  function startRun(runId: string) {
    const script = new URL("./doomed-run.js", import.meta.url).pathname;
    const id = decodeId("AnonymizationRun", runId)!;
    const parameters = [db.appUrl, db.filesFolder, String(db.home.id), id, db.clock.now().toISOString()];
    return spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "inherit", "inherit"] });
  }

  async function ofRun(columns: string): Promise<string> {
    const { rows } = await db.owner.query(
      `SELECT ${columns} AS found FROM privacy.anonymization_run WHERE institution_id = $1 AND mode = 'RUN'`,
      [db.home.id],
    );
    return rows[0].found;
  }
  const place = () => ofRun("phase || ' ' || cursor_id");
  const hasEnded = async () => (await ofRun("status")) === "DONE";

  const count = async (from: string) => {
    const { rows } = await db.owner.query(`SELECT count(*)::int AS n FROM ${from} AND institution_id = $1`, [
      db.home.id,
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
