import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { contactsOf, fileOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("structures in a contacts import (6.9)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  it("makes of names and a structure name a structure and its relay, of a structure name a structure", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const relay = { email: "r@b.ch", lastName: "Relais", structureName: "École", town: "Nyon", referenceCode: "01" };

    const report = await importer.import(fileOf(relay, { email: "s@b.ch", structureName: "Musée" }), { context });
    const contacts = await contactsOf(db, institution.id);
    const { rows: links } = await db.owner.query(
      "SELECT connection_type, from_contact_id, to_contact_id FROM contacts.contact_connection WHERE institution_id = $1",
      [institution.id],
    );

    const by = (name: string) => contacts.find((each) => each.structure_name === name || each.last_name === name);
    expect(by("Relais")).to.deep.include({ roles: ["RELAY"], email: "r@b.ch", reference_code: "01", town: null });
    expect(by("École")).to.deep.include({
      contact_type: "STRUCTURE",
      roles: [],
      email: null,
      town: "Nyon",
      country: "CH",
    });
    expect(by("Musée")).to.deep.include({ contact_type: "STRUCTURE", roles: [], email: "s@b.ch", last_name: null });
    expect(links).to.deep.equal([
      { connection_type: "RELAY_OF", from_contact_id: by("Relais")!.id, to_contact_id: by("École")!.id },
    ]);
    expect(report.rows.map(({ contact }) => contact!.displayName)).to.deep.equal(["Relais", "Musée"]);
    expect(importer.copied.at(-1)).to.have.members(contacts.map(({ id }) => id));
  });

  it("refuses a structure that exists with the same name and address, or that an earlier row makes", async () => {
    const { context } = await importer.inNewInstitution();
    const school = { structureName: "École", street1: "Rue 1", town: "Nyon" };
    await importer.import(fileOf({ email: "a@b.ch", ...school }), { context });
    const rows = [
      { email: "b@b.ch", ...school, structureName: "ecole", country: "CH" },
      { email: "c@b.ch", lastName: "C", ...school },
      { email: "d@b.ch", ...school, street1: "Rue 2" },
      { email: "e@b.ch", ...school, street1: "rue 2" },
    ];

    const report = await importer.import(fileOf(...rows), { context });

    expect(report.rows.map(({ outcome, problems }) => [outcome, problems[0]?.code])).to.deep.equal([
      ["ERROR", "DUPLICATE_STRUCTURE"],
      ["ERROR", "DUPLICATE_STRUCTURE"],
      ["CREATED", undefined],
      ["ERROR", "DUPLICATE_STRUCTURE"],
    ]);
  });

  it("makes no relay of a contact that exists (F08)", async () => {
    const { institution, context } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "a@b.ch" });

    const report = await importer.import(fileOf({ email: "a@b.ch", structureName: "École" }), {
      context,
      onMatch: "UPDATE",
    });

    expect(report.rows[0]!.problems.map(({ code }) => code)).to.deep.equal(["CONTACT_NOT_RELAY"]);
    expect(await contactsOf(db, institution.id)).to.have.length(1);
  });
});
