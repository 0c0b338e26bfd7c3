import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { activitiesOf, authorizationsOf, contactWith, ledgerOf } from "./keyed/authorization-rows.js";
import { contactHaving, criteriaOf, defineAll, traceOf } from "./keyed/criterion-rows.js";
import { type DeskReport, type DeskWish, ImportDesk } from "./keyed/desk.js";

describe("columns by code in a contacts file (6.9)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();
  before(() => defineAll(db));

  let count = 0;
  const newEmail = () => `person${++count}@b.ch`;
  /** A file with these columns, and what became of it. */
  const contacts = (rows: Record<string, string>[], wish: DeskWish = {}): Promise<DeskReport> =>
    desk.import(
      [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((cells) => cells.join(";")).join("\r\n"),
      { type: "CONTACTS", onMatch: "UPDATE", ...wish },
    );
  const codesOf = ({ rows }: DeskReport) =>
    rows.flatMap(({ problems }) => problems.map(({ column, code }) => `${column} ${code}`));
  async function withEmail(email: string) {
    const { rows } = await db.owner.query("SELECT id FROM contacts.contact WHERE email = $1", [email]);
    return { id: rows[0].id as string, opaqueId: "" } as Parameters<typeof criteriaOf>[1];
  }

  it("give a new contact his criteria and authorizations, and nothing that he is not said to have", async () => {
    const email = newEmail();

    const row = { email, lastName: "Neu", AGEGRP: "A18", INTEREST: "OPERA|BALLET", VIP: "t", SMS: "TRUE", PHONE: "F" };
    const report = await contacts([{ ...row, phone: "", LETTER: "" }]);
    const contact = await withEmail(email);

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["CREATED"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ AGEGRP: "A18", INTEREST: "BALLET|OPERA", VIP: "TRUE" });
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "TRUE", PHONE: "FALSE" });
  });

  it("are audited as an import's, with the creation as recency's fallback (A7)", async () => {
    const email = newEmail();

    const report = await contacts([{ email, VIP: "t", SMS: "TRUE" }]);
    const contact = await withEmail(email);
    const { audit, version, activities } = await traceOf(db, contact);
    const [entry] = await ledgerOf(db, contact);

    expect(audit).to.deep.equal([{ field: "VIP", old: null, new: "TRUE", source: "IMPORT", actor: "anna" }]);
    expect({ version, activities, recencies: report.recencies }).to.deep.equal({
      version: 1,
      activities: 0,
      recencies: 0,
    });
    expect(entry).to.include({ code: "SMS", new_value: true, source: "IMPORT", actor: "anna", is_verified: true });
  });

  it("change somebody who is found, once for his recency (A7, A8)", async () => {
    const email = newEmail();
    const contact = await contactHaving(db, { INTEREST: ["OPERA"] }, { email });

    const report = await contacts([{ email, INTEREST: "BALLET", SMS: "T", lastName: "Neu" }]);
    const { activities } = await traceOf(db, contact);

    expect(report).to.include({ status: "DONE", recencies: 1 });
    expect(report.rows[0]!.outcome).to.equal("UPDATED");
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "BALLET" });
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "TRUE" });
    expect([activities, await activitiesOf(db, contact)]).to.deep.equal([1, 1]);
    expect((await ledgerOf(db, contact))[0]).to.include({ code: "SMS", is_verified: false });
  });

  it("are changes of their own: only they change, and the fields keep their version", async () => {
    const email = newEmail();
    const contact = await contactWith(db, {}, { email });

    await contacts([{ email, SMS: "T" }]);

    expect((await traceOf(db, contact)).version).to.equal(1);
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "TRUE" });
  });

  it("keep by a blank cell, clear by Empty, and change nothing the second time (6.7)", async () => {
    const email = newEmail();
    const contact = await contactHaving(db, { INTEREST: ["OPERA"], VIP: ["TRUE"] }, { email });
    const rows = [{ email, INTEREST: "", VIP: "Empty", SMS: "", LETTER: "Empty" }];

    const [first, second] = [await contacts(rows), await contacts(rows)];

    expect([first, second].map(({ rows: [row] }) => row!.outcome)).to.deep.equal(["UPDATED", "UNCHANGED"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "OPERA" });
  });

  it("make no agreement of a refusal, and then write nothing of the row (D-20)", async () => {
    const email = newEmail();
    const contact = await contactWith(db, { SMS: "FALSE", LETTER: "TRUE" }, { email, lastName: "Alt" });

    const report = await contacts([{ email, lastName: "Neu", SMS: "TRUE", LETTER: "FALSE" }]);

    expect(report).to.have.property("status", "DONE_WITH_ERRORS");
    expect(report.rows[0]).to.have.property("outcome", "CONFLICT");
    expect(report.rows[0]!.contact!.id).to.equal(contact.opaqueId);
    expect(codesOf(report)).to.deep.equal(["SMS UNVERIFIED_AGREEMENT"]);
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "FALSE", LETTER: "TRUE" });
    expect(
      (await db.owner.query("SELECT last_name FROM contacts.contact WHERE id = $1", [contact.id])).rows[0],
    ).to.deep.equal({ last_name: "Alt" });
  });

  it("are read as in files of their own, and all problems of a row are listed", async () => {
    const row = { email: newEmail(), firstName: "Ana2", INTEREST: "Opera", AGEGRP: "A18|A26", VIP: "VRAI", SMS: "yes" };

    const report = await contacts([row]);

    expect(codesOf(report)).to.have.members([
      ...["firstName INVALID_NAME", "INTEREST UNKNOWN_CODE", "AGEGRP SINGLE_VALUE_EXPECTED"],
      ...["VIP INVALID_BOOLEAN", "SMS INVALID_BOOLEAN"],
    ]);
    expect(report.rows[0]!.problems.find(({ column }) => column === "VIP")!.message).to.contain("VRAI = TRUE");
  });

  it("are for a type of contact: what a structure and what an individual has", async () => {
    const report = await contacts([
      { email: newEmail(), lastName: "", structureName: `École ${++count}`, SECTOR: "EDU", SMS: "" },
      { email: newEmail(), lastName: "", structureName: `École ${++count}`, SECTOR: "", SMS: "Empty" },
      { email: newEmail(), lastName: "Relais", structureName: `École ${++count}`, SECTOR: "EDU", SMS: "T" },
    ]);

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["CREATED", "ERROR", "ERROR"]);
    expect(codesOf(report)).to.deep.equal(["SMS AUTHORIZATION_NOT_APPLICABLE", "SECTOR CRITERION_NOT_APPLICABLE"]);
  });

  it("decide about authorizations as a file of authorizations without old values does", async () => {
    const values = ["TRUE", "FALSE", "EMPTY"] as const;
    const pairs = values.flatMap((now) =>
      values.map((wanted) => ({ now, wanted: wanted === "EMPTY" ? "Empty" : wanted })),
    );
    const rows: { email: string; id: string; wanted: string }[] = [];
    for (const { now, wanted } of pairs) {
      const email = newEmail();
      rows.push({ email, id: (await contactWith(db, { SMS: now }, { email })).opaqueId, wanted });
    }

    const keyed = ["contactId;[new]SMS", ...rows.map(({ id, wanted }) => `${id};${wanted}`)].join("\n");
    const theirs = await desk.import(keyed, { mode: "CHECK" });
    const ours = await contacts(
      rows.map(({ email, wanted }) => ({ email, SMS: wanted })),
      { mode: "CHECK" },
    );

    const told = ({ recencies, rows: all }: DeskReport) => ({
      recencies,
      rows: all.map(({ line, outcome, problems, contact }) => ({
        line,
        outcome,
        contact,
        codes: problems.map((p) => p.code),
      })),
    });
    expect(told(ours)).to.deep.equal(told(theirs));
    expect(new Set(ours.rows.map(({ outcome }) => outcome))).to.have.property("size", 3);
  });

  it("say nothing about somebody who is skipped", async () => {
    const email = newEmail();
    const contact = await contactWith(db, { SMS: "FALSE" }, { email });

    const report = await contacts([{ email, SMS: "TRUE", GONE: "T" }], { onMatch: "SKIP" });

    expect(codesOf(report)).to.deep.equal(["email SKIPPED_EXISTS"]);
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "FALSE" });
  });

  it("are checked, planned and approved with the rest (6.7)", async () => {
    const [kept, changed] = [newEmail(), newEmail()];
    const contact = await contactWith(db, {}, { email: kept });
    const other = await contactHaving(db, { VIP: ["TRUE"] }, { email: changed });
    const rows = [
      { email: kept, SMS: "T", VIP: "F" },
      { email: changed, SMS: "T", VIP: "F" },
      { email: newEmail(), SMS: "T", VIP: "F" },
    ];

    const check = await contacts(rows, { mode: "CHECK" });
    expect([await authorizationsOf(db, contact), await criteriaOf(db, contact)]).to.deep.equal([{}, {}]);
    await contacts([{ email: changed, VIP: "Empty" }]);
    const update = await contacts(rows, { approvedPlanHash: check.planHash });

    expect(check.rows.map(({ outcome }) => outcome)).to.deep.equal(["WOULD_UPDATE", "WOULD_UPDATE", "WOULD_CREATE"]);
    expect(check.recencies).to.equal(2);
    expect(update.rows.map(({ outcome }) => outcome)).to.deep.equal(["UPDATED", "CONFLICT", "CREATED"]);
    expect(codesOf(update)).to.deep.equal(["null PLAN_CHANGED"]);
    expect(await authorizationsOf(db, other)).to.deep.equal({});
  });

  it("make an EMPTY EMAIL TRUE with INSTITUTION_EMAIL, unless the row gives EMAIL (5.4)", async () => {
    const [alone, beside] = [newEmail(), newEmail()];

    await contacts([{ email: alone, INSTITUTION_EMAIL: "T" }]);
    await contacts([{ email: beside, INSTITUTION_EMAIL: "T", EMAIL: "F" }]);

    const both = { INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE" };
    expect(await authorizationsOf(db, await withEmail(alone))).to.deep.equal(both);
    expect(await authorizationsOf(db, await withEmail(beside))).to.deep.equal({ ...both, EMAIL: "FALSE" });
  });

  it("need the field beside them where both have one name", async () => {
    const email = newEmail();
    const contact = await contactWith(db, {}, { email });

    const unclear = await contacts([{ email, PHONE: "T" }]);
    const alone = await contacts([{ EMAIL: email, LASTNAME: "Neu" }]);
    const clear = await contacts([{ email, phone: "", PHONE: "T" }]);

    expect(unclear.fileError).to.have.property("code", "AMBIGUOUS_COLUMN");
    expect([alone, clear].map(({ rows: [row] }) => row!.outcome)).to.deep.equal(["UPDATED", "UPDATED"]);
    expect(await authorizationsOf(db, contact)).to.deep.equal({ PHONE: "TRUE" });
  });

  for (const [title, header, code] of [
    ["a code that there is not", "INTRST", "UNKNOWN_FIELD"],
    ["a code in another case", "Vip", "UNKNOWN_FIELD"],
    ["a code twice", "VIP;VIP", "DUPLICATE_COLUMN"],
    ["a column with old values", "[old]VIP;VIP", "WRONG_IMPORT_TYPE"],
  ] as const) {
    it(`refuse the file: ${title}`, async () => {
      const report = await desk.import(`email;${header}\na@b.ch;`, { type: "CONTACTS" });

      expect(report.fileError).to.have.property("code", code);
      expect(report.rows).to.deep.equal([]);
    });
  }

  it("are not available above the importer's clearance (F05)", async () => {
    const as = { login: "free", clearance: 0, organizations: ["OPERA"] } as const;

    expect((await contacts([{ email: newEmail(), SECRET: "T" }], { as })).fileError).to.have.property(
      "code",
      "FIELD_NOT_AVAILABLE",
    );
  });

  it("are refused for an organization that is not the importer's", async () => {
    expect(codesOf(await contacts([{ email: newEmail(), THEIRS: "T" }]))).to.deep.equal([
      "THEIRS CODE_NOT_IN_ORGANIZATION",
    ]);
  });
});
