import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import { contactHaving, criteriaOf, defineAll, type Held, hold, traceOf } from "../keyed/criterion-rows.js";
import { ImportDesk } from "../keyed/desk.js";
import { anna, outcomesOf, UndoDesk } from "./undoing.js";

describe("undone imports of criteria (6.7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const undoing = new UndoDesk(db, desk);

  desk.openDuringTests();
  beforeEach(async () => {
    await db.owner.query("DELETE FROM contacts.criterion_value");
    await db.owner.query("DELETE FROM contacts.contact_criterion");
    await db.owner.query("DELETE FROM contacts.criterion");
    await defineAll(db);
  });

  /** A contact who had this, with what a file has made of it. */
  async function imported(held: Readonly<Record<string, Held>>, given: Readonly<Record<string, string>>) {
    const contact = await contactHaving(db, held);
    const codes = Object.keys(given);
    const header = ["contactId", ...codes.map((code) => `[new]${code}`)].join(";");
    const file = [header, [contact.opaqueId, ...codes.map((code) => given[code])].join(";")].join("\n");
    const report = await desk.import(file, { type: "CRITERIA" });
    expect(report.rows[0]!.outcome, JSON.stringify(report)).to.equal("UPDATED");
    return { contact, id: report.id };
  }

  const set = (sql: string) => db.owner.query(`UPDATE contacts.${sql}`);

  it("give back what there was: codes, texts, and nothing", async () => {
    const { contact, id } = await imported(
      { INTEREST: ["OPERA", "BALLET"], TASTE: "Verdi" },
      { INTEREST: "OPERA", TASTE: "Wagner", VIP: "T" },
    );
    const before = await criteriaOf(db, contact);
    const { version, activities } = await traceOf(db, contact);

    const report = await undoing.undo(id);

    expect(before).to.deep.equal({ INTEREST: "OPERA", TASTE: "Wagner", VIP: "TRUE" });
    expect(outcomesOf(report)).to.deep.equal(["UNDONE"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "BALLET|OPERA", TASTE: "Verdi" });
    const after = await traceOf(db, contact);
    expect(after.version).to.equal(version + 1);
    expect(after.activities, "activities stay").to.be.at.least(activities);
    expect(after.audit.filter(({ source }) => source === "UNDO")).to.deep.equal([
      { field: "INTEREST", old: "OPERA", new: "BALLET|OPERA", source: "UNDO", actor: "anna" },
      { field: "TASTE", old: "Wagner", new: "Verdi", source: "UNDO", actor: "anna" },
      { field: "VIP", old: "TRUE", new: null, source: "UNDO", actor: "anna" },
    ]);
  });

  it("keep a row of which one value was changed since, as a whole", async () => {
    const { contact, id } = await imported({}, { INTEREST: "OPERA", VIP: "T" });
    await hold(db, contact, "INTEREST", ["BALLET"]);

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal(["KEPT VALUE_CHANGED_SINCE [new]INTEREST"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "BALLET", VIP: "TRUE" });
  });

  it("take a value that somebody has put back already for undone", async () => {
    const { contact, id } = await imported({ INTEREST: ["OPERA"] }, { INTEREST: "BALLET", VIP: "T" });
    await hold(db, contact, "INTEREST", ["OPERA"]);

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal(["UNDONE"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "OPERA" });
  });

  const kept: readonly (readonly [
    string,
    Readonly<Record<string, Held>>,
    Record<string, string>,
    string | null,
    string,
  ])[] = [
    ["the only value of a compulsory criterion", {}, { AGEGRP: "A18" }, null, "CRITERION_REQUIRED [new]AGEGRP"],
    [
      "a value that is out of use by now",
      { INTEREST: ["BALLET"] },
      { INTEREST: "OPERA" },
      "criterion_value SET is_active = false WHERE internal_code = 'BALLET'",
      "INACTIVE_CODE [new]INTEREST",
    ],
    [
      "a criterion that is out of use by now",
      { VIP: ["TRUE"] },
      { VIP: "F" },
      "criterion SET is_active = false WHERE code = 'VIP'",
      "CRITERION_INACTIVE [new]VIP",
    ],
    [
      "a criterion for others by now",
      { VIP: ["TRUE"] },
      { VIP: "F" },
      "criterion SET applicability = 'STRUCTURE' WHERE code = 'VIP'",
      "CRITERION_NOT_APPLICABLE [new]VIP",
    ],
    [
      "a criterion of another organization by now",
      { VIP: ["TRUE"] },
      { VIP: "F" },
      "criterion SET organization = 'MUSEUM' WHERE code = 'VIP'",
      "CODE_NOT_IN_ORGANIZATION [new]VIP",
    ],
  ];
  for (const [what, held, given, change, expected] of kept)
    it(`keep ${what} (6.6)`, async () => {
      const { contact, id } = await imported(held, given);
      const before = await criteriaOf(db, contact);
      if (change) await set(change);

      const report = await undoing.undo(id);

      expect(outcomesOf(report)).to.deep.equal([`KEPT ${expected}`]);
      expect(await criteriaOf(db, contact)).to.deep.equal(before);
    });

  it("keep a criterion that is withheld by now from who undoes", async () => {
    const contact = await contactHaving(db, {});
    const free = { login: "free.desk", clearance: 0, organizations: [] } as const;
    const file = `contactId;[new]VIP;[new]INTEREST\n${contact.opaqueId};T;OPERA`;
    const { id } = await desk.import(file, { type: "CRITERIA", as: free });
    await set("criterion SET level = 1 WHERE code = 'VIP'");

    const report = await undoing.undo(id, anna);

    expect(outcomesOf(report)).to.deep.equal(["KEPT FIELD_NOT_AVAILABLE [new]VIP"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "OPERA", VIP: "TRUE" });
  });

  it("clear a criterion that is out of use by now, where there was nothing before", async () => {
    const { contact, id } = await imported({}, { VIP: "T" });
    await set("criterion SET is_active = false WHERE code = 'VIP'");

    expect(outcomesOf(await undoing.undo(id))).to.deep.equal(["UNDONE"]);
    expect(await criteriaOf(db, contact)).to.deep.equal({});
  });
});
