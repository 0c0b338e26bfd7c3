import { expect } from "chai";
import { importUndoTask } from "../../../src/contacts/index.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { decodeId, encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { explainStatements, keepPlans, mostRows } from "../../support/plans.js";
import type { TestInstitution } from "../../support/rows.js";
import { type FileRow, fileOf, header } from "./import-files.js";
import { Importer, type ImportWish } from "./importer.js";

/** Rows of a file, which is one chunk; its institution has some more contacts. */
const fileRows = 1_000;
const contacts = 1_500;
/** Rows of the audit and of words are some for each row; one row for each pair of rows would be a million. */
const bound = 40_000;

describe("statements of an import's chunk", () => {
  const db = useDatabase();
  const importer = new Importer(db);
  const plans: string[] = [];

  before(async () => {
    await explainStatements(db);
    await importer.open();
    keepPlans(plans, importer.services.pools.bulk);
    await importer.startWorker();
  });
  after(() => importer.stopWorker());

  async function crowd(): Promise<{ institution: TestInstitution; ids: string[] }> {
    const institution = await db.institution({ country: "CH", locale: "fr" });
    const { rows } = await db.owner.query<{ id: string }>(
      `WITH made AS (
         INSERT INTO contacts.contact (institution_id, contact_type, last_name, email)
         SELECT $1, 'INDIVIDUAL', 'Muster', 'k' || n || '@example.org' FROM generate_series(0, $2 - 1) n RETURNING *),
       addresses AS (
         INSERT INTO contacts.contact_address (institution_id, contact_id, kind, town) SELECT $1, id, 'MAIN', 'Genf' FROM made),
       defined AS (
         INSERT INTO contacts.criterion (institution_id, code, kind, applicability) VALUES ($1, 'VIP', 'YES_NO', 'BOTH')),
       copied AS (
         INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level, has_email)
         SELECT $1, id, contact_type, confidentiality_level, true FROM made)
       SELECT id FROM made ORDER BY id`,
      [institution.id, contacts],
    );
    return { institution, ids: rows.slice(0, fileRows).map(({ id }) => id) };
  }

  const contactsFile = (last: string, from = 0) => {
    const columns = header.split(";");
    const lines = Array.from({ length: fileRows }, (_, n) => {
      const row: Record<string, string> = { email: `k${from + n}@example.org`, lastName: last, town: "Bern" };
      return [...columns.map((column) => row[column] ?? ""), n % 2 === 0 ? "TRUE" : "", "T"].join(";");
    });
    return [`${header};VIP;SMS`, ...lines].join("\n");
  };

  async function importAll(): Promise<void> {
    const { institution, ids } = await crowd();
    const context = importer.operator({ institution, clearance: 2 });
    const vip = (old: string, given: string) =>
      ["contactId;[old]VIP;[new]VIP", ...ids.map((id) => `${encodeId("Contact", id)};${old};${given}`)].join("\n");
    const files: [string, ImportWish][] = [
      [vip("", "TRUE"), { type: "CRITERIA" }],
      [vip("TRUE", "FALSE"), { type: "CRITERIA" }],
      [contactsFile("Neu"), { onMatch: "UPDATE" }],
      [contactsFile("Neuer", contacts), { onMatch: "UPDATE" }],
    ];
    const updates: string[] = [];
    for (const [file, wish] of files) {
      const { id, counters } = await importer.import(file, { ...wish, context });
      expect(counters.created! + counters.updated!).to.equal(fileRows);
      if (counters.updated! > 0) updates.push(id);
    }
    for (const id of updates.toReversed()) await undo(context, id);
    const { counters } = await importer.import(contactsFile("Neuster"), { mode: "CHECK", onMatch: "UPDATE", context });
    expect(counters.wouldUpdate).to.equal(fileRows);
    await importStructures(context);
    await importTwice(context);
  }

  async function undo(context: OperationContext, id: string): Promise<void> {
    const mutation = `mutation ($id: ID!) { undoImport(input: { id: $id }) { userErrors { code } } }`;
    const { undoImport } = await ask(importer.schema, context, mutation, { id });
    expect(undoImport.userErrors).to.deep.equal([]);
    const jobId = decodeId("ImportJob", id)!;
    const payload = { institutionId: context.caller.institutionId, id: jobId };
    await importUndoTask(importer.services).run(payload, new AbortController().signal);
    const { rows } = await db.owner.query("SELECT undone, kept FROM contacts.import_job WHERE id = $1", [jobId]);
    expect(rows).to.deep.equal([{ undone: fileRows, kept: 0 }]);
  }

  /** Structures with and without a person, anew and again. */
  async function importStructures(context: OperationContext): Promise<void> {
    const row = (n: number, town: string) =>
      ({ email: `s${n}@example.org`, structureName: `Theater ${"abcdefgh"[n % 8]} ${n >> 3}`, town }) as FileRow;
    const each = (make: (n: number) => FileRow) => fileOf(...Array.from({ length: fileRows }, (_, n) => make(n)));
    const relays = each((n) => ({ ...row(n, "Bern"), lastName: "Relais" }));
    const outcomes = async (file: string, onMatch: "SKIP" | "UPDATE") => {
      const { counters } = await importer.import(file, { onMatch, context });
      return [counters.created, counters.updated, counters.unchanged, counters.skipped, counters.errors];
    };
    expect(await outcomes(relays, "SKIP")).to.deep.equal([fileRows, 0, 0, 0, 0]);
    expect(await outcomes(relays, "SKIP")).to.deep.equal([0, 0, 0, fileRows, 0]);
    expect(await outcomes(relays, "UPDATE")).to.deep.equal([0, 0, fileRows, 0, 0]);
    expect(
      await outcomes(
        each((n) => ({ ...row(n, "Bern"), email: `t${n}@example.org` })),
        "SKIP",
      ),
    ).to.deep.equal([0, 0, 0, 0, fileRows]);
    expect(
      await outcomes(
        each((n) => ({ ...row(n, "Genf"), email: `u${n}@example.org` })),
        "SKIP",
      ),
    ).to.deep.equal([fileRows, 0, 0, 0, 0]);
  }

  /** Rows of the second chunk that stand in the first one. */
  async function importTwice(context: OperationContext): Promise<void> {
    const rows = Array.from({ length: 4_000 + fileRows }, (_, n) => ({
      ...{ email: `r${n % 4_000}@example.org`, structureName: n % 2 === 0 ? `Haus ${n % 4_000}` : "" },
    }));
    const { counters } = await importer.import(fileOf(...rows), { context });
    expect(counters).to.include({ created: 4_000, errors: fileRows });
  }

  /** Nothing for each pair of a row and a contact. */
  function expectLinear(): void {
    expect(plans.some((plan) => plan.includes("/* markRepeated */"))).to.equal(true);
    const quadratic = plans.filter((plan) => mostRows(plan) > bound);
    expect(quadratic, quadratic.join("\n")).to.have.length(0);
  }

  it("look contacts up one by one in a database that has no statistics", async () => {
    plans.length = 0;
    await importAll();
    expectLinear();
  }).timeout(120_000);

  it("look contacts up one by one in an institution that statistics do not know beside another one", async () => {
    await db.owner.query("ANALYZE");
    plans.length = 0;
    await importAll();
    expectLinear();
  }).timeout(120_000);
});
