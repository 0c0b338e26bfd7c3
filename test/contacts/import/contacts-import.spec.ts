import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { auditOf, contactsOf, fileOf, header } from "./import-files.js";
import { Importer } from "./importer.js";

describe("contacts import (6.9)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  it("creates a contact of an e-mail address alone, last name -, with the institution's defaults", async () => {
    const { institution, context } = await importer.inNewInstitution();

    const report = await importer.import(`${header}\na@b.ch${";".repeat(15)}\n`, { context });
    const contact = (await contactsOf(db, institution.id))[0]!;

    expect(report).to.deep.include({ status: "DONE", progress: 1, fileError: null });
    expect(report.rows).to.deep.equal([
      { line: 2, outcome: "CREATED", problems: [], contact: { id: report.rows[0]!.contact!.id, displayName: "-" } },
    ]);
    expect(contact).to.deep.include({ email: "a@b.ch", last_name: "-", first_name: null, language: "fr" });
    expect(contact).to.deep.include({ title: "UNDEFINED", confidentiality_level: 0, country: null, roles: ["PUBLIC"] });
  });

  it("writes every column, and keeps the zeros of reference codes", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const row = {
      ...{ email: " Ana@Example.ORG ", title: "MRS", lastName: "Íñigo", firstName: "Ana", language: "es" },
      ...{ birthDate: "28/02/1990", phone: "+34 91 000 00 00", mobile: "600 000 000", street1: "Calle 1" },
      ...{ postcode: "08001", town: "Barcelona", country: "Espagne", referenceCode: "000123" },
    };

    await importer.import(fileOf(row), { context });
    const contact = (await contactsOf(db, institution.id))[0]!;

    expect(contact).to.deep.include({ email: "Ana@Example.ORG", title: "MRS", last_name: "Íñigo", first_name: "Ana" });
    expect(contact).to.deep.include({ language: "es", phone: "+34 91 000 00 00", mobile: "600 000 000" });
    expect(contact).to.deep.include({ street1: "Calle 1", postcode: "08001", town: "Barcelona", country: "ES" });
    expect(contact.reference_code).to.equal("000123");
    expect(contact.birth_date).to.equal("1990-02-28");
  });

  it("skips an e-mail address that is known, unless told to update (D-22)", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const { opaqueId } = await db.insertContact({ institution, email: "Known@b.ch", lastName: "Muster" });

    const report = await importer.import(fileOf({ email: "known@B.ch", lastName: "Other" }), { context });

    expect(report).to.have.property("status", "DONE");
    expect(report.rows[0]).to.deep.include({ outcome: "SKIPPED", contact: { id: opaqueId, displayName: "Muster" } });
    expect(report.rows[0]!.problems.map(({ code }) => code)).to.deep.equal(["SKIPPED_EXISTS"]);
    expect((await contactsOf(db, institution.id))[0]!.last_name).to.equal("Muster");
  });

  it("updates what the row says: a blank cell keeps, Empty clears", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const known = { firstName: "Ana", lastName: "Muster", phone: "031 000 00 00", mobile: "079 000 00 00" };
    await db.insertContact({ institution, email: "a@b.ch", ...known, referenceCode: "7" });

    const row = { email: "A@b.ch", lastName: "Neu", phone: "Empty", town: "Bern" };
    const report = await importer.import(fileOf(row), { context, onMatch: "UPDATE" });
    const contact = (await contactsOf(db, institution.id))[0]!;

    expect(report.rows[0]!.outcome).to.equal("UPDATED");
    expect(contact).to.deep.include({ email: "a@b.ch", first_name: "Ana", last_name: "Neu", phone: null });
    expect(contact).to.deep.include({
      mobile: "079 000 00 00",
      reference_code: "7",
      town: "Bern",
      country: "CH",
      version: 2,
    });
  });

  it("changes lines of an address, and removes one of which nothing is left", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const address = { street1: "Gasse 1", postcode: "3011", town: "Bern" };
    await importer.import(fileOf({ email: "a@b.ch", ...address }), { context });
    const update = (row: object) =>
      importer.import(fileOf({ email: "a@b.ch", ...row }), { context, onMatch: "UPDATE" });

    await update({ street1: "Empty", town: "Biel" });
    const changed = (await contactsOf(db, institution.id))[0]!;
    await update({ postcode: "Empty", town: "Empty", country: "Empty" });
    const emptied = (await contactsOf(db, institution.id))[0]!;

    expect(changed).to.deep.include({ street1: null, postcode: "3011", town: "Biel", country: "CH" });
    expect(emptied).to.deep.include({ postcode: null, town: null, country: null });
    expect(
      (await db.owner.query("SELECT FROM contacts.contact_address WHERE institution_id = $1", [institution.id]))
        .rowCount,
    ).to.equal(0);
  });

  it("finds the second time that nothing changes, and audits nothing (6.7)", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const content = fileOf(
      { email: "a@b.ch", lastName: "A", town: "Bern" },
      { email: "r@b.ch", lastName: "R", structureName: "École" },
    );
    await importer.import(content, { context });
    const audited = await auditOf(db, institution.id);

    const report = await importer.import(content, { context, onMatch: "UPDATE" });

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["UNCHANGED", "UNCHANGED"]);
    expect(await auditOf(db, institution.id)).to.deep.equal(audited);
  });

  it("audits each change with source IMPORT, its job and its operator (F27)", async () => {
    const { institution, context } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "a@b.ch", lastName: "Muster" });

    await importer.import(fileOf({ email: "a@b.ch", lastName: "Neu", town: "Bern" }), { context, onMatch: "UPDATE" });
    const entries = await auditOf(db, institution.id);

    const by = { actor: "test.operator", actor_kind: "OPERATOR", source: "IMPORT", job_id: entries[0]!.job_id };
    expect(entries).to.have.deep.members([
      { ...by, entity: "Contact", key: null, field: "lastName", old_value: "Muster", new_value: "Neu" },
      { ...by, entity: "Address", key: "MAIN", field: "town", old_value: null, new_value: "Bern" },
      { ...by, entity: "Address", key: "MAIN", field: "country", old_value: null, new_value: "CH" },
    ]);
    expect(entries[0]!.job_id).to.match(/^\d+$/);
  });

  it("finds no contact that is invalid, anonymized or a structure", async () => {
    const { institution, context } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "a@b.ch", validityEndDate: "2026-03-09" });
    await db.insertContact({ institution, email: "a@b.ch", anonymizedAt: db.clock.now() });
    await db.insertContact({ institution, email: "a@b.ch", structureName: "École" });
    await db.insertContact({ institution, email: "today@b.ch", validityEndDate: "2026-03-10" });

    const report = await importer.import(fileOf({ email: "a@b.ch" }, { email: "today@b.ch" }), { context });

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["CREATED", "SKIPPED"]);
  });

  it("refuses an e-mail address that several contacts share", async () => {
    const { institution, context } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "a@b.ch" });
    await db.insertContact({ institution, email: "A@b.ch", roles: ["RELAY"] });

    const report = await importer.import(fileOf({ email: "a@b.ch" }), { context, onMatch: "UPDATE" });

    expect(report.rows[0]!.problems.map(({ code }) => code)).to.deep.equal(["AMBIGUOUS_EMAIL"]);
  });

  it("tells in a check all that an update does, and writes nothing (F87)", async () => {
    const { institution, context } = await importer.inNewInstitution();
    await db.insertContact({ institution, email: "known@b.ch", lastName: "Muster" });
    await db.insertContact({ institution, email: "same@b.ch", lastName: "Muster" });
    const rows = [
      { email: "new@b.ch" },
      { email: "known@b.ch", lastName: "Neu" },
      { email: "same@b.ch", lastName: "Muster" },
      { email: "NEW@b.ch" },
      { email: "s@b.ch", structureName: "École" },
      { email: "t@b.ch", structureName: "École" },
    ];
    const before = [await contactsOf(db, institution.id), await auditOf(db, institution.id)];

    const check = await importer.import(fileOf(...rows), { context, mode: "CHECK", onMatch: "UPDATE" });
    const after = [await contactsOf(db, institution.id), await auditOf(db, institution.id)];
    const update = await importer.import(fileOf(...rows), { context, mode: "UPDATE", onMatch: "UPDATE" });

    expect(after).to.deep.equal(before);
    const executed = ["CREATED", "UPDATED", "UNCHANGED", "ERROR", "CREATED", "ERROR"];
    expect(update.rows.map(({ outcome }) => outcome)).to.deep.equal(executed);
    expect(
      check.rows.map(({ outcome }) => outcome.replace("WOULD_CREATE", "CREATED").replace("WOULD_UPDATE", "UPDATED")),
    ).to.deep.equal(executed);
    expect(check.rows.map(({ problems }) => problems)).to.deep.equal(update.rows.map(({ problems }) => problems));
    expect(check.counters).to.deep.include({
      wouldCreate: 2,
      wouldUpdate: 1,
      unchanged: 1,
      errors: 2,
      created: 0,
      updated: 0,
    });
    expect(update.counters).to.deep.include({
      created: 2,
      updated: 1,
      unchanged: 1,
      errors: 2,
      wouldCreate: 0,
      wouldUpdate: 0,
    });
  });
});
