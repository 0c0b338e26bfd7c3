import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import { authorizationsOf, contactWith } from "./authorization-rows.js";
import { ImportDesk } from "./desk.js";

describe("headers of authorizations files (6.3)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();

  const refused: readonly (readonly [title: string, header: string, code: string])[] = [
    ["neither id nor number", "email;[new]SMS", "MISSING_KEY_COLUMN"],
    ["no new values", "contactId;[old]SMS", "NO_NEW_COLUMN"],
    ["a column twice, in two spellings", "contactId;[new]SMS;[NEW] SMS", "DUPLICATE_COLUMN"],
    ["a fixed column twice", "contactId;ContactID;[new]SMS", "DUPLICATE_COLUMN"],
    ["a code that is none", "contactId;[new]SMSS", "UNKNOWN_FIELD"],
    ["a code in other letters", "contactId;[new]Sms", "UNKNOWN_FIELD"],
    ["a code without its bracket", "contactId;[new]SMS;LETTER", "UNKNOWN_FIELD"],
    ["a criterion", "contactId;[new]SMS;[new]INTEREST", "WRONG_IMPORT_TYPE"],
    ["columns of a contacts file", "email;title;lastName", "WRONG_IMPORT_TYPE"],
    ["a column without name amid others", "contactId;;[new]SMS", "UNKNOWN_FIELD"],
  ];

  before(() =>
    db.owner.query(
      "INSERT INTO contacts.criterion (institution_id, code, kind) VALUES ($1, 'INTEREST', 'MULTI_LIST')",
      [db.home.id],
    ),
  );

  for (const [title, header, code] of refused)
    it(`refuse the file for ${title} (${code})`, async () => {
      const contact = await contactWith(db, {});

      const report = await desk.import(`${header}\n${contact.opaqueId};T;T`);

      expect(report).to.deep.include({ status: "FAILED", rows: [] });
      expect(report.fileError!.code).to.equal(code);
      expect(await authorizationsOf(db, contact)).to.deep.equal({});
    });

  it("take fixed columns and brackets in any case and order, blanks after the bracket, and ignore what a report added", async () => {
    const contact = await contactWith(db, {});
    const file = `Status;Line;CODE;message; [NEW]  SMS ;[Old] SMS;CONTACTID;LastName\nERROR;7;X;"a;b";T;Empty;${contact.opaqueId};M`;

    const report = await desk.import(file);

    expect(report.rows[0]!.outcome).to.equal("UPDATED");
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "TRUE" });
  });

  it("warn when a file does not say what the values were", async () => {
    const contact = await contactWith(db, {});

    const with_ = await desk.import(`contactId;[old]SMS;[new]SMS\n${contact.opaqueId};Empty;F`);
    const without = await desk.import(`contactId;[old]SMS;[new]SMS;[new]PHONE\n${contact.opaqueId};FALSE;F;F`);

    expect(with_.warnings).to.deep.equal([]);
    expect(without.warnings.map(({ code }) => code)).to.deep.equal(["OLD_COLUMN_MISSING"]);
    expect(without.warnings[0]!.message).to.include("(PHONE)");
  });

  it("name a file's fault in the importer's language", async () => {
    const report = await desk.import("contactId;[old]SMS\nx;T", { as: { login: "anna", clearance: 2, locale: "es" } });

    expect(report.fileError!.message).to.match(/^Ninguna columna/);
  });
});
