import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import type { ContactWish, TestContact } from "../../../support/rows.js";
import { activitiesOf, authorizationsOf, contactWith, ledgerOf, type Value } from "./authorization-rows.js";
import { ImportDesk } from "./desk.js";

const header =
  "contactId;contactNumber;lastName;firstName;email;[old]INSTITUTION_EMAIL;[new]INSTITUTION_EMAIL;[old]SMS;[new]SMS";

interface TableRow {
  readonly title: string;
  readonly now: readonly [institutionEmail: Value, sms: Value];
  /** [old]I, [new]I, [old]S, [new]S. */
  readonly cells: readonly [string, string, string, string];
  readonly outcome: string;
  /** Of an error or a conflict: column and code of each problem. */
  readonly problems?: readonly [column: string | null, code: string][];
  /** What the contact authorizes afterwards; as before when left out. */
  readonly becomes?: Readonly<Record<string, Value>>;
  readonly activities?: number;
  readonly contact?: ContactWish;
}

const inI = "[new]INSTITUTION_EMAIL";
const anonymizedAt = new Date("2026-01-10T10:00:00Z");

const rows: Readonly<Record<string, TableRow>> = {
  R1: {
    title: "agrees to e-mails, and the mean follows (5.4)",
    ...{ now: ["EMPTY", "EMPTY"], cells: ["Empty", "TRUE", "Empty", ""], outcome: "UPDATED", activities: 1 },
    becomes: { INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE" },
  },
  R2: {
    title: "is unchanged where the value is what was asked for, in another spelling",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "t", "Empty", ""], outcome: "UNCHANGED" },
  },
  R3: {
    title: "refuses both: without an agreement left, that is no activity",
    ...{ now: ["TRUE", "TRUE"], cells: ["TRUE", "F", "TRUE", "f"], outcome: "UPDATED", activities: 0 },
    becomes: { INSTITUTION_EMAIL: "FALSE", SMS: "FALSE" },
  },
  R4: {
    title: "refuses one: another agreement stands, so that is activity",
    ...{ now: ["TRUE", "TRUE"], cells: ["TRUE", "false", "TRUE", ""], outcome: "UPDATED", activities: 1 },
    becomes: { INSTITUTION_EMAIL: "FALSE", SMS: "TRUE" },
  },
  R5: {
    title: "clears by Empty",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "Empty", "Empty", ""], outcome: "UPDATED", becomes: {} },
  },
  R6: {
    title: "keeps where the new cell is blank",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "", "Empty", ""], outcome: "UNCHANGED" },
  },
  R7: {
    title: "writes nothing of a row with one bad cell",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "True", "Empty", "T"], outcome: "ERROR" },
    problems: [[inI, "INVALID_BOOLEAN"]],
  },
  R8: {
    title: "refuses empty in small letters",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "empty", "Empty", ""], outcome: "ERROR" },
    problems: [[inI, "INVALID_BOOLEAN"]],
  },
  R9: {
    title: "refuses what a French spreadsheet writes",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "VRAI", "Empty", ""], outcome: "ERROR" },
    problems: [[inI, "INVALID_BOOLEAN"]],
  },
  R10: {
    title: "keeps a refusal that came after the export",
    ...{ now: ["FALSE", "EMPTY"], cells: ["TRUE", "TRUE", "Empty", ""], outcome: "CONFLICT" },
    problems: [[inI, "VALUE_CHANGED"]],
  },
  R11: {
    title: "is unchanged where the value became what was asked for",
    ...{ now: ["FALSE", "EMPTY"], cells: ["TRUE", "FALSE", "Empty", ""], outcome: "UNCHANGED" },
  },
  R12: {
    title: "makes no refusal an agreement without knowing of it (D-20)",
    ...{ now: ["FALSE", "EMPTY"], cells: ["", "TRUE", "", ""], outcome: "CONFLICT" },
    problems: [[inI, "UNVERIFIED_AGREEMENT"]],
  },
  R13: {
    title: "writes the rest without an old value",
    ...{ now: ["EMPTY", "EMPTY"], cells: ["", "FALSE", "", ""], outcome: "UPDATED", activities: 0 },
    becomes: { INSTITUTION_EMAIL: "FALSE" },
  },
  R14: {
    title: "refuses an old value that cannot be read",
    ...{ now: ["EMPTY", "EMPTY"], cells: ["maybe", "TRUE", "Empty", ""], outcome: "ERROR" },
    problems: [["[old]INSTITUTION_EMAIL", "INVALID_OLD_VALUE"]],
  },
  "R14 on a refusal": {
    title: "does not call an agreement unverified whose old value cannot be read",
    ...{ now: ["FALSE", "EMPTY"], cells: ["maybe", "TRUE", "Empty", ""], outcome: "ERROR" },
    problems: [["[old]INSTITUTION_EMAIL", "INVALID_OLD_VALUE"]],
  },
  R18: {
    title: "refuses a contact who was anonymized",
    ...{ now: ["TRUE", "TRUE"], cells: ["TRUE", "FALSE", "TRUE", ""], outcome: "ERROR", contact: { anonymizedAt } },
    problems: [["contactId", "CONTACT_ANONYMIZED"]],
  },
  R19: {
    title: "refuses a contact whose validity has ended (Q-16)",
    ...{ now: ["TRUE", "EMPTY"], cells: ["TRUE", "FALSE", "Empty", ""], outcome: "ERROR" },
    ...{ contact: { validityEndDate: "2020-01-01" }, problems: [["contactId", "CONTACT_INVALID"]] },
  },
  R23: {
    title: "takes spaces and no-break spaces away",
    ...{ now: ["EMPTY", "EMPTY"], cells: ["Empty", "\u00a0 TRUE \u00a0", "Empty", ""], outcome: "UPDATED" },
    becomes: { INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE" },
  },
  R24: {
    title: "refuses a structure",
    ...{ now: ["EMPTY", "EMPTY"], cells: ["", "TRUE", "", ""], outcome: "ERROR", contact: { structureName: "École" } },
    problems: [[inI, "AUTHORIZATION_NOT_APPLICABLE"]],
  },
};

describe("rows of an authorizations import (6.8)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();

  const line = ({ opaqueId, contactNumber }: TestContact, cells: readonly string[]) =>
    [opaqueId, contactNumber, "Müller", "Zoé", "z@example.org", ...cells].join(";");
  const fileOf = (...lines: string[]) => [header, ...lines].join("\r\n");
  const told = (problems: readonly { column: string | null; code: string }[]) =>
    problems.map(({ column, code }) => [column, code]);

  for (const [number, row] of Object.entries(rows))
    it(`${number}: ${row.title}`, async () => {
      const [INSTITUTION_EMAIL, SMS] = row.now;
      const contact = await contactWith(db, { INSTITUTION_EMAIL, SMS }, row.contact);
      const before = await authorizationsOf(db, contact);

      const report = await desk.import(fileOf(line(contact, row.cells)));

      expect(report.rows[0]!.outcome).to.equal(row.outcome);
      expect(told(report.rows[0]!.problems)).to.deep.equal(row.problems ?? []);
      expect(await authorizationsOf(db, contact)).to.deep.equal(row.becomes ?? before);
      if (row.activities !== undefined) {
        expect(await activitiesOf(db, contact)).to.equal(row.activities);
        expect(report.recencies).to.equal(row.activities);
      }
      if (!row.becomes) expect(await ledgerOf(db, contact)).to.deep.equal([]);
    });

  it("R1: says in the ledger that the import did it, and that the mean followed by rule", async () => {
    const contact = await contactWith(db, {});

    const { id } = await desk.import(fileOf(line(contact, ["Empty", "TRUE", "Empty", ""])));
    const [legal, mean] = await ledgerOf(db, contact);

    expect(legal).to.deep.include({ code: "INSTITUTION_EMAIL", new_value: true, source: "IMPORT", actor: "anna" });
    expect(legal).to.deep.include({ is_automatic: false, is_verified: true });
    expect(mean).to.deep.include({ code: "EMAIL", new_value: true, is_automatic: true });
    expect(Buffer.from(id, "base64url").toString()).to.equal(`ImportJob:${legal!.job_id}`);
  });

  it("R9: hints in the message at what was meant, in three languages, with the nine spellings", async () => {
    const contact = await contactWith(db, {});
    const file = fileOf(line(contact, ["Empty", "VERDADERO", "Empty", ""]));

    for (const locale of ["en", "fr", "es"] as const) {
      const as = { login: "anna", clearance: 2, locale } as const;
      const report = await desk.import(file, { as, mode: "CHECK" });
      expect(report.rows[0]!.problems[0]!.message).to.include(
        "TRUE, true, T, t, FALSE, false, F, f, Empty (VERDADERO = TRUE)",
      );
    }
  });

  it("R13: marks in the ledger what was written without an old value", async () => {
    const contact = await contactWith(db, { SMS: "TRUE" });

    await desk.import(fileOf(line(contact, ["", "FALSE", "TRUE", "FALSE"])));

    const ledger = await ledgerOf(db, contact);
    expect(ledger.map(({ code, is_verified }) => [code, is_verified])).to.deep.equal([
      ["INSTITUTION_EMAIL", false],
      ["SMS", true],
    ]);
  });

  it("R15: takes the id for the key where a spreadsheet lost the number's zeros", async () => {
    const contact = await contactWith(db, {});
    const short = { ...contact, contactNumber: String(Number(contact.contactNumber)) };

    const report = await desk.import(fileOf(line(short, ["Empty", "T", "Empty", ""])));

    expect(report.rows[0]!.outcome).to.equal("UPDATED");
  });

  it("R16: guesses no zeros where the number is the key", async () => {
    const contact = await contactWith(db, {});
    const file = (number: string) => `contactNumber;[old]SMS;[new]SMS\n${number};Empty;T`;

    const short = await desk.import(file(String(Number(contact.contactNumber))));
    const whole = await desk.import(file(contact.contactNumber));

    expect(told(short.rows[0]!.problems)).to.deep.equal([["contactNumber", "CONTACT_NOT_FOUND"]]);
    expect(whole.rows[0]!.outcome).to.equal("UPDATED");
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "TRUE" });
  });

  it("R17: refuses an id and a number of two contacts", async () => {
    const contact = await contactWith(db, {});
    const { contactNumber } = await contactWith(db, {});

    const report = await desk.import(fileOf(line({ ...contact, contactNumber }, ["Empty", "T", "Empty", ""])));

    expect(told(report.rows[0]!.problems)).to.deep.equal([["contactNumber", "KEY_MISMATCH"]]);
    expect(report.rows[0]!.contact).to.equal(null);
  });

  it("R20: does not find a contact above the importer's clearance, nor one who is not there (F05)", async () => {
    const hidden = await contactWith(db, { INSTITUTION_EMAIL: "TRUE" }, { level: 2 });
    const gone = { ...hidden, opaqueId: Buffer.from("Contact:999999").toString("base64url") };
    const free = { login: "free", clearance: 0 } as const;
    const cells = ["TRUE", "FALSE", "TRUE", ""];

    const report = await desk.import(fileOf(line(hidden, cells), line(gone, cells), line(hidden, cells)), { as: free });

    const [seen, missing, again] = report.rows.map(({ line: _, ...row }) => row);
    expect(told(seen!.problems)).to.deep.equal([["contactId", "CONTACT_NOT_FOUND"]]);
    expect(seen).to.deep.equal(missing);
    expect(again).to.deep.equal(missing);
    expect(await authorizationsOf(db, hidden)).to.deep.equal({ INSTITUTION_EMAIL: "TRUE" });
  });

  it("R21: refuses the second row of a contact, even if the first one failed", async () => {
    const [good, bad] = [await contactWith(db, {}), await contactWith(db, {})];

    const report = await desk.import(
      fileOf(
        line(good, ["Empty", "TRUE", "Empty", ""]),
        line(good, ["Empty", "FALSE", "Empty", ""]),
        line(bad, ["Empty", "yes", "Empty", ""]),
        line(bad, ["Empty", "FALSE", "Empty", ""]),
      ),
    );

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["UPDATED", "ERROR", "ERROR", "ERROR"]);
    for (const at of [1, 3]) expect(told(report.rows[at]!.problems)).to.deep.equal([["contactId", "DUPLICATE_ROW"]]);
    expect(await authorizationsOf(db, bad)).to.deep.equal({});
  });

  it("R22: refuses a row with fewer cells than the header", async () => {
    const contact = await contactWith(db, {});

    const report = await desk.import(fileOf(line(contact, ["Empty", "TRUE", "Empty"])));

    expect(told(report.rows[0]!.problems)).to.deep.equal([[null, "COLUMN_COUNT"]]);
    expect(report).to.include({ status: "DONE_WITH_ERRORS" });
  });

  it("R25: tells in a check what an update would do, and changes nothing (F87)", async () => {
    const contact = await contactWith(db, {});

    const report = await desk.import(fileOf(line(contact, ["Empty", "TRUE", "Empty", ""])), { mode: "CHECK" });

    expect(report.rows[0]!.outcome).to.equal("WOULD_UPDATE");
    expect(report.counters).to.include({ wouldUpdate: 1, updated: 0 });
    expect(report.recencies).to.equal(1);
    expect(await authorizationsOf(db, contact)).to.deep.equal({});
    expect(await ledgerOf(db, contact)).to.deep.equal([]);
  });

  it("R26: changes nothing when the same file comes again", async () => {
    const contact = await contactWith(db, {});
    const file = fileOf(line(contact, ["Empty", "TRUE", "Empty", ""]));

    await desk.import(file);
    const again = await desk.import(file);

    expect(again.rows[0]!.outcome).to.equal("UNCHANGED");
    expect(again.recencies).to.equal(0);
    expect(await ledgerOf(db, contact)).to.have.length(2);
  });

  it("5.4: lets a value that the row gives for EMAIL win over the rule", async () => {
    const contact = await contactWith(db, {});

    await desk.import(`contactId;[new]INSTITUTION_EMAIL;[new]EMAIL\n${contact.opaqueId};T;Empty`);

    expect(await authorizationsOf(db, contact)).to.deep.equal({ INSTITUTION_EMAIL: "TRUE" });
  });
});
