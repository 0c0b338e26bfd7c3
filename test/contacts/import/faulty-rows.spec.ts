import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { contactsOf, type FileRow, fileOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("faulty rows of a contacts import (6.9)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  const refused: [string, FileRow, string, string][] = [
    ["an e-mail address without a dot", { email: "a@b" }, "email", "INVALID_EMAIL"],
    ["no e-mail address", { lastName: "Muster" }, "email", "INVALID_EMAIL"],
    ["a digit in the first name", { email: "a@b.ch", firstName: "Ana2" }, "firstName", "INVALID_NAME"],
    ["a digit in the last name", { email: "a@b.ch", lastName: "2 Be" }, "lastName", "INVALID_NAME"],
    ["a day that does not exist", { email: "a@b.ch", birthDate: "31.04.1999" }, "birthDate", "INVALID_DATE"],
    ["a day in the future", { email: "a@b.ch", birthDate: "11.03.2026" }, "birthDate", "INVALID_DATE"],
    ["a day in another notation", { email: "a@b.ch", birthDate: "1999-04-30" }, "birthDate", "INVALID_DATE"],
    ["mixed separators in a day", { email: "a@b.ch", birthDate: "30.04/1999" }, "birthDate", "INVALID_DATE"],
    ["UK for a country", { email: "a@b.ch", country: "UK" }, "country", "UNKNOWN_COUNTRY"],
    ["a country that does not exist", { email: "a@b.ch", country: "Atlantis" }, "country", "UNKNOWN_COUNTRY"],
    ["an unknown title", { email: "a@b.ch", title: "toString" }, "title", "UNKNOWN_CODE"],
    ["an unknown language", { email: "a@b.ch", language: "xx" }, "language", "UNKNOWN_CODE"],
    ["a text that is too long", { email: "a@b.ch", town: "x".repeat(61) }, "town", "VALUE_TOO_LONG"],
    ["a control character", { email: "a@b.ch", lastName: "Mus\u0007ter" }, "lastName", "INVALID_CHARACTERS"],
    ["a telephone number of letters", { email: "a@b.ch", phone: "call me" }, "phone", "INVALID_PHONE"],
    ["a name that is to be cleared", { email: "a@b.ch", lastName: "Empty" }, "lastName", "FIELD_REQUIRED"],
    [
      "a birth date of a structure",
      { email: "a@b.ch", structureName: "École", birthDate: "01.01.1990" },
      "birthDate",
      "FIELD_NOT_APPLICABLE",
    ],
  ];
  it("refuses a row for each of its faults, with line, column, code and message", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const rows = refused.map(([, row], index) => ({
      ...row,
      ...(row.email === "a@b.ch" && { email: `a${index}@b.ch` }),
    }));

    const report = await importer.import(fileOf(...rows), { context });

    for (const [index, [what, , column, code]] of refused.entries()) {
      const { line, outcome, problems, contact } = report.rows[index]!;
      expect({ line, outcome, contact }, what).to.deep.equal({ line: index + 2, outcome: "ERROR", contact: null });
      expect(
        problems.map((each) => [each.column, each.code]),
        what,
      ).to.deep.equal([[column, code]]);
      expect(problems[0]!.message, what).to.match(/^[A-Z].+\.$/);
    }
    expect(report.status).to.equal("DONE_WITH_ERRORS");
    expect(report.counters).to.deep.include({
      total: refused.length,
      processed: refused.length,
      errors: refused.length,
    });
    expect(report.rows[8]!.problems[0]!.message).to.contain("GB");
    expect(await contactsOf(db, institution.id)).to.deep.equal([]);
  });

  it("lists all problems of a row, writes nothing of it, and writes the rows around it", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const bad = { email: "bad", firstName: "R2D2", birthDate: "30.02.2000" };

    const report = await importer.import(fileOf({ email: "a@b.ch" }, bad, { email: "c@b.ch" }), { context });

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["CREATED", "ERROR", "CREATED"]);
    expect(report.rows[1]!.problems.map(({ code }) => code)).to.have.members([
      "INVALID_EMAIL",
      "INVALID_NAME",
      "INVALID_DATE",
    ]);
    expect((await contactsOf(db, institution.id)).map(({ email }) => email)).to.deep.equal(["a@b.ch", "c@b.ch"]);
  });

  it("refuses a row that has more or fewer cells than the header", async () => {
    const { context } = await importer.inNewInstitution();

    const report = await importer.import("email;lastName;\na@b.ch;Muster;\nb@b.ch;Muster\nc@b.ch;Muster;x\n", {
      context,
    });

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["CREATED", "ERROR", "ERROR"]);
    expect(report.rows[1]!.problems[0]!.code).to.equal("COLUMN_COUNT");
  });

  it("takes the first row of an e-mail address, even if it failed, and in whatever case", async () => {
    const { context } = await importer.inNewInstitution();
    const rows = [{ email: "a@b.ch", firstName: "4" }, { email: "A@B.CH" }, { email: "c@b.ch" }, { email: "C@b.ch" }];

    const report = await importer.import(fileOf(...rows), { context });

    expect(report.rows.map(({ outcome, problems }) => [outcome, problems[0]?.code])).to.deep.equal([
      ["ERROR", "INVALID_NAME"],
      ["ERROR", "DUPLICATE_ROW"],
      ["CREATED", undefined],
      ["ERROR", "DUPLICATE_ROW"],
    ]);
  });
});
