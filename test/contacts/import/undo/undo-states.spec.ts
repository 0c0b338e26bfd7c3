import { expect } from "chai";
import { importRetention, importUndoTask } from "../../../../src/contacts/index.js";
import { useDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import { authorizationsOf, contactWith, ledgerOf } from "../keyed/authorization-rows.js";
import { ImportDesk, type Importing } from "../keyed/desk.js";
import { TemplateDesk } from "../template/templates.js";
import { anna, outcomesOf, UndoDesk } from "./undoing.js";

const day = 24 * 3_600_000;

describe("imports that are to be undone (6.1, 6.7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const undoing = new UndoDesk(db, desk);

  desk.openDuringTests();

  const keyOf = (id: string) => Buffer.from(id, "base64url").toString().split(":")[1]!;

  async function imported(as: Importing = anna, mode: "CHECK" | "UPDATE" = "UPDATE") {
    const contact = await contactWith(db, {}, { language: "en" });
    const report = await desk.import(`contactId;[new]SMS\n${contact.opaqueId};TRUE`, { as, mode });
    return { contact, id: report.id };
  }

  const inState = async (status: string) => {
    const job = await imported();
    await db.owner.query("UPDATE contacts.import_job SET status = $2 WHERE id = $1", [keyOf(job.id), status]);
    return job;
  };

  it("are undone once", async () => {
    const { id, contact } = await imported();

    const twins = await Promise.all([undoing.ask(id), undoing.ask(id)]);
    await undoing.ended(id);
    const later = await undoing.codes(id);

    expect(twins.flatMap(({ userErrors }) => userErrors)).to.deep.equal([{ code: "IMPORT_UNDONE", field: ["id"] }]);
    expect(twins.find(({ importJob }) => importJob)!.importJob!.status).to.be.oneOf(["UNDOING", "UNDONE"]);
    expect(later).to.deep.equal(["IMPORT_UNDONE"]);
    expect((await ledgerOf(db, contact)).map(({ source }) => source)).to.deep.equal(["IMPORT", "UNDO"]);
  });

  it("are the same undo when the request is repeated with its key", async () => {
    const { id } = await imported();

    const answers = [await undoing.ask(id, anna, "again"), await undoing.ask(id, anna, "again")];

    expect(answers.flatMap(({ userErrors }) => userErrors)).to.deep.equal([]);
    expect(answers.map(({ importJob }) => importJob!.id)).to.deep.equal([id, id]);
  });

  it("are updates that have ended and written something", async () => {
    const check = await imported(anna, "CHECK");
    const nothing = await desk.import("contactId;[new]SMS\nunknown;TRUE");

    expect(await undoing.codes(check.id)).to.deep.equal(["NOTHING_TO_UNDO"]);
    expect((await undoing.report(check.id)).undoableUntil).to.equal(null);
    expect(await undoing.codes(nothing.id)).to.deep.equal(["NOTHING_TO_UNDO"]);
    for (const status of ["QUEUED", "RUNNING"])
      expect(await undoing.codes((await inState(status)).id), status).to.deep.equal(["IMPORT_NOT_ENDED"]);
    for (const status of ["FAILED", "CANCELLED"]) {
      const { id, contact } = await inState(status);
      expect(await undoing.undo(id), status).to.deep.include({ status: "UNDONE" });
      expect(await authorizationsOf(db, contact)).to.deep.equal({});
    }
  });

  it("are those of one's own for partners, and of no higher clearance for others", async () => {
    const { id } = await imported();
    const partner: Importing = { login: "partner", kind: "PARTNER", clearance: 2 };
    await new TemplateDesk(db, desk).target("en", { sharedWith: "partner" });
    const own = await imported(partner);

    expect(await undoing.codes(id, partner)).to.deep.equal(["IMPORT_NOT_FOUND"]);
    expect(await undoing.codes(id, { login: "free.reader", clearance: 0 })).to.deep.equal(["IMPORT_NOT_FOUND"]);
    expect(await undoing.codes("nothing")).to.deep.equal(["IMPORT_NOT_FOUND"]);
    expect(outcomesOf(await undoing.undo(own.id, partner))).to.deep.equal(["UNDONE"]);
  });

  it("can be undone for 30 days, while their rows are kept", async () => {
    const { id } = await imported();
    const { id: inTime } = await imported();
    const { undoableUntil } = await undoing.report(id);
    const rowsOf = async (job: string) => (await undoing.report(job)).rows.length;
    const retention = () => importRetention(desk.application.services).run(new AbortController().signal);
    const endedAgo = (job: string, ms: number) =>
      db.owner.query("UPDATE contacts.import_job SET finished_at = $2 WHERE id = $1", [
        keyOf(job),
        new Date(db.clock.now().getTime() - ms),
      ]);
    await endedAgo(id, 30 * day + 60_000);
    await endedAgo(inTime, 30 * day - 60_000);

    expect(await undoing.codes(id)).to.deep.equal(["UNDO_EXPIRED"]);
    expect(await undoing.undo(inTime)).to.include({ status: "UNDONE" });
    await endedAgo(inTime, 31 * day);
    await retention();

    expect(new Date(undoableUntil!).getTime() - db.clock.now().getTime()).to.be.within(30 * day - 60_000, 30 * day);
    expect(await rowsOf(id), "expired").to.equal(0);
    expect(await rowsOf(inTime), "undone a moment ago").to.equal(1);
    expect(await undoing.codes(id)).to.deep.equal(["UNDO_EXPIRED"]);
    await db.owner.query("UPDATE contacts.import_job SET undone_at = undone_at - interval '31 days' WHERE id = $1", [
      keyOf(inTime),
    ]);
    await retention();
    expect(await rowsOf(inTime)).to.equal(0);
    const { rows } = await db.owner.query("SELECT FROM contacts.import_undo_row WHERE job_id = $1", [keyOf(inTime)]);
    expect(rows).to.have.length(0);
  });

  it("are what they were, and can be undone further, when who undoes may not any more", async () => {
    const { id, contact } = await imported();
    await db.owner.query(
      `UPDATE contacts.import_job SET status = 'UNDOING', status_before_undo = 'DONE',
         undo_claims = jsonb_set(claims, '{permissions}', '[]') || '{"roles": []}' WHERE id = $1`,
      [keyOf(id)],
    );

    const { services } = desk.application;
    await importUndoTask(services).run({ institutionId: db.home.id, id: keyOf(id) }, new AbortController().signal);
    const stopped = await undoing.report(id);
    const report = await undoing.undo(id);

    expect(stopped).to.include({ status: "DONE", undoneAt: null });
    expect(stopped.undoError).to.deep.equal({
      code: "UNDO_NOT_PERMITTED",
      message: "The operator who had the import undone may no longer run imports.",
    });
    expect(report).to.deep.include({ status: "UNDONE", undoError: null });
    expect(await authorizationsOf(db, contact)).to.deep.equal({});
  });

  it("are not given up however often their worker is stopped on purpose, and written by one run alone", async () => {
    const { id, contact } = await imported();
    await db.owner.query(
      "UPDATE contacts.import_job SET status = 'UNDOING', status_before_undo = 'DONE', undo_claims = claims WHERE id = $1",
      [keyOf(id)],
    );
    const { run } = importUndoTask(desk.application.services);
    const payload = { institutionId: db.home.id, id: keyOf(id) };

    const ends = new Set<unknown>();
    for (let n = 0; n < 25; n++) ends.add(await run(payload, AbortSignal.abort()).catch((error: Error) => error.name));
    await Promise.all([1, 2, 3].map(() => run(payload, new AbortController().signal)));
    const report = await eventually(
      () => undoing.report(id),
      ({ status }) => status === "UNDONE",
    );

    expect([...ends]).to.deep.equal(["AbortError"]);
    expect(report.counters).to.include({ undone: 1, kept: 0 });
    expect((await ledgerOf(db, contact)).map(({ source }) => source)).to.deep.equal(["IMPORT", "UNDO"]);
  });

  it("are given up with a code when they come to no end", async () => {
    const { id } = await imported();
    await db.owner.query(
      `UPDATE contacts.import_job SET status = 'UNDOING', status_before_undo = 'DONE', undo_claims = claims,
         vain_runs = 20 WHERE id = $1`,
      [keyOf(id)],
    );

    const { services } = desk.application;
    await importUndoTask(services).run({ institutionId: db.home.id, id: keyOf(id) }, new AbortController().signal);

    const report = await undoing.report(id);
    expect([report.status, report.undoError!.code]).to.deep.equal(["DONE", "IMPORT_INTERRUPTED"]);
  });
});
