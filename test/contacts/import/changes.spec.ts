import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { contactWith } from "./keyed/authorization-rows.js";
import { contactHaving, defineAll } from "./keyed/criterion-rows.js";
import { type DeskWish, ImportDesk, type Importing } from "./keyed/desk.js";

interface Change {
  column: string;
  oldValue: string | null;
  newValue: string | null;
  isVerified: boolean;
  redactions: { field: string; requiredClearance: string; requiredPermission: string | null }[];
}

const asked = `query ($id: ID!) { importJob(id: $id) { rows(first: 100) { nodes { line outcome
  changes { column oldValue newValue isVerified redactions { field requiredClearance requiredPermission } } } } } }`;

describe("what rows of an import change", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();
  before(() => defineAll(db));

  const anna: Importing = { login: "anna", clearance: 2, organizations: ["OPERA"] };
  async function changesOf(id: string, as = anna): Promise<(Change[] | null)[]> {
    const { data, errors } = await desk.ask(as, asked, { id });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.importJob.rows.nodes.map(({ changes }: { changes: Change[] | null }) => changes);
  }
  const short = (changes: readonly Change[] | null | undefined) =>
    changes?.map(({ column, oldValue, newValue, isVerified }) => `${column} ${oldValue} ${newValue} ${isVerified}`);
  /** What a check would change, and then what the update did. */
  async function both(file: string, wish: DeskWish) {
    const check = await desk.import(file, { ...wish, mode: "CHECK" });
    const update = await desk.import(file, { ...wish, mode: "UPDATE" });
    return [await changesOf(check.id), await changesOf(update.id)];
  }

  let count = 0;
  const newEmail = () => `changes${++count}@b.ch`;

  it("are the authorizations that become others, and whether the row knew what they were", async () => {
    const { opaqueId } = await contactWith(db, { SMS: "FALSE", LETTER: "TRUE" });
    const file = `contactId;[old]SMS;[new]SMS;[new]PHONE;[old]LETTER;[new]LETTER\n${opaqueId};FALSE;T;F;TRUE;T`;

    const [checked, updated] = await both(file, { type: "AUTHORIZATIONS" });

    expect(short(checked![0])).to.deep.equal(["SMS FALSE TRUE true", "PHONE null FALSE false"]);
    expect(updated).to.deep.equal(checked);
  });

  it("are the criteria, texts as well", async () => {
    const { opaqueId } = await contactHaving(db, { INTEREST: ["OPERA"], TASTE: "old\ntext", VIP: ["TRUE"] });
    const file = `contactId;[old]INTEREST;[new]INTEREST;[new]TASTE;[new]VIP\n${opaqueId};OPERA;OPERA|BALLET;new;Empty`;

    const [checked, updated] = await both(file, { type: "CRITERIA" });

    const changes = ["INTEREST OPERA BALLET|OPERA true", "VIP TRUE null false", "TASTE old\ntext new false"];
    expect(short(checked![0])).to.have.members(changes);
    expect(updated).to.deep.equal(checked);
  });

  it("are fields of contacts, their address, and what stands in columns by code", async () => {
    const email = newEmail();
    await contactWith(db, { SMS: "TRUE" }, { email, lastName: "Alt", phone: "031 000 00 00" });
    const file = `email;lastName;firstName;phone;birthDate;town;VIP;SMS\n${email};Neu;;Empty;30.04.1999;Bern;T;F`;

    const [checked, updated] = await both(file, { type: "CONTACTS", onMatch: "UPDATE" });

    expect(short(checked![0])).to.deep.equal([
      ...["lastName Alt Neu false", "birthDate null 1999-04-30 false", "phone 031 000 00 00 null false"],
      ...["town null Bern false", "country null CH false", "VIP null TRUE false", "SMS TRUE FALSE false"],
    ]);
    expect(updated).to.deep.equal(checked);
  });

  it("are empty for rows that change nobody who was there before", async () => {
    const email = newEmail();
    await db.insertContact({ email, lastName: "Muster" });
    const file = `email;lastName\n${newEmail()};Neu\n${email};Muster\nbad;Neu`;

    expect(await both(file, { type: "CONTACTS", onMatch: "UPDATE" })).to.deep.equal([
      [[], [], []],
      [[], [], []],
    ]);
  });

  it("are not there for who does not see the contact any more, or may not read contacts (F05)", async () => {
    const { id, opaqueId } = await contactWith(db, {});
    const free: Importing = { login: "free", clearance: 0, organizations: ["OPERA"] };
    const report = await desk.import(`contactId;[new]SMS\n${opaqueId};T`, { as: free });
    expect(short((await changesOf(report.id, free))[0])).to.deep.equal(["SMS null TRUE false"]);

    await db.owner.query("UPDATE contacts.contact SET confidentiality_level = 1 WHERE id = $1", [id]);

    expect(await changesOf(report.id, free)).to.deep.equal([null]);
    expect(short((await changesOf(report.id))[0])).to.deep.equal(["SMS null TRUE false"]);
  });

  it("withhold a criterion above the reader's clearance, and a field that was raised", async () => {
    const free: Importing = { login: "reader", clearance: 0, organizations: ["OPERA"] };
    const email = newEmail();
    await db.insertContact({ email, phone: "1234" });
    const { id } = await desk.import(`email;phone;lastName;VIP\n${email};5678;Neu;T`, {
      ...{ type: "CONTACTS", onMatch: "UPDATE", as: free },
    });
    const code = db.home.id;
    await db.owner.query("UPDATE contacts.criterion SET level = 2 WHERE institution_id = $1 AND code = 'VIP'", [code]);
    await desk.ask(
      anna,
      `mutation { setFieldLevel(input: { typeName: "Contact", fieldName: "phone", level: RESTRICTED }) { userErrors { code } } }`,
    );

    const [changes] = await changesOf(id, free);
    const values = changes!.map(({ column, oldValue, newValue, redactions }) => [
      column,
      oldValue,
      newValue,
      redactions.length,
    ]);
    await db.owner.query("UPDATE contacts.criterion SET level = 0 WHERE institution_id = $1 AND code = 'VIP'", [code]);
    await desk.ask(
      anna,
      `mutation { setFieldLevel(input: { typeName: "Contact", fieldName: "phone", level: FREE }) { userErrors { code } } }`,
    );

    expect(values).to.deep.equal([
      ["lastName", "Muster", "Neu", 0],
      ["phone", null, null, 2],
      ["VIP", null, null, 2],
    ]);
    expect(changes![1]!.redactions).to.deep.equal([
      { field: "oldValue", requiredClearance: "RESTRICTED", requiredPermission: null },
      { field: "newValue", requiredClearance: "RESTRICTED", requiredPermission: null },
    ]);
  });
});
