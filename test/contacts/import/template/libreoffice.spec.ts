import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { useDatabase } from "../../../support/database.js";
import type { TestContact } from "../../../support/rows.js";
import { authorizationsOf, contactWith } from "../keyed/authorization-rows.js";
import { criteriaOf, defineAll, hold } from "../keyed/criterion-rows.js";
import { type DeskReport, ImportDesk } from "../keyed/desk.js";
import { TemplateDesk } from "./templates.js";

type Sheet = Record<string, string>[];

/**
 * Templates as spreadsheets save them after somebody has filled in new values. The files are bytes as the programs write
 * them, with `@anna@`, `@anna-number@` and `@anna-plain@` (a number that has lost its zeros) in the place of ids.
 */
describe("a template that LibreOffice or Excel has saved", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const templates = new TemplateDesk(db, desk);

  desk.openDuringTests();
  before(() => defineAll(db));

  const languages = ["ba", "be", "bg", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co"];
  /** Three contacts of the files, and a target of them alone. */
  async function people() {
    const language = languages.pop()!;
    const values = { SMS: "TRUE", PHONE: "FALSE" } as const;
    const anna = await contactWith(db, values, { language, lastName: "Lefèvre", firstName: "Anna" });
    const bea = await contactWith(db, { LETTER: "TRUE" }, { language, lastName: 'O"Neil', firstName: "Bea" });
    const school = await contactWith(db, {}, { language, structureName: "École; « du Lac »" });
    await hold(db, anna, "INTEREST", ["BALLET", "OPERA"]);
    await hold(db, anna, "VIP", ["FALSE"]);
    await hold(db, anna, "AGEGRP", ["A18"]);
    await hold(db, anna, "TASTE", '=1+1; "été"\nligne 2');
    await hold(db, school, "TASTE", "01.02.2026");
    return { anna, bea, school, targetId: await templates.target(language) };
  }
  type People = Awaited<ReturnType<typeof people>>;

  async function saved(file: string, { anna, bea, school }: People): Promise<Buffer> {
    const bytes = await readFile(
      new URL(`../../../../../test/contacts/import/template/files/${file}`, import.meta.url),
    );
    const encoding = file.includes("utf16") ? "utf16le" : "latin1";
    let text = bytes.toString(encoding);
    for (const [name, contact] of Object.entries({ anna, bea, school })) {
      const number = await numberOf(contact);
      for (const [mark, value] of [
        ["", contact.opaqueId],
        ["-number", number],
        ["-plain", number.replace(/^0+/, "")],
      ])
        text = text.replaceAll(`@${name}${mark}@`, value!);
    }
    return Buffer.from(text, encoding);
  }
  const numberOf = async ({ id }: TestContact) =>
    (await db.owner.query("SELECT contact_number AS n FROM contacts.contact WHERE id = $1", [id])).rows[0].n as string;

  async function template(type: "CRITERIA" | "AUTHORIZATIONS", { targetId }: People): Promise<Sheet> {
    const csv = await templates.csv({ type, targetId });
    return parse(csv, { bom: true, columns: true, delimiter: ";" });
  }
  /** What a sheet has as old values, by contact and code. */
  const oldOf = (sheet: Sheet) =>
    Object.fromEntries(
      sheet.map((row) => [
        row.contactId,
        Object.fromEntries(Object.entries(row).filter(([column]) => column.startsWith("[old]"))),
      ]),
    );
  /** What its new values ask for, in the place of the old ones. */
  const askedOf = (sheet: Sheet) =>
    Object.fromEntries(
      sheet.map((row) => [
        row.contactId,
        Object.fromEntries(
          Object.keys(row).flatMap((column) => {
            if (!column.startsWith("[old]")) return [];
            return [[column, row[column.replace("[old]", "[new]")] || row[column]!]];
          }),
        ),
      ]),
    );
  const codesOf = ({ rows }: DeskReport) =>
    rows.map(({ outcome, problems }) =>
      [outcome, ...problems.map(({ column, code }) => `${column} ${code}`)].join(", "),
    );

  const trips = [
    ["libreoffice-en.csv", "AUTHORIZATIONS", ",", "LibreOffice with commas, all texts quoted, numbers without zeros"],
    ["libreoffice-fr.csv", "AUTHORIZATIONS", ";", "LibreOffice with columns taken as text"],
    ["libreoffice-utf16.csv", "AUTHORIZATIONS", "\t", "LibreOffice in UTF-16 with tabs"],
    ["libreoffice-windows-1252.csv", "AUTHORIZATIONS", ",", "LibreOffice in Windows-1252, all texts quoted"],
    ["libreoffice-as-stored.csv", "AUTHORIZATIONS", ";", "LibreOffice with values as they are stored, numbers quoted"],
    ["libreoffice-criteria.csv", "CRITERIA", ";", "LibreOffice with texts of several lines"],
  ] as const;
  for (const [file, type, delimiter, what] of trips) {
    it(`comes back with what was asked for as old values: ${what}`, async () => {
      const all = await people();
      const bytes = await saved(file, all);
      const encoding = file.includes("utf16") ? "utf16le" : file.includes("1252") ? "latin1" : "utf8";
      const sheet: Sheet = parse(bytes.toString(encoding), { bom: true, columns: true, delimiter });
      const before = await template(type, all);

      const check = await desk.import(bytes, { type, mode: "CHECK" });
      const update = await desk.import(bytes, { type, mode: "UPDATE", approvedPlanHash: check.planHash });
      const after = await template(type, all);

      expect(Object.keys(sheet[0]!)).to.deep.equal(Object.keys(before[0]!));
      expect(oldOf(sheet)).to.deep.equal(oldOf(before));
      const updated = type === "CRITERIA" ? 2 : 1;
      expect(check.counters).to.include({
        wouldUpdate: updated,
        unchanged: sheet.length - updated,
        conflicts: 0,
        errors: 0,
      });
      expect(update.counters).to.include({ updated, unchanged: sheet.length - updated, conflicts: 0, errors: 0 });
      expect(oldOf(after)).to.deep.equal(askedOf(sheet));
      expect(oldOf(after)).not.to.deep.equal(oldOf(before));
    });
  }

  it("is refused row by row where a German LibreOffice has made WAHR of TRUE, and says what to write (R9)", async () => {
    const all = await people();

    const report = await desk.import(await saved("libreoffice-de.csv", all), { type: "AUTHORIZATIONS" });

    expect(codesOf(report)).to.deep.equal([
      "ERROR, [new]SMS INVALID_BOOLEAN, [old]SMS INVALID_OLD_VALUE, [old]PHONE INVALID_OLD_VALUE, [new]LETTER INVALID_BOOLEAN",
      ...["UNCHANGED", "UNCHANGED"],
    ]);
    const texts = report.rows[0]!.problems.map(({ message }) => message);
    expect(texts.filter((text) => text.includes("WAHR = TRUE"))).to.have.length(2);
    expect(texts.filter((text) => text.includes("FALSCH = FALSE"))).to.have.length(2);
    expect(await authorizationsOf(db, all.anna)).to.deep.equal({ SMS: "TRUE", PHONE: "FALSE" });
  });

  it("is refused row by row where an old workbook (.xls) in between has made 1 of TRUE, and says what to write (R9)", async () => {
    const all = await people();

    const report = await desk.import(await saved("libreoffice-xls.csv", all), { type: "AUTHORIZATIONS" });

    expect(codesOf(report)).to.deep.equal([
      "ERROR, [new]SMS INVALID_BOOLEAN, [old]SMS INVALID_OLD_VALUE, [old]PHONE INVALID_OLD_VALUE, [new]LETTER INVALID_BOOLEAN",
      ...["UNCHANGED", "UNCHANGED"],
    ]);
    const texts = report.rows[0]!.problems.map(({ message }) => message);
    expect(texts.filter((text) => text.includes("(1 = TRUE)"))).to.have.length(2);
    expect(texts.filter((text) => text.includes("(0 = FALSE)"))).to.have.length(2);
  });

  it("can be mended in the report, and then comes in", async () => {
    const all = await people();
    await desk.import(await saved("libreoffice-de.csv", all), { type: "AUTHORIZATIONS" });
    const { data } = await desk.ask(
      { login: "anna", clearance: 2, organizations: ["OPERA"] },
      "{ importJobs(first: 1) { nodes { reportUrl } } }",
    );
    const answer = await desk.fetch(
      { login: "anna", clearance: 2, organizations: ["OPERA"] },
      data.importJobs.nodes[0].reportUrl,
    );
    const mended = (await answer.text()).replace(/(;)WAHR(?=;|\n)/g, "$1TRUE").replace(/(;)FALSCH(?=;|\n)/g, "$1FALSE");

    const report = await desk.import(mended, { type: "AUTHORIZATIONS" });

    expect(codesOf(report)).to.deep.equal(["UPDATED"]);
    expect(await authorizationsOf(db, all.anna)).to.deep.equal({ SMS: "FALSE", LETTER: "TRUE" });
  });

  it("is refused where a French Excel has typed VRAI, or has lost the blank cells at the end of a row (R9, R22)", async () => {
    const all = await people();

    const report = await desk.import(await saved("excel-fr.csv", all), { type: "AUTHORIZATIONS" });

    expect(codesOf(report)).to.deep.equal([
      "ERROR, [new]LETTER INVALID_BOOLEAN",
      ...["ERROR, null COLUMN_COUNT", "ERROR, null COLUMN_COUNT"],
    ]);
    expect(report.rows[0]!.problems[0]!.message).to.contain("VRAI = TRUE");
  });

  it("overwrites nothing where a French LibreOffice has made another date of an old text, and takes the rest", async () => {
    const all = await people();

    const report = await desk.import(await saved("libreoffice-criteria-fr.csv", all), { type: "CRITERIA" });

    expect(codesOf(report)).to.deep.equal(["UPDATED", "UNCHANGED", "CONFLICT, [new]TASTE VALUE_CHANGED"]);
    expect(await criteriaOf(db, all.school)).to.deep.equal({ TASTE: "01.02.2026" });
  });

  it("overwrites nothing where a German one has made a date of an old text", async () => {
    const all = await people();

    const report = await desk.import(await saved("libreoffice-criteria-de.csv", all), { type: "CRITERIA" });

    expect(codesOf(report)).to.deep.equal([
      "ERROR, [new]VIP INVALID_BOOLEAN, [old]VIP INVALID_OLD_VALUE",
      "CONFLICT, [new]TASTE VALUE_CHANGED",
    ]);
    expect(await criteriaOf(db, all.school)).to.deep.equal({ TASTE: "01.02.2026" });
    expect(await criteriaOf(db, all.anna)).to.include({ VIP: "FALSE", AGEGRP: "A18" });
  });

  it("of contacts has days day first, with four digits of the year; all else is an error (6.9)", async () => {
    const all = await people();

    const report = await desk.import(await saved("libreoffice-dates.csv", all), { type: "CONTACTS" });

    const error = "ERROR, birthDate INVALID_DATE";
    expect(codesOf(report)).to.deep.equal(["CREATED", error, error, error, "CREATED", error]);
    expect(report.rows[1]!.problems[0]!.message).to.contain("30.04.1999");
  });
});
