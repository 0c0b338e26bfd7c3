import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { expect } from "chai";
import type pg from "pg";
import { importTemplateTask } from "../../../src/contacts/index.js";
import type { FileStore } from "../../../src/platform/files/index.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { dump, filesOf, Markers } from "../../privacy/erasure/markers.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import type { TestContact } from "../../support/rows.js";
import { contactWith } from "./keyed/authorization-rows.js";
import { type DeskReport, type DeskWish, ImportDesk } from "./keyed/desk.js";
import { TemplateDesk } from "./template/templates.js";
import { anna, outcomesOf, UndoDesk } from "./undo/undoing.js";

interface Victim extends TestContact {
  readonly email: string;
  readonly markers: Markers;
}

describe("erasing a contact while an import of him is on its way (4.5, 6.7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const undoing = new UndoDesk(db, desk);
  const templates = new TemplateDesk(db, desk);

  desk.openDuringTests();

  let victims = 0;

  /** Somebody with a name and an address that stand nowhere else. */
  async function victim(): Promise<Victim> {
    const markers = new Markers(`gone${"bcdfghjklmnp"[victims++]}`);
    const email = markers.email("address");
    const contact = await contactWith(db, { SMS: "TRUE" }, { email, lastName: markers.text("name") });
    return { ...contact, email, markers };
  }

  async function erase({ opaqueId }: Pick<TestContact, "opaqueId">, wish: object = {}): Promise<void> {
    const { data, errors } = await desk.ask(
      anna,
      "mutation ($input: AnonymizeContactInput!) { anonymizeContact(input: $input) { userErrors { code } } }",
      { input: { contactId: opaqueId, ...wish } },
    );
    expect(errors ?? data.anonymizeContact.userErrors).to.deep.equal([]);
  }

  /** Works while a transaction of somebody else holds a lock that an import is waiting for. */
  async function while_(lock: string, values: unknown[], start: () => Promise<unknown>, work: () => Promise<unknown>) {
    const holder: pg.PoolClient = await db.owner.connect();
    try {
      await holder.query("BEGIN");
      await holder.query(lock, values);
      const started = start();
      await untilWaiting(1);
      const working = work();
      await Promise.race([working, untilWaiting(2)]);
      await holder.query("COMMIT");
      await working;
      return await started;
    } finally {
      holder.release(true);
    }
  }

  const untilWaiting = (count: number) =>
    eventually(
      () => db.superuser("SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'", [db.name]),
      ({ rowCount }) => rowCount! >= count,
    );

  const contactsFile = (...rows: [email: string, name: string, town: string][]) =>
    ["email;lastName;town", ...rows.map((row) => row.join(";"))].join("\r\n");
  const smsFile = (...contacts: TestContact[]) =>
    ["contactId;[old]SMS;[new]SMS", ...contacts.map(({ opaqueId }) => `${opaqueId};TRUE;F`)].join("\r\n");
  const codesOf = ({ rows }: DeskReport) =>
    rows.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)].join(" "));

  const update = { type: "CONTACTS", onMatch: "UPDATE", as: anna } as const satisfies DeskWish;

  /** Of him there is nothing, in no table and no file; a row that names him by his id has nothing else of him. */
  async function expectGone({ id, markers }: Victim): Promise<void> {
    const texts = [...(await dump(db)), ...(await filesOf(dirname(desk.mailFolder)))];
    const places = texts.flatMap(([place, text]) => markers.foundIn(text).map((marker) => `${marker} in ${place}`));
    expect(places).to.deep.equal([]);
    const { rows } = await db.owner.query(
      "SELECT fields, criteria, was_agreed, key_digest FROM contacts.import_row WHERE contact_id = $1 AND num_nonnulls(fields, criteria, was_agreed, key_digest) > 0",
      [id],
    );
    expect(rows).to.deep.equal([]);
  }

  const reportUrlOf = async ({ id }: DeskReport): Promise<string | null> => {
    const { data } = await desk.ask(anna, `query ($id: ID!) { importJob(id: $id) { reportUrl } }`, { id });
    return data.importJob.reportUrl;
  };

  it("before its chunk refuses his row, keeps nobody else's from being written, and makes no report with him", async () => {
    const first = await contactWith(db, {}, { email: `${randomUUID()}@example.org` });
    const { rows } = await db.owner.query("SELECT email FROM contacts.contact WHERE id = $1", [first.id]);
    const gone = await victim();
    const file = contactsFile(
      [rows[0].email, "New", "Bern"],
      [gone.email, gone.markers.text("file"), gone.markers.text("town")],
    );

    const report = (await while_(
      "SELECT FROM contacts.contact WHERE id = $1 FOR UPDATE",
      [first.id],
      () => desk.import(file, update),
      () => erase(gone),
    )) as DeskReport;

    expect(codesOf(report)).to.deep.equal(["UPDATED", "ERROR CONTACT_ERASED"]);
    expect(await reportUrlOf(report)).to.equal(null);
    await expectGone(gone);
  });

  for (const [what, wish, code] of [
    ["anonymized", {}, "CONTACT_ANONYMIZED"],
    ["removed", { deleteIfProspect: true }, "CONTACT_NOT_FOUND"],
  ] as const) {
    it(`before its chunk is told of by its code in files with keys (${what})`, async () => {
      const first = await contactWith(db, { SMS: "TRUE" });
      const gone = await victim();

      const report = (await while_(
        "SELECT FROM contacts.contact WHERE id = $1 FOR UPDATE",
        [first.id],
        () => desk.import(smsFile(first, gone), { as: anna }),
        () => erase(gone, wish),
      )) as DeskReport;

      expect(codesOf(report)).to.deep.equal(["UPDATED", `ERROR ${code}`]);
      await expectGone(gone);
    });
  }

  it("between check and update leaves nothing of him in the plan, and the update does nothing with him", async () => {
    const [gone, keyed] = [await victim(), await victim()];
    const file = contactsFile([gone.email, gone.markers.text("file"), gone.markers.text("town")]);
    const check = await desk.import(file, { ...update, mode: "CHECK" });
    const keyedCheck = await desk.import(smsFile(keyed), { as: anna, mode: "CHECK" });
    await erase(gone);
    await erase(keyed);
    await expectGone(gone);

    const report = await desk.import(file, { ...update, approvedPlanHash: check.planHash });
    const keyedReport = await desk.import(smsFile(keyed), { as: anna, approvedPlanHash: keyedCheck.planHash });

    expect([...codesOf(check), ...codesOf(keyedCheck)]).to.deep.equal(["WOULD_UPDATE", "WOULD_UPDATE"]);
    expect(codesOf(report)).to.deep.equal(["CONFLICT PLAN_CHANGED"]);
    expect(codesOf(keyedReport)).to.deep.equal(["CONFLICT PLAN_CHANGED"]);
    await desk.application.services.files.remove((await reportFileOf(report))!);
    await expectGone(gone);
    await expectGone(keyed);
  });

  const reportFileOf = async ({ id }: DeskReport): Promise<string | null> => {
    const { rows } = await db.owner.query("SELECT report_file_id AS file FROM contacts.import_job WHERE id = $1", [
      decodeId("ImportJob", id),
    ]);
    return rows[0].file;
  };

  it("after its chunk and before the undo leaves him erased, and the undo says that he is not found", async () => {
    const gone = await victim();
    const newcomer = gone.markers.email("newcomer");
    const file = contactsFile([gone.email, gone.markers.text("file"), "Genf"], [newcomer, "Neu", "Genf"]);
    const imported = await desk.import(file, update);
    const keyed = await desk.import(smsFile(gone), { as: anna });
    const { rows } = await db.owner.query("SELECT id FROM contacts.contact WHERE email = $1", [newcomer]);
    await erase(gone);
    await erase({ opaqueId: Buffer.from(`Contact:${rows[0].id}`).toString("base64url") });

    const [undone, keyedUndone] = [await undoing.undo(imported.id), await undoing.undo(keyed.id)];

    expect([...codesOf(imported), ...codesOf(keyed)]).to.deep.equal(["UPDATED", "CREATED", "UPDATED"]);
    expect(outcomesOf(undone)).to.deep.equal(["KEPT CONTACT_NOT_FOUND", "KEPT CONTACT_NOT_FOUND"]);
    expect(outcomesOf(keyedUndone)).to.deep.equal(["KEPT CONTACT_NOT_FOUND"]);
    await expectGone(gone);
    const { rows: left } = await db.owner.query(
      "SELECT last_name, anonymized_at IS NOT NULL AS anonymized FROM contacts.contact WHERE id = $1",
      [gone.id],
    );
    expect(left[0]).to.deep.equal({ last_name: "XXXXXXXX", anonymized: true });
  });

  for (const [when, lock] of [
    ["before its rows are kept", "LOCK TABLE contacts.import_plan_chunk IN EXCLUSIVE MODE"],
    ["while its rows are kept", "LOCK TABLE contacts.import_row IN EXCLUSIVE MODE"],
  ] as const) {
    it(`in the middle of a chunk of a check leaves nothing of him in its rows, ${when}`, async () => {
      const gone = await victim();
      const file = contactsFile([gone.email, gone.markers.text("file"), gone.markers.text("town")]);

      const report = (await while_(
        lock,
        [],
        () => desk.import(file, { ...update, mode: "CHECK" }),
        () => erase(gone),
      )) as DeskReport;

      expect(codesOf(report)).to.deep.equal(["WOULD_UPDATE"]);
      await expectGone(gone);
    });
  }

  it("who is in a template that is being made, has it made anew", async () => {
    const gone = await victim();
    const language = "sv";
    await db.owner.query("UPDATE contacts.contact SET language = $2 WHERE id = $1", [gone.id, language]);
    const { services } = desk.application;
    const { files } = services;
    let puts = 0;
    const store: FileStore = {
      async put(...parameters) {
        const stored = await files.put(...parameters);
        if (puts++ === 0) await erase(gone);
        return stored;
      },
      open: (...parameters) => files.open(...parameters),
      sizeOf: (id) => files.sizeOf(id),
      remove: (id) => files.remove(id),
      olderThan: (instant) => files.olderThan(instant),
      check: () => files.check(),
    };
    const targetId = await templates.target(language);
    await templates.make({ targetId }, anna);
    const { rows } = await db.owner.query(
      "UPDATE contacts.import_template SET status = 'QUEUED', file_id = NULL WHERE requested_by = 'anna' RETURNING id",
    );

    await importTemplateTask({ ...services, files: store }).run(
      { institutionId: db.home.id, id: rows[0].id },
      new AbortController().signal,
    );

    expect(await templates.look(Buffer.from(`ImportTemplate:${rows[0].id}`).toString("base64url"), anna)).to.include({
      ...{ status: "READY", rowCount: 0 },
    });
    expect(puts).to.equal(2);
  });
});
