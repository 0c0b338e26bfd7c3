import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { lineOf, orderRecord, paymentRecord, productRecord, type RecordWish } from "../../support/ingest.js";
import { killed } from "../../support/killing.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Ingester, jsonLines } from "./ingester.js";
import { storedHistory } from "./stored-history.js";

describe("deliveries that are disturbed", () => {
  const db = useDatabase();
  const ingester = new Ingester(db);
  before(() => ingester.open());

  /** A house with two contacts whose numbers are those of every other house. */
  async function house(): Promise<TestInstitution> {
    const institution = await db.institution();
    for (const contact_number of ["7001", "7002"]) {
      const { id } = await db.insertContact({ institution });
      await db.owner.query("UPDATE contacts.contact SET contact_number = $2 WHERE id = $1", [id, contact_number]);
    }
    return institution;
  }

  /** Records of every outcome over several chunks: some in two versions, some wrong, payments before their orders. */
  function records(): RecordWish[] {
    const show = productRecord({ code: "SHOW" });
    const ana = { contactNumber: "7001" };
    const orders = Array.from({ length: 18_000 }, (_, n) => {
      const number = `N${n % 6_000}`;
      if (n % 7 === 3) return orderRecord({ orderNumber: number, version: 3, purchaser: { contactNumber: "0" } });
      const line = lineOf(show, null, null);
      const tickets = line.tickets.map((ticket) => ({ ...ticket, culturalContact: { contactNumber: "7002" } }));
      return orderRecord({
        orderNumber: number,
        version: 5 + (n % 5) + (n < 6_000 ? 0 : (n % 3) - 1),
        purchaser: ana,
        lines: [{ ...line, tickets }],
      });
    });
    const payments = Array.from({ length: 1_000 }, (_, n) =>
      paymentRecord({ opaqueId: "" } as TestContact, { externalId: `E${n}`, payer: ana, order: `N${n * 2}` }),
    );
    return [...payments, show, ...orders];
  }

  const cursorOf = async (jobId: string): Promise<string> => {
    const { rows } = await db.owner.query("SELECT reading, cursor_line FROM history.ingest_job WHERE id = $1", [jobId]);
    return `${rows[0].reading} ${rows[0].cursor_line}`;
  };

  function startRun({ id }: TestInstitution, jobId: string, ...flags: string[]) {
    const script = new URL("./doomed-ingest.js", import.meta.url).pathname;
    const parameters = [db.appUrl, db.filesFolder, String(id), jobId];
    return spawn(process.execPath, [...flags, script, ...parameters], { stdio: ["ignore", "inherit", "inherit"] });
  }

  it("leave what they would have left, after SIGKILL in the middle of chunks and readings", async () => {
    const file = jsonLines(records());
    const [calm, troubled] = [await house(), await house()];
    const expected = await ingester.deliver(file, { institution: calm });
    const wish = { institution: troubled };
    const { ingestJob } = await ingester.start(file, wish);
    const jobId = decodeId("IngestJob", ingestJob.id)!;

    for (const afterMs of [0, 60, 150]) {
      const before = await cursorOf(jobId);
      const child = startRun(troubled, jobId);
      await eventually(
        () => cursorOf(jobId),
        (place) => place !== before,
        60_000,
      );
      await delay(afterMs);
      await killed(child);
    }
    const interrupted = await ingester.report(ingestJob.id, wish);
    await ingester.run(ingestJob.id, troubled.id);
    const report = await ingester.report(ingestJob.id, wish);

    expect(interrupted.status).to.equal("RUNNING");
    expect(report.counters).to.deep.equal(expected.counters);
    expect(report.counters.processed).to.equal(19_001);
    for (const outcome of ["created", "updated", "stale", "errors"])
      expect(report.counters[outcome], outcome).to.be.greaterThan(0);
    expect(await storedHistory(db, troubled)).to.deep.equal(await storedHistory(db, calm));
    expect(report.notTaken.nodes).to.deep.equal(expected.notTaken.nodes);
  }).timeout(240_000);

  it("write each record once when two deliver the same file at the same time", async () => {
    const institution = await house();
    const file = jsonLines(records().slice(1_000, 4_000));
    const jobs = [await ingester.start(file, { institution }), await ingester.start(file, { institution })];

    await Promise.all(jobs.map(({ ingestJob }) => ingester.run(ingestJob.id, institution.id)));

    const reports = await Promise.all(jobs.map(({ ingestJob }) => ingester.report(ingestJob.id, { institution })));
    const [one, two] = reports.map(({ counters }) => counters);
    const { orders } = await storedHistory(db, institution);
    expect(one!.created! + two!.created!).to.equal(orders.length + 1);
  }).timeout(120_000);

  it("write nothing more once another run has taken them over", async () => {
    const institution = await house();
    const { ingestJob } = await ingester.start(jsonLines([orderRecord()]), { institution });

    await Promise.all([1, 2, 3].map(() => ingester.run(ingestJob.id, institution.id)));

    const report = await ingester.report(ingestJob.id, { institution });
    expect(report).to.deep.include({ status: "DONE", progress: 1 });
    expect(report.counters).to.include({ processed: 1, created: 1 });
  });

  it("need no more memory for a stream of 100,000 orders, whatever becomes of them", async () => {
    const institution = await house();
    const remark = "x".repeat(600);
    // every fifth names nobody who is there, every seventh comes in a second version
    const orders = Array.from({ length: 100_000 }, (_, n) => {
      const again = n % 7 === 6 ? 1 : 0;
      const purchaser = { contactNumber: n % 5 === 0 ? "0" : "7001" };
      return orderRecord({ orderNumber: `M${n - again}`, version: 1 + again, remark, purchaser });
    });
    const { ingestJob } = await ingester.start(jsonLines(orders), { institution });

    // the file as text is as large as that, its records as objects take several times as much
    const child = startRun(institution, decodeId("IngestJob", ingestJob.id)!, "--max-old-space-size=80");
    const [code] = await once(child, "exit");

    expect(code).to.equal(0);
    const { counters } = await ingester.report(ingestJob.id, { institution });
    expect(counters).to.include({ processed: 100_000, errors: 20_000 });
    const { rows } = await db.owner.query(
      "SELECT count(*)::int AS count FROM history.sales_order WHERE institution_id = $1",
      [institution.id],
    );
    expect(rows[0].count).to.equal(counters.created);
  }).timeout(180_000);
});
