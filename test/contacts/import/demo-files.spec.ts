import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { contactsOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("demo files", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  const read = (name: string) => readFile(new URL(`../../../../demo/${name}`, import.meta.url));
  const codesOf = (report: Awaited<ReturnType<Importer["import"]>>) =>
    report.rows.flatMap(({ line, problems }) => problems.map(({ column, code }) => `${line} ${column} ${code}`));

  it("show a newcomer good rows and bad ones, in UTF-8 with commas", async () => {
    const { institution, context } = await importer.inNewInstitution();

    const report = await importer.import(await read("contacts-utf8.csv"), { context });
    const contacts = await contactsOf(db, institution.id);

    expect(report.counters).to.include({ created: 12, errors: 4 });
    expect(codesOf(report)).to.have.members([
      "14 email INVALID_EMAIL",
      "15 firstName INVALID_NAME",
      "15 birthDate INVALID_DATE",
      "16 country UNKNOWN_COUNTRY",
      "17 email DUPLICATE_ROW",
    ]);
    expect(contacts.find(({ email }) => email === "jonas.brunner@example.org")).to.include({
      street1: "Seegasse 5, Hinterhaus",
      town: "Zürich",
      country: "CH",
    });
  });

  it("show the same in Windows-1252 with semicolons, as a French spreadsheet saves it", async () => {
    const { institution, context } = await importer.inNewInstitution();

    const report = await importer.import(await read("contacts-windows-1252.csv"), { context });
    const contacts = await contactsOf(db, institution.id);

    expect(report.counters).to.include({ created: 12, errors: 5 });
    expect(codesOf(report)).to.have.members([
      "14 email INVALID_EMAIL",
      "15 title UNKNOWN_CODE",
      "16 birthDate INVALID_DATE",
      "17 country UNKNOWN_COUNTRY",
      "18 structureName DUPLICATE_STRUCTURE",
    ]);
    expect(contacts.find(({ email }) => email === "maelys.kerouedan@example.net")).to.include({
      last_name: "Kérouédan",
      first_name: "Maëlys",
    });
    expect(contacts.find(({ email }) => email === "cecile.dupre@example.org")).to.include({
      street1: "12 rue de l’Église",
      reference_code: "004211",
    });
  });
});
