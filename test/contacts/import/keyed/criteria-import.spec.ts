import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import type { TestContact } from "../../../support/rows.js";
import { contactHaving, criteriaOf, defineAll, hold, traceOf } from "./criterion-rows.js";
import { ImportDesk } from "./desk.js";

describe("criteria imports (6.3, 6.4, 6.6, 6.7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const type = "CRITERIA";

  desk.openDuringTests();
  before(() => defineAll(db));

  const interestFile = (contact: TestContact, { delimiter = ";", name = "Müller", eol = "\r\n" } = {}) =>
    [
      ["contactId", "contactNumber", "lastName", "[old]INTEREST", "[new]INTEREST"],
      [contact.opaqueId, contact.contactNumber, name, "OPERA", "BALLET"],
    ]
      .map((cells) => cells.join(delimiter))
      .join(eol);

  const saved: Readonly<Record<string, (contact: TestContact) => Buffer | string>> = {
    "R42: as a French spreadsheet saves it: semicolon, Windows-1252": (contact) =>
      Buffer.from(interestFile(contact, { name: "Béatrice" }), "latin1"),
    "R43: as 'Unicode text': UTF-16LE, TAB": (contact) =>
      Buffer.from(`\ufeff${interestFile(contact, { delimiter: "\t" })}`, "utf16le"),
    "R44: as an English spreadsheet saves it: comma, UTF-8 without a mark": (contact) =>
      interestFile(contact, { delimiter: "," }),
    "R45: with a delimiter in a quoted name": (contact) => interestFile(contact, { name: '"Dupont; fils"' }),
    "R46: with lines of only delimiters, which count and are skipped": (contact) =>
      interestFile(contact, { eol: "\r\n;;;;\r\n" }),
  };

  for (const [title, content] of Object.entries(saved))
    it(title, async () => {
      const contact = await contactHaving(db, { INTEREST: ["OPERA"] });

      const report = await desk.import(content(contact), { type });

      expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["UPDATED"]);
      expect(report.rows[0]!.line).to.equal(title.startsWith("R46") ? 3 : 2);
      expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "BALLET" });
    });

  it("R41: fails a file with a code that is no criterion, before a row is read", async () => {
    const contact = await contactHaving(db, {});

    const report = await desk.import(`contactId;[new]VIP;[new]INTRST\n${contact.opaqueId};T;OPERA`, { type });

    expect(report).to.deep.include({ status: "FAILED", rows: [] });
    expect(report.fileError!.code).to.equal("UNKNOWN_FIELD");
    expect(await criteriaOf(db, contact)).to.deep.equal({});
  });

  it("F86: fails a criteria file that is brought as authorizations, and the other way round", async () => {
    const criteria = await desk.import("contactId;[new]VIP\nx;T", { type: "AUTHORIZATIONS" });
    const authorizations = await desk.import("contactId;[new]SMS\nx;T", { type });

    for (const { status, fileError } of [criteria, authorizations])
      expect([status, fileError!.code]).to.deep.equal(["FAILED", "WRONG_IMPORT_TYPE"]);
  });

  it("R49: fails a workbook that was renamed", async () => {
    const report = await desk.import(Buffer.from("PK\x03\x04\x14\0\x06\0", "latin1"), { type });

    expect(report.fileError!.code).to.equal("FILE_NOT_CSV");
  });

  it("fails a file with a criterion above the importer's clearance", async () => {
    const report = await desk.import("contactId;[new]VIP;[new]SECRET\nx;T;T", { type, as: { login: "free" } });

    expect(report.fileError!.code).to.equal("FIELD_NOT_AVAILABLE");
  });

  it("6.4 (6): writes nothing of a row with an error or a conflict, and lists all its problems in the order of columns", async () => {
    const contact = await contactHaving(db, { INTEREST: ["BALLET"] });
    const header = "contactId;[new]VIP;[old]INTEREST;[new]INTEREST;[new]AGEGRP;[new]GONE";

    const report = await desk.import(`${header}\n${contact.opaqueId};T;OPERA;OPERA;A18|A27;T`, { type });

    expect(report.rows[0]!.outcome).to.equal("ERROR");
    expect(report.rows[0]!.problems.map(({ column, code }) => [column, code])).to.deep.equal([
      ["[new]AGEGRP", "SINGLE_VALUE_EXPECTED"],
      ["[new]AGEGRP", "UNKNOWN_CODE"],
      ["[new]GONE", "CRITERION_INACTIVE"],
      ["[new]INTEREST", "VALUE_CHANGED"],
    ]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "BALLET" });
  });

  it("A7: counts a row as one activity, however many criteria it changes, and never again for the same file", async () => {
    const contact = await contactHaving(db, {});
    const file = `contactId;[new]VIP;[new]AGEGRP\n${contact.opaqueId};T;A18`;

    const first = await desk.import(file, { type });
    const again = await desk.import(file, { type });

    expect([first.recencies, again.recencies]).to.deep.equal([1, 0]);
    expect(again.rows[0]!.outcome).to.equal("UNCHANGED");
    const { audit, activities, version } = await traceOf(db, contact);
    expect([audit.length, activities, version]).to.deep.equal([2, 1, 2]);
  });

  it("6.6: sets what is another organization's for an importer of that one", async () => {
    const contact = await contactHaving(db, {});
    const file = `contactId;[new]THEIRS;[new]INTEREST\n${contact.opaqueId};T;MUSEUM`;
    const as = { login: "both", organizations: ["OPERA", "MUSEUM"] };

    const forOpera = await desk.import(file, { type, as, organizationId: "OPERA", mode: "CHECK" });
    const forMuseum = await desk.import(file, { type, as, organizationId: "MUSEUM" });

    expect(forOpera.rows[0]!.problems.map(({ code }) => code)).to.deep.equal([
      ...["CODE_NOT_IN_ORGANIZATION", "CODE_NOT_IN_ORGANIZATION"],
    ]);
    expect(forMuseum.rows[0]!.outcome).to.equal("UPDATED");
  });

  it("6.7: carries out the plan of a check where it is still true", async () => {
    const [kept, changed, cleared] = [
      await contactHaving(db, { INTEREST: ["OPERA"] }),
      await contactHaving(db, { INTEREST: ["OPERA"] }),
      await contactHaving(db, { TASTE: "Verdi" }),
    ];
    const file = [
      "contactId;[new]INTEREST;[new]TASTE",
      `${kept.opaqueId};BALLET;`,
      `${changed.opaqueId};BALLET;`,
      `${cleared.opaqueId};;Empty`,
    ].join("\n");
    const check = await desk.import(file, { type, mode: "CHECK" });
    await hold(db, changed, "INTEREST", ["JAZZ"]);
    await hold(db, kept, "VIP", ["TRUE"]);

    const update = await desk.import(file, { type, approvedPlanHash: check.planHash });

    expect(update.rows.map(({ outcome }) => outcome)).to.deep.equal(["UPDATED", "CONFLICT", "UPDATED"]);
    expect(update.rows[1]!.problems[0]!.code).to.equal("PLAN_CHANGED");
    expect(await criteriaOf(db, kept)).to.deep.equal({ INTEREST: "BALLET", VIP: "TRUE" });
    expect(await criteriaOf(db, cleared)).to.deep.equal({});
  });
});
