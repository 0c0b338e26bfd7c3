import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import type { TestContact } from "../../../support/rows.js";
import { type FileRow, fileOf, header } from "../import-files.js";
import { authorizationsOf } from "../keyed/authorization-rows.js";
import { criteriaOf, defineAll } from "../keyed/criterion-rows.js";
import { ImportDesk } from "../keyed/desk.js";
import { anna, outcomesOf, UndoDesk } from "./undoing.js";

describe("undone imports of contacts (6.7, 6.9)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const undoing = new UndoDesk(db, desk);

  desk.openDuringTests();

  const newEmail = () => `${randomUUID()}@example.org`;
  const update = (...rows: FileRow[]) => desk.import(fileOf(...rows), { type: "CONTACTS", onMatch: "UPDATE" });

  const stateOf = async (email: string) => {
    const { rows } = await db.owner.query(
      `SELECT c.title, c.first_name, c.last_name, c.birth_date::text, c.phone, c.phone_key, c.language, c.reference_code,
         c.search_name, a.street1, a.town, a.country, m.has_phone, m.has_postal_address
       FROM contacts.contact c
       LEFT JOIN contacts.contact_address a ON a.contact_id = c.id AND a.kind = 'MAIN'
       LEFT JOIN marketing.contact_marketing m ON m.contact_id = c.id
       WHERE c.email = $1`,
      [email],
    );
    return rows[0];
  };

  const idOf = async (email: string): Promise<TestContact> =>
    (await db.owner.query("SELECT id FROM contacts.contact WHERE email = $1", [email])).rows[0];

  const first: FileRow = {
    ...{ title: "MR", lastName: "Muster", firstName: "Max", language: "fr", birthDate: "01.02.1980" },
    ...{
      phone: "022 345 67 89",
      referenceCode: "007",
      street1: "Weg 1",
      postcode: "3000",
      town: "Bern",
      country: "CH",
    },
  };

  it("give contacts their fields and address back, with what search and marketing keep of them", async () => {
    const email = newEmail();
    await update({ email, ...first });
    const before = await stateOf(email);
    const { id } = await update({
      ...{ email, lastName: "Neu", firstName: "Empty", language: "de", birthDate: "Empty", phone: "Empty" },
      ...{ street1: "Gasse 2", town: "Genf" },
    });
    const between = await stateOf(email);

    const report = await undoing.undo(id);

    expect(between).to.include({ last_name: "Neu", first_name: null, town: "Genf", has_phone: false });
    expect(outcomesOf(report)).to.deep.equal(["UNDONE"]);
    expect(await stateOf(email)).to.deep.equal(before);
    const { rows } = await db.owner.query(
      `SELECT a.field, a.old_value, a.new_value FROM contacts.audit_contact a JOIN contacts.contact c ON c.id = a.contact_id
       WHERE c.email = $1 AND a.source = 'UNDO' AND a.field IN ('lastName', 'town') ORDER BY a.field`,
      [email],
    );
    expect(rows).to.deep.equal([
      { field: "lastName", old_value: "Neu", new_value: "Muster" },
      { field: "town", old_value: "Genf", new_value: "Bern" },
    ]);
  });

  it("take an address away that they brought, and bring one back that they took", async () => {
    const [without, withOne] = [newEmail(), newEmail()];
    await update({ email: without, lastName: "Muster" }, { email: withOne, ...first });
    const before = [await stateOf(without), await stateOf(withOne)];
    const empty = { street1: "Empty", postcode: "Empty", town: "Empty", country: "Empty" };
    const { id } = await update({ email: without, street1: "Weg 9", town: "Basel" }, { email: withOne, ...empty });
    const between = [await stateOf(without), await stateOf(withOne)];

    await undoing.undo(id);

    expect(between.map(({ town, country }) => [town, country])).to.deep.equal([
      ["Basel", "CH"],
      [null, null],
    ]);
    expect([await stateOf(without), await stateOf(withOne)]).to.deep.equal(before);
    const { rows } = await db.owner.query(
      "SELECT FROM contacts.contact_address a JOIN contacts.contact c ON c.id = a.contact_id WHERE c.email = $1",
      [without],
    );
    expect(rows).to.have.length(0);
  });

  it("keep rows of which a field, or any line of the address, was changed since", async () => {
    const emails = [newEmail(), newEmail(), newEmail()];
    const [field, address, other] = emails as [string, string, string];
    await update(...emails.map((email) => ({ email, ...first })));
    const { id } = await update(...emails.map((email) => ({ email, lastName: "Neu", town: "Genf" })));
    await update(
      { email: field, lastName: "Neuer" },
      { email: address, street1: "Gasse 3" },
      { email: other, phone: "1234" },
    );

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal([
      "KEPT VALUE_CHANGED_SINCE lastName",
      "KEPT VALUE_CHANGED_SINCE town",
      "UNDONE",
    ]);
    expect(await stateOf(field)).to.include({ last_name: "Neuer", town: "Genf" });
    expect(await stateOf(address)).to.include({ last_name: "Neu", town: "Genf", street1: "Gasse 3" });
    expect(await stateOf(other)).to.include({ last_name: "Muster", town: "Bern", phone: "1234" });
  });

  it("give back what columns by code have written to those who were there", async () => {
    await defineAll(db);
    const [undone, kept] = [newEmail(), newEmail()];
    const withCodes = (row: FileRow, codes: string) => `${fileOf(row).split("\r\n")[1]};${codes}`;
    const file = (...codes: readonly string[]) =>
      [`${header};INTEREST;SMS`, ...codes.map((each, at) => withCodes({ email: [undone, kept][at]! }, each))].join(
        "\n",
      );
    const put = (...codes: readonly string[]) => desk.import(file(...codes), { type: "CONTACTS", onMatch: "UPDATE" });
    await put("OPERA;F", "OPERA;T");
    const { id } = await put("BALLET;Empty", "BALLET;F");
    const ids = await Promise.all([undone, kept].map((email) => idOf(email)));

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal(["UNDONE", "KEPT AGREEMENT_NOT_RESTORED SMS"]);
    expect(await criteriaOf(db, ids[0]!)).to.deep.equal({ INTEREST: "OPERA" });
    expect(await authorizationsOf(db, ids[0]!)).to.deep.equal({ SMS: "FALSE" });
    expect(await criteriaOf(db, ids[1]!)).to.deep.equal({ INTEREST: "BALLET" });
    expect(await authorizationsOf(db, ids[1]!)).to.deep.equal({ SMS: "FALSE" });
  });

  it("keep the contacts that were made", async () => {
    const [known, made] = [newEmail(), newEmail()];
    await update({ email: known, ...first });
    const { id } = await update({ email: known, lastName: "Neu" }, { email: made, lastName: "Neu" });

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal(["UNDONE", "KEPT CREATED_CONTACT_STAYS"]);
    expect(report.counters).to.deep.equal({ created: 1, updated: 1, undone: 1, kept: 1 });
    expect(await stateOf(made)).to.include({ last_name: "Neu" });
  });

  it("keep rows with a field that is withheld by now", async () => {
    const email = newEmail();
    await update({ email, ...first });
    const { id } = await update({ email, birthDate: "02.02.1980" });
    const raise = (level: number) =>
      db.owner.query(
        `WITH raised AS (INSERT INTO privacy.field_level (institution_id, type_name, field_name, level)
           VALUES ($1, 'Contact', 'birthDate', $2)
           ON CONFLICT (institution_id, type_name, field_name) DO UPDATE SET level = excluded.level)
         UPDATE platform.institution SET settings_version = settings_version + 1 WHERE id = $1`,
        [db.home.id, level],
      );
    const free = { login: "free.desk", clearance: 0, organizations: [] } as const;
    await db.owner.query("UPDATE contacts.import_job SET clearance = 0");
    await raise(1);

    const report = await undoing.undo(id, free);
    await raise(0);

    expect(outcomesOf(report)).to.deep.equal(["KEPT FIELD_NOT_AVAILABLE birthDate"]);
    expect(await stateOf(email)).to.include({ birth_date: "1980-02-02" });
    expect((await undoing.report(id, anna)).status).to.equal("UNDONE");
  });
});
