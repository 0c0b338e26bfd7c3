import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { killed } from "../../support/killing.js";
import { answered } from "./campaigns.js";
import { counts, Sender } from "./sender.js";

const people = 300;
const together = 10;

describe("campaigns whose run is disturbed", () => {
  const db = useDatabase();
  let sender: Sender;

  beforeEach(async () => {
    sender = await Sender.of(db);
    await db.owner.query(
      `WITH made AS (
         INSERT INTO contacts.contact (institution_id, contact_type, last_name, email, language, created_at, updated_at)
         SELECT $1, 'INDIVIDUAL', 'Muster', 'p' || n || '@example.org', 'fr', now(), now()
         FROM generate_series(1, $2::int) n RETURNING institution_id, id, email_key)
       INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level,
         has_email, email_hash, institution_email)
       SELECT institution_id, id, 'INDIVIDUAL', 0, true, platform.address_hash(email_key),
         CASE id % 3 WHEN 0 THEN false WHEN 1 THEN true END
       FROM made`,
      [sender.institution.id, people],
    );
    // so many rows at once are a table that PostgreSQL does not know yet
    await db.owner.query("ANALYZE contacts.contact, marketing.contact_marketing");
  });

  const processed = async (run: string): Promise<number> => {
    const { rows } = await db.owner.query("SELECT processed FROM marketing.campaign_run WHERE id = $1", [run]);
    return rows[0].processed;
  };
  const start = (run: string) => {
    const script = new URL("./doomed-campaign.js", import.meta.url).pathname;
    const parameters = [db.appUrl, db.filesFolder, String(sender.institution.id), run, String(together)];
    return spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "inherit", "inherit"] });
  };
  const isIntact = async (id: string) => {
    const document = `query ($id: ID!) { campaignManifest(campaignId: $id) { check { isIntact isSealed rows } } }`;
    return ((await answered(sender.context, document, { id })).campaignManifest as { check: object }).check;
  };

  it("send to each once, after SIGKILL in the middle of chunks", async () => {
    const id = await sender.campaign();
    const run = await sender.ask(id);

    for (const afterMs of [0, 30, 80]) {
      const before = await processed(run);
      const child = start(run);
      await eventually(
        () => processed(run),
        (now) => now > before,
        60_000,
      );
      await delay(afterMs);
      await killed(child);
    }
    const interrupted = await sender.read(id);
    await sender.work(run, together);

    const ended = await sender.read(id);
    expect(interrupted.run!.status).to.equal("RUNNING");
    expect(ended.run).to.deep.include({ status: "DONE", progress: 1, changed: 0 });
    expect(counts(ended.run!.outcomes)).to.deep.equal(counts(ended.run!.expected!.outcomes));
    const shipped = await sender.shipped();
    expect(shipped).to.have.length(counts(ended.run!.outcomes).SEND!);
    expect(new Set(shipped).size).to.equal(shipped.length);
    expect((await sender.manifest(run)).map(({ position }) => position)).to.deep.equal(
      Array.from({ length: people }, (_, n) => n + 1),
    );
    expect(await isIntact(id)).to.deep.equal({ isIntact: true, isSealed: true, rows: people });
  }).timeout(120_000);

  it("leave off when their process stops, and are not counted against them", async () => {
    const run = await sender.ask(await sender.campaign());
    const stopping = new AbortController();
    sender.beforeShipments = async () => stopping.abort(new Error("the worker stops"));

    const fault = await sender.work(run, together, stopping.signal).catch((error: Error) => error);
    sender.beforeShipments = undefined;

    expect(fault).to.be.instanceOf(Error);
    expect(await processed(run)).to.equal(together);
    const { rows } = await db.owner.query("SELECT vain_runs FROM marketing.campaign_run WHERE id = $1", [run]);
    expect(rows).to.deep.equal([{ vain_runs: 0 }]);
  });

  it("fail after too many runs in vain, and can be run again", async () => {
    const id = await sender.campaign();
    const run = await sender.ask(id);
    await db.owner.query("UPDATE marketing.campaign_run SET vain_runs = 20 WHERE id = $1", [run]);

    await sender.work(run);

    expect((await sender.read(id)).run!.failure).to.include({ code: "CAMPAIGN_RUN_INTERRUPTED" });
    expect((await sender.send(id)).state).to.equal("SENT");
  });

  it("send to nobody again who was sent to before they failed", async () => {
    const id = await sender.campaign();
    const first = await sender.ask(id);
    let chunks = 0;
    sender.beforeShipments = async () => {
      chunks += 1;
      if (chunks === 3) sender.today = { hasLeft: true };
    };
    await sender.work(first, together);
    const before = await sender.shipped();
    expect((await sender.read(id)).state).to.equal("FAILED");
    sender.today = {};
    sender.beforeShipments = undefined;

    await sender.send(id);

    const after = await sender.shipped();
    expect(before.length).to.be.greaterThan(0);
    expect(new Set(after).size)
      .to.equal(after.length)
      .and.to.equal(people / 3);
  });
});
