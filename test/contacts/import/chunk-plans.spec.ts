import { expect } from "chai";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { explainStatements, keepPlans, mostRows } from "../../support/plans.js";
import type { TestInstitution } from "../../support/rows.js";
import { header } from "./import-files.js";
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
    for (const [file, wish] of files) {
      const { counters } = await importer.import(file, { ...wish, context });
      expect(counters.created! + counters.updated!).to.equal(fileRows);
    }
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
