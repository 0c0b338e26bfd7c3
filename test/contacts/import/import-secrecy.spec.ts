import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { contactsOf, type FileRow, fileOf } from "./import-files.js";
import { Importer, type Report } from "./importer.js";

describe("imports and contacts above the importer's clearance (F05)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  const rows: FileRow[] = [
    { email: "only.hidden@b.ch", lastName: "Neu" },
    { email: "shared@b.ch", lastName: "Neu" },
    { email: "twice.hidden@b.ch", lastName: "Neu" },
    { email: "visible@b.ch", lastName: "Neu" },
    { email: "school@b.ch", structureName: "École cachée", town: "Nyon" },
    { email: "relay@b.ch", lastName: "Relais", structureName: "École cachée", town: "Nyon", street1: "Rue 2" },
    { email: "bad", lastName: "Neu" },
  ];

  /** What an importer cleared for FREE learns from a file, where hidden contacts exist and where they do not. */
  async function learned(mode: "CHECK" | "UPDATE", onMatch: "SKIP" | "UPDATE", hidden: 0 | 1 | 2) {
    const { institution, context } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "visible@b.ch", lastName: "Alt" });
    await db.insertContact({ institution, email: "shared@b.ch", lastName: "Alt" });
    if (hidden > 0) {
      const secret = { institution, level: hidden };
      for (const email of ["only.hidden@b.ch", "Shared@b.ch", "twice.hidden@b.ch", "twice.hidden@b.ch"]) {
        await db.insertContact({ ...secret, email, lastName: "Geheim" });
      }
      const school = await db.insertContact({ ...secret, structureName: "École cachée" });
      await db.owner.query(
        `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, town, country) VALUES ($1, $2, 'MAIN', 'Nyon', 'CH')`,
        [institution.id, school.id],
      );
    }
    const report = await importer.import(fileOf(...rows), { context, mode, onMatch });
    const left = await contactsOf(db, institution.id);
    return { told: told(report), hidden: left.filter((contact) => contact.confidentiality_level > 0) };
  }

  /** A report without the ids, which every institution has of its own. */
  const told = ({ id: _, rows: reported, ...report }: Report) => ({
    ...report,
    rows: reported.map(({ contact, ...row }) => ({ ...row, contact: contact?.displayName })),
  });

  for (const mode of ["CHECK", "UPDATE"] as const) {
    for (const onMatch of ["SKIP", "UPDATE"] as const) {
      it(`tells the same of them as if they did not exist, in ${mode} with ${onMatch}`, async () => {
        const without = await learned(mode, onMatch, 0);
        const restricted = await learned(mode, onMatch, 1);
        const confidential = await learned(mode, onMatch, 2);

        expect(restricted.told).to.deep.equal(without.told);
        expect(confidential.told).to.deep.equal(without.told);
        expect(without.told.counters.errors).to.equal(1);
        for (const contact of [...restricted.hidden, ...confidential.hidden])
          expect(contact).to.include({ version: 1 });
      });
    }
  }

  it("sees them when its importer is cleared for them", async () => {
    const { institution, context } = await importer.inNewInstitution({ clearance: 2 });
    await db.insertContact({ institution, email: "a@b.ch", level: 2 });

    const report = await importer.import(fileOf({ email: "a@b.ch" }), { context });

    expect(report.rows[0]!.outcome).to.equal("SKIPPED");
  });

  it("never leaves its institution", async () => {
    const { context } = await importer.inNewInstitution();
    const { institution } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "a@b.ch" });

    const report = await importer.import(fileOf({ email: "a@b.ch" }), { context });

    expect(report.rows[0]!.outcome).to.equal("CREATED");
  });
});
