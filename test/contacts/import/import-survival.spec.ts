import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";

import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { killed } from "../../support/killing.js";
import type { TestInstitution } from "../../support/rows.js";
import { auditOf, contactsOf, type FileRow, fileOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("imports that are disturbed", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  before(() => importer.open());
  afterEach(() => importer.stopWorker());

  /** Rows of every outcome, spread over several chunks. */
  const rows: FileRow[] = Array.from({ length: 22_000 }, (_, n) => {
    if (n % 7 === 3) return { email: `known${n % 500}@b.ch`, lastName: "Neu", town: "Bern" };
    if (n % 11 === 5) return { email: `a${n}`, lastName: "Fehler" };
    if (n % 13 === 6) return { email: `s${n}@b.ch`, lastName: "Relais", structureName: `École ${"abcdefgh"[n % 8]}` };
    return { email: `a${n % 21_000}@b.ch`, lastName: "Muster", referenceCode: String(n).padStart(6, "0") };
  });

  async function institutionWithContacts(): Promise<TestInstitution> {
    const institution = await db.institution();
    for (let n = 0; n < 500; n += 50) await db.insertContact({ institution, email: `Known${n}@b.ch`, lastName: "Alt" });
    return institution;
  }

  const bookkeeping = ["id", "institution_id", "contact_number", "created_at", "updated_at"];

  /** All that an import leaves, without what differs between two runs of the same file. */
  async function leftIn({ id }: TestInstitution) {
    const bare = (row: object) => Object.fromEntries(Object.entries(row).filter(([key]) => !bookkeeping.includes(key)));
    const sorted = (list: object[]) => list.map((row) => JSON.stringify(row)).sort();
    const { rows: reported } = await db.owner.query(
      "SELECT line, outcome, problems FROM contacts.import_row WHERE institution_id = $1 ORDER BY line",
      [id],
    );
    const audit = (await auditOf(db, id)).filter(({ field }) => field !== "contactNumber");
    return {
      contacts: sorted((await contactsOf(db, id)).map(bare)),
      audit: sorted(audit.map(({ job_id: _, ...entry }) => entry)),
      reported,
    };
  }

  async function undisturbed() {
    const institution = await institutionWithContacts();
    const context = importer.operator({ institution });
    await importer.startWorker();
    const report = await importer.import(fileOf(...rows), { context, onMatch: "UPDATE" });
    await importer.stopWorker();
    return { report, left: await leftIn(institution) };
  }

  const cursorOf = async (jobId: string): Promise<number> =>
    (await db.owner.query("SELECT cursor_line AS line FROM contacts.import_job WHERE id = $1", [jobId])).rows[0].line;

  function startRun(institution: TestInstitution, jobId: string, ...flags: string[]) {
    const script = new URL("./doomed-import.js", import.meta.url).pathname;
    const parameters = [db.appUrl, db.filesFolder, String(institution.id), jobId];
    return spawn(process.execPath, [...flags, script, ...parameters], { stdio: ["ignore", "inherit", "inherit"] });
  }

  /** Runs the import in a process that is killed some time after its next chunk. */
  async function runAndKill(institution: TestInstitution, jobId: string, afterMs: number): Promise<void> {
    const before = await cursorOf(jobId);
    const child = startRun(institution, jobId);
    await eventually(
      () => cursorOf(jobId),
      (line) => line > before,
    );
    await delay(afterMs);
    await killed(child);
  }

  it("end as if they had not been, after SIGKILL in the middle of chunks", async () => {
    const expected = await undisturbed();
    const institution = await institutionWithContacts();
    const context = importer.operator({ institution });
    const { importJob } = await importer.start(fileOf(...rows), { context, onMatch: "UPDATE" });
    const jobId = decodeId("ImportJob", importJob.id)!;

    for (const afterMs of [0, 90, 170]) await runAndKill(institution, jobId, afterMs);
    const interrupted = await importer.report(importJob.id, importer.operator({ institution }));
    await importer.startWorker();
    const report = await importer.ended(importJob.id, context, 60_000);

    expect(interrupted!.status).to.equal("RUNNING");
    expect(interrupted!.progress).to.be.greaterThan(0.5).and.lessThan(1);
    expect(report.counters).to.deep.equal(expected.report.counters);
    expect(report.counters).to.include({ total: rows.length, processed: rows.length });
    for (const outcome of ["created", "updated", "errors"])
      expect(report.counters[outcome], outcome).to.be.greaterThan(0);
    expect(await leftIn(institution)).to.deep.equal(expected.left);
  }).timeout(120_000);

  it("make each contact once when two bring the same file at the same time", async () => {
    const institution = await db.institution();
    const context = importer.operator({ institution });
    const emails = Array.from({ length: 6_000 }, (_, n) => ({ email: `a${n}@b.ch` }));
    const jobs = await Promise.all([1, 2].map(() => importer.start(fileOf(...emails), { context })));
    const { run } = importer.task();

    await Promise.all(
      jobs.map(({ importJob }) =>
        run({ institutionId: institution.id, id: decodeId("ImportJob", importJob.id)! }, new AbortController().signal),
      ),
    );
    const reports = await Promise.all(
      jobs.map(({ importJob }) => importer.report(importJob.id, importer.operator({ institution }))),
    );

    expect(await contactsOf(db, institution.id)).to.have.length(6_000);
    expect(reports[0]!.counters.created! + reports[1]!.counters.created!).to.equal(6_000);
    expect(reports[0]!.counters.skipped! + reports[1]!.counters.skipped!).to.equal(6_000);
  }).timeout(60_000);

  it("write nothing more once another run has taken them over", async () => {
    const institution = await db.institution();
    const { importJob } = await importer.start(fileOf({ email: "a@b.ch" }), {
      context: importer.operator({ institution }),
    });
    const payload = { institutionId: institution.id, id: decodeId("ImportJob", importJob.id)! };
    const { run } = importer.task();

    await Promise.all([1, 2, 3].map(() => run(payload, new AbortController().signal)));

    expect(await contactsOf(db, institution.id)).to.have.length(1);
    const report = await importer.report(importJob.id, importer.operator({ institution }));
    expect(report).to.deep.include({ status: "DONE", progress: 1 });
    expect(report!.rows).to.have.length(1);
  });

  it("are not given up however often their worker is stopped on purpose", async () => {
    const institution = await db.institution();
    const context = importer.operator({ institution });
    const { importJob } = await importer.start(fileOf({ email: "a@b.ch" }), { context });
    const payload = { institutionId: institution.id, id: decodeId("ImportJob", importJob.id)! };
    const { run } = importer.task();

    const stopped = new Set<string>();
    for (let n = 0; n < 25; n++)
      await run(payload, AbortSignal.abort()).catch((reason: Error) => stopped.add(reason.name));
    await run(payload, new AbortController().signal);

    expect([...stopped]).to.deep.equal(["AbortError"]);
    expect(await importer.report(importJob.id, importer.operator({ institution }))).to.include({ status: "DONE" });
  });

  it("need no more memory for a longer file", async () => {
    const institution = await db.institution();
    const wide = { street1: "x".repeat(100), street2: "y".repeat(100), street3: "z".repeat(100), town: "Bern" };
    const content = fileOf(...Array.from({ length: 60_000 }, (_, n) => ({ email: `a${n}@b.ch`, ...wide })));
    const { importJob } = await importer.start(content, { context: importer.operator({ institution }), mode: "CHECK" });
    const jobId = decodeId("ImportJob", importJob.id)!;

    // a run that keeps its rows ends with this; with 64 one that does not ended at times, where marking fell behind because
    // others took the processors
    const child = startRun(institution, jobId, "--max-old-space-size=80");
    const [code] = await once(child, "exit");

    expect(code).to.equal(0);
    const report = await importer.report(importJob.id, importer.operator({ institution }));
    expect(report!.counters).to.include({ wouldCreate: 60_000 });
  }).timeout(120_000);
});
