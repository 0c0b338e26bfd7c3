import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { type FileRow, fileOf } from "./import-files.js";
import { type DeskWish, ImportDesk } from "./keyed/desk.js";

interface TableRow {
  readonly row: FileRow;
  readonly wish?: DeskWish;
  readonly outcome: string;
  readonly problem?: readonly [column: string, code: string];
  readonly hint?: string;
}

/** The examples of domain 6.9, one by one, and what its table says of columns. */
const rows: Readonly<Record<string, TableRow>> = {
  "an address alone makes a contact": { row: { email: "new@b.ch" }, outcome: "CREATED" },
  "an address without a dot behind the at": {
    ...{ row: { email: "a@b" }, outcome: "ERROR", problem: ["email", "INVALID_EMAIL"] },
  },
  "no address at all": { row: { lastName: "Muster" }, outcome: "ERROR", problem: ["email", "INVALID_EMAIL"] },
  "a digit in a name": {
    ...{ row: { email: "n@b.ch", firstName: "Ana2" }, outcome: "ERROR", problem: ["firstName", "INVALID_NAME"] },
  },
  "a day that there is not": {
    ...{ row: { email: "d@b.ch", birthDate: "31.04.1999" }, outcome: "ERROR", problem: ["birthDate", "INVALID_DATE"] },
  },
  "a day to come": {
    ...{ row: { email: "d@b.ch", birthDate: "31.12.2099" }, outcome: "ERROR", problem: ["birthDate", "INVALID_DATE"] },
  },
  "a day with slashes": { row: { email: "slash@b.ch", birthDate: "30/04/1999" }, outcome: "CREATED" },
  "a day with hyphens": { row: { email: "hyphen@b.ch", birthDate: "30-04-1999" }, outcome: "CREATED" },
  "UK, which is GB": {
    ...{ row: { email: "u@b.ch", country: "UK" }, outcome: "ERROR", problem: ["country", "UNKNOWN_COUNTRY"] },
    hint: "GB",
  },
  "a country by its name": { row: { email: "suiza@b.ch", country: "Suiza", town: "Bern" }, outcome: "CREATED" },
  "a title that there is not": {
    ...{ row: { email: "t@b.ch", title: "DR" }, outcome: "ERROR", problem: ["title", "UNKNOWN_CODE"], hint: "MR, MRS" },
  },
  "a language that there is not": {
    ...{ row: { email: "l@b.ch", language: "xx" }, outcome: "ERROR", problem: ["language", "UNKNOWN_CODE"] },
  },
  "a known address to be skipped (D-22)": {
    ...{ row: { email: "Known@B.ch" }, wish: { onMatch: "SKIP" }, outcome: "SKIPPED" },
    problem: ["email", "SKIPPED_EXISTS"],
  },
  "a known address to be updated": {
    ...{ row: { email: " known@b.ch ", lastName: "Neu" }, wish: { onMatch: "UPDATE" }, outcome: "UPDATED" },
  },
  "an address of two": { row: { email: "two@b.ch" }, outcome: "ERROR", problem: ["email", "AMBIGUOUS_EMAIL"] },
  "the structure's address of a structure that exists": {
    ...{ row: { email: "e@b.ch", structureName: "École", town: "Nyon" }, outcome: "ERROR" },
    problem: ["structureName", "DUPLICATE_STRUCTURE"],
  },
};

describe("a contacts file uploaded over HTTP (6.9)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();
  before(async () => {
    await db.insertContact({ email: "known@b.ch", lastName: "Alt" });
    await db.insertContact({ email: "two@b.ch" });
    await db.insertContact({ email: "Two@b.ch", roles: ["RELAY"] });
    await desk.import(fileOf({ email: "school@b.ch", structureName: "École", town: "Nyon" }), { type: "CONTACTS" });
  });

  for (const [title, { row, wish, outcome, problem, hint }] of Object.entries(rows)) {
    it(`${outcome}: ${title}`, async () => {
      const report = await desk.import(fileOf(row), { type: "CONTACTS", ...wish });

      expect(report.fileError).to.equal(null);
      expect(report.rows.map((each) => each.outcome)).to.deep.equal([outcome]);
      const [found] = report.rows[0]!.problems;
      expect(found && [found.column, found.code]).to.deep.equal(problem);
      if (hint) expect(found!.message).to.contain(hint);
    });
  }

  it("ERROR: the second row of an address, even when the first one failed", async () => {
    const file = fileOf({ email: "twice@b.ch", firstName: "Ana2" }, { email: "TWICE@b.ch" });

    const report = await desk.import(file, { type: "CONTACTS" });

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["ERROR", "ERROR"]);
    expect(report.rows[1]!.problems.map(({ code }) => code)).to.deep.equal(["DUPLICATE_ROW"]);
  });
});
