import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { contactsOf, fileOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("file of a contacts import (6.3)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  const latin1 = (text: string) => Buffer.from(text, "latin1");
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
  const dialects: [string, Buffer][] = [
    ["a French spreadsheet", latin1("email;lastName;town\r\na@b.ch;Lefèvre;Orléans\r\n")],
    ["an English one", Buffer.from("email,lastName,town\na@b.ch,Lefèvre,Orléans\n")],
    ["UTF-8 with a byte order mark", Buffer.from("\uFEFFemail;lastName;town\r\na@b.ch;Lefèvre;Orléans")],
    ["Unicode text", utf16("email\tlastName\ttown\r\na@b.ch\tLefèvre\tOrléans\r\n")],
    ["an old Macintosh", latin1("email;lastName;town\ra@b.ch;Lefèvre;Orléans\r")],
    ["a sep= line and quotes", Buffer.from('sep=,\n"email","lastName","town"\n"a@b.ch","Lefèvre","Orléans"\n')],
    ["other columns' order and case", Buffer.from("TOWN; LastName ;Email\nOrléans;Lefèvre;a@b.ch\n")],
    ["reserved and nameless columns", Buffer.from("status;email;lastName;town;code;;\nx;a@b.ch;Lefèvre;Orléans;y;;\n")],
    ["blank rows", Buffer.from(";;\nemail;lastName;town\n\n;;\na@b.ch;Lefèvre;Orléans\n")],
  ];
  for (const [what, content] of dialects) {
    it(`is read as saved by ${what}`, async () => {
      const { institution, context } = await importer.inNewInstitution();

      const report = await importer.import(content, { context });
      const contacts = await contactsOf(db, institution.id);

      expect(report.fileError).to.equal(null);
      expect(contacts).to.have.length(1);
      expect(contacts[0]).to.deep.include({ email: "a@b.ch", last_name: "Lefèvre", town: "Orléans", country: "CH" });
    });
  }

  it("counts rows as the spreadsheet shows them", async () => {
    const { context } = await importer.inNewInstitution();

    const report = await importer.import('email;street1\n\na@b.ch;"two\nlines"\nbad;x\n', { context });

    expect(report.rows.map(({ line }) => line)).to.deep.equal([3, 4]);
    expect(report.counters).to.include({ total: 2 });
  });

  const refused: [string, string | Buffer, string][] = [
    ["nothing", "", "EMPTY_FILE"],
    ["only blank lines", "\n;;\n", "NO_HEADER"],
    ["a workbook", Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), "FILE_NOT_CSV"],
    ["NUL bytes", "email\na@b.ch\0\n", "FILE_NOT_CSV"],
    ["no column email", "lastName;town\nMuster;Bern\n", "MISSING_KEY_COLUMN"],
    ["a column twice", "email;town;TOWN\na@b.ch;;\n", "DUPLICATE_COLUMN"],
    ["an unknown column", "email;shoeSize\na@b.ch;44\n", "UNKNOWN_FIELD"],
    ["a column without a name among others", "email;;town\na@b.ch;;\n", "UNKNOWN_FIELD"],
    ["columns of another type of import", "email;[old]SMS;[new]SMS\na@b.ch;;T\n", "WRONG_IMPORT_TYPE"],
    ["a quote in its last row that is not closed", 'email;town\na@b.ch;Bern\nb@b.ch;"Biel\n', "QUOTE_NOT_CLOSED"],
  ];
  it("is refused as a whole, and no row looked at, when it cannot be read to its end", async () => {
    for (const [what, content, code] of refused) {
      const { institution, context } = await importer.inNewInstitution();

      const report = await importer.import(content, { context });

      expect([report.status, report.fileError?.code], what).to.deep.equal(["FAILED", code]);
      expect(report.fileError!.message, what).to.match(/^[A-Z].+\.$/);
      expect(report.rows, what).to.deep.equal([]);
      expect(await contactsOf(db, institution.id), what).to.deep.equal([]);
    }
  });

  it("answers in the caller's language", async () => {
    const { context } = await importer.inNewInstitution({ locale: "fr" });

    const file = await importer.import("", { context });
    const row = await importer.import("email\nbad\n", { context });

    expect(file.fileError!.message).to.equal("Le fichier est vide.");
    expect(row.rows[0]!.problems[0]!.message).to.match(/^Ce n'est pas une adresse e-mail/);
  });

  it("leaves no cell of it behind: not in the report, not in the queue, and the uploaded file goes when the import ends", async () => {
    const { context, institution } = await importer.inNewInstitution();
    const secrets = { lastName: "Geheimnis9", town: "Versteckt", email: "verborgen@example.org" };

    const { importJob } = await importer.start(fileOf(secrets), { context });
    await importer.ended(importJob.id, context);
    const { rows } = await db.owner.query(
      `SELECT j::text AS kept FROM contacts.import_job j UNION ALL SELECT r::text FROM contacts.import_row r
       UNION ALL SELECT q::text FROM pgboss.job q`,
    );

    for (const value of Object.values(secrets)) {
      expect(
        rows.some(({ kept }) => kept.includes(value)),
        value,
      ).to.equal(false);
    }
    // only the rows to mend stay, for who has started the import
    const { rows: jobs } = await db.owner.query(
      "SELECT report_file_id FROM contacts.import_job WHERE institution_id = $1",
      [institution.id],
    );
    const isOurs = (file: string) => file.startsWith(`${institution.id}.`);
    await eventually(
      async () => (await importer.filesOlderThan(new Date("2100-01-01"))).filter(isOurs),
      (files) => files.length === 1 && files[0] === jobs[0].report_file_id,
    );
  });
});
