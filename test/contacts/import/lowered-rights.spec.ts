import { expect } from "chai";
import type pg from "pg";
import { importUndoTask } from "../../../src/contacts/index.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { Importer } from "./importer.js";

/** Of a file of contacts. */
const chunkRows = 4_000;

describe("rights that are taken away while an import is at work (F88)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();
  afterEach(() => {
    importer.today = { clearance: 2 };
  });

  const fileOf = (rows: number, town: string, prefix: string) =>
    ["email;town", ...Array.from({ length: rows }, (_, n) => `${prefix}${n}@example.org;${town}`)].join("\n");

  /** Changes the rights while a chunk waits for one of its contacts, whom somebody else has locked. */
  async function changeDuring(contactId: string, start: () => Promise<string>, today: Importer["today"]) {
    const holder: pg.PoolClient = await db.owner.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM contacts.contact WHERE id = $1 FOR UPDATE", [contactId]);
    const id = await start();
    await eventually(
      () => db.superuser("SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'", [db.name]),
      ({ rowCount }) => rowCount! > 0,
    );
    importer.today = today;
    await holder.query("COMMIT");
    holder.release();
    return id;
  }

  async function importLowering(context: OperationContext, contactId: string, file: string, today: Importer["today"]) {
    const start = async () => (await importer.start(file, { context, onMatch: "UPDATE" })).importJob.id as string;
    const id = await changeDuring(contactId, start, today);
    return importer.ended(id, context, 60_000);
  }

  it("count for its next rows: it sees nobody above the lowered clearance", async () => {
    const { institution, context } = await importer.inNewInstitution({ clearance: 2 });
    const [first, hidden] = [
      await db.insertContact({ institution, email: "a1@example.org" }),
      await db.insertContact({ institution, email: `a${chunkRows + 1}@example.org`, level: 2 }),
    ];

    const report = await importLowering(context, first.id, fileOf(chunkRows + 2, "Bern", "a"), { clearance: 0 });

    expect(report).to.include({ status: "DONE" });
    expect(report.counters).to.include({ updated: 1, created: chunkRows + 1 });
    const { rowCount } = await db.owner.query("SELECT FROM contacts.contact_address WHERE contact_id = $1", [
      hidden.id,
    ]);
    expect(rowCount).to.equal(0);
  }).timeout(60_000);

  it("end it when nothing is left of them, with the rows before written", async () => {
    const { institution, context } = await importer.inNewInstitution({ clearance: 2 });
    const first = await db.insertContact({ institution, email: "b1@example.org" });

    const report = await importLowering(context, first.id, fileOf(chunkRows + 2, "Bern", "b"), {
      ...{ clearance: 2, hasLeft: true },
    });

    expect(report.fileError).to.include({ code: "IMPORT_NOT_PERMITTED" });
    expect(report.counters).to.include({ processed: chunkRows, updated: 1 });
  }).timeout(60_000);

  it("end its undo alike, which somebody else can have finished", async () => {
    const { institution, context } = await importer.inNewInstitution({ clearance: 2 });
    const first = await db.insertContact({ institution, email: "c1@example.org" });
    await importer.import(fileOf(chunkRows + 2, "Bern", "c"), { context, onMatch: "UPDATE" });
    const { id } = await importer.import(fileOf(chunkRows + 2, "Genf", "c"), { context, onMatch: "UPDATE" });
    const payload = { institutionId: institution.id, id: decodeId("ImportJob", id)! };
    const mutation = `mutation ($id: ID!) { undoImport(input: { id: $id }) { userErrors { code } } }`;
    const state = `query ($id: ID!) { importJob(id: $id) { status undoError { code } counters { undone kept } } }`;
    const look = async () =>
      (await ask(importer.schema, importer.operator({ institution, clearance: 2 }), state, { id })).importJob;

    let run: Promise<void> | undefined;
    const start = async () => {
      await ask(importer.schema, context, mutation, { id });
      run = importUndoTask(importer.services).run(payload, new AbortController().signal);
      return id;
    };
    await changeDuring(first.id, start, { clearance: 2, hasLeft: true });
    await run;
    const interrupted = await look();
    importer.today = { clearance: 2 };
    await ask(importer.schema, importer.operator({ institution, clearance: 2 }), mutation, { id });
    await importUndoTask(importer.services).run(payload, new AbortController().signal);

    expect(interrupted).to.deep.equal({
      ...{ status: "DONE", undoError: { code: "UNDO_NOT_PERMITTED" } },
      counters: { undone: chunkRows, kept: 0 },
    });
    expect(await look()).to.deep.include({ status: "UNDONE", counters: { undone: chunkRows + 2, kept: 0 } });
  }).timeout(120_000);
});
