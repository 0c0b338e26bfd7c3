import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import type { TestContact } from "../../../support/rows.js";
import { authorizationsOf, contactWith, ledgerOf } from "../keyed/authorization-rows.js";
import { ImportDesk } from "../keyed/desk.js";
import { anna, outcomesOf, UndoDesk } from "./undoing.js";

describe("undone imports of authorizations (6.7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const undoing = new UndoDesk(db, desk);

  desk.openDuringTests();

  /** Values by code, such as `SMS: "TRUE"`; a row for each contact. */
  async function importRows(rows: readonly { contact: TestContact; old?: Values; given: Values }[]) {
    const codes = [...new Set(rows.flatMap(({ given }) => Object.keys(given)))];
    const header = ["contactId", ...codes.flatMap((code) => [`[old]${code}`, `[new]${code}`])].join(";");
    const lines = rows.map(({ contact, old = {}, given }) =>
      [contact.opaqueId, ...codes.flatMap((code) => [old[code] ?? "", given[code] ?? ""])].join(";"),
    );
    const report = await desk.import([header, ...lines].join("\n"));
    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(rows.map(() => "UPDATED"));
    return report;
  }

  type Values = Readonly<Record<string, "TRUE" | "FALSE" | "Empty">>;

  const set = async (contact: TestContact, code: string, value: "TRUE" | "FALSE" | "EMPTY") => {
    const { data } = await desk.ask(
      anna,
      `mutation ($id: ID!, $code: AuthorizationCode!, $value: AuthorizationValue!) {
         setAuthorizations(input: { contactId: $id, authorizations: [{ code: $code, value: $value }] }) { userErrors { code } } }`,
      { id: contact.opaqueId, code, value },
    );
    expect(data.setAuthorizations.userErrors).to.deep.equal([]);
  };

  it("put a value back that was EMPTY or FALSE, and the ledger says so", async () => {
    const [empty, refused, agreedOnce] = [
      await contactWith(db, {}),
      await contactWith(db, { SMS: "FALSE", PHONE: "TRUE" }),
      await contactWith(db, {}),
    ];
    const { id } = await importRows([
      { contact: empty, given: { SMS: "TRUE" } },
      { contact: refused, old: { SMS: "FALSE" }, given: { SMS: "TRUE" } },
      { contact: agreedOnce, given: { SMS: "FALSE", LETTER: "TRUE" } },
    ]);
    const before = await undoing.report(id);

    const report = await undoing.undo(id);

    expect(before.undoableUntil).to.be.a("string");
    expect(before.rows.map(({ undoOutcome }) => undoOutcome)).to.deep.equal([null, null, null]);
    expect(outcomesOf(report)).to.deep.equal(["UNDONE", "UNDONE", "UNDONE"]);
    expect(report).to.include({ status: "UNDONE", progress: 1, undoableUntil: null, undoError: null });
    expect(report.undoneAt).to.be.a("string");
    expect(report.counters).to.include({ updated: 3, undone: 3, kept: 0 });
    expect(await authorizationsOf(db, empty)).to.deep.equal({});
    expect(await authorizationsOf(db, refused)).to.deep.equal({ SMS: "FALSE", PHONE: "TRUE" });
    expect(await authorizationsOf(db, agreedOnce)).to.deep.equal({});
    const jobId = Buffer.from(id, "base64url").toString().split(":")[1];
    expect(
      (await ledgerOf(db, refused)).map(({ code, new_value, source, actor, job_id }) => ({
        ...{ code, new_value, source, actor, job_id },
      })),
    ).to.deep.equal([
      { code: "SMS", new_value: true, source: "IMPORT", actor: "anna", job_id: jobId },
      { code: "SMS", new_value: false, source: "UNDO", actor: "anna", job_id: jobId },
    ]);
  });

  it("never restore an agreement, nor anything else of its row", async () => {
    const contact = await contactWith(db, { SMS: "TRUE" });
    const cleared = await contactWith(db, { SMS: "TRUE" });
    const { id } = await importRows([
      { contact, old: { SMS: "TRUE", PHONE: "Empty" }, given: { SMS: "FALSE", PHONE: "TRUE" } },
      { contact: cleared, old: { SMS: "TRUE" }, given: { SMS: "Empty" } },
    ]);

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal([
      "KEPT AGREEMENT_NOT_RESTORED [new]SMS",
      "KEPT AGREEMENT_NOT_RESTORED [new]SMS",
    ]);
    expect(report.counters).to.include({ undone: 0, kept: 2 });
    expect(report.rows[0]!.undoProblems[0]!.message).to.match(/^The contact had agreed before the import/);
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "FALSE", PHONE: "TRUE" });
    expect(await authorizationsOf(db, cleared)).to.deep.equal({});
  });

  it("take back what followed by the rule, unless somebody has changed that since (5.4)", async () => {
    const [followed, refusedSince] = [await contactWith(db, {}), await contactWith(db, {})];
    const given = { INSTITUTION_EMAIL: "TRUE" } as const;
    const { id } = await importRows([
      { contact: followed, given },
      { contact: refusedSince, given },
    ]);
    const between = await authorizationsOf(db, followed);
    await set(refusedSince, "EMAIL", "FALSE");

    const report = await undoing.undo(id);

    expect(between).to.deep.equal({ INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE" });
    expect(outcomesOf(report)).to.deep.equal(["UNDONE", "UNDONE"]);
    expect(await authorizationsOf(db, followed)).to.deep.equal({});
    expect(await authorizationsOf(db, refusedSince)).to.deep.equal({ EMAIL: "FALSE" });
  });

  it("keep what was changed since, also when it was changed back: that is what the contact said last", async () => {
    const [refused, agreedHimself, back, other] = [
      await contactWith(db, {}),
      await contactWith(db, {}),
      await contactWith(db, {}),
      await contactWith(db, {}),
    ];
    const { id } = await importRows(
      [refused, agreedHimself, back, other].map((contact) => ({ contact, given: { SMS: "TRUE" } })),
    );
    await set(refused, "SMS", "FALSE");
    await set(agreedHimself, "SMS", "FALSE");
    await set(agreedHimself, "SMS", "TRUE");
    await set(back, "SMS", "EMPTY");
    await set(other, "PHONE", "TRUE");

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal([
      ...["KEPT VALUE_CHANGED_SINCE [new]SMS", "KEPT VALUE_CHANGED_SINCE [new]SMS"],
      ...["UNDONE", "UNDONE"],
    ]);
    expect(await authorizationsOf(db, refused)).to.deep.equal({ SMS: "FALSE" });
    expect(await authorizationsOf(db, agreedHimself)).to.deep.equal({ SMS: "TRUE" });
    expect(await authorizationsOf(db, back)).to.deep.equal({});
    expect(await authorizationsOf(db, other)).to.deep.equal({ PHONE: "TRUE" });
    expect((await ledgerOf(db, back)).map(({ source }) => source)).to.deep.equal(["IMPORT", "OPERATOR"]);
  });

  it("keep what the contact has confirmed by double opt-in since: it is his own word then, though nothing was changed", async () => {
    const confirmed = await contactWith(db, {});
    const other = await contactWith(db, {});
    const { id } = await importRows([confirmed, other].map((contact) => ({ contact, given: { SMS: "TRUE" } })));
    await db.owner.query(
      `INSERT INTO marketing.authorization_change (institution_id, contact_id, actor, actor_kind, source, was_true,
         was_false, is_true, is_false, confirmed)
       SELECT institution_id, contact_id, 'himself', 'CONTACT', 'DOUBLE_OPT_IN', is_true, is_false, is_true, is_false, is_true
       FROM marketing.authorization_change WHERE contact_id = $1`,
      [confirmed.id],
    );

    const report = await undoing.undo(id);

    expect(outcomesOf(report)).to.deep.equal(["KEPT VALUE_CHANGED_SINCE [new]SMS", "UNDONE"]);
    expect(await authorizationsOf(db, confirmed)).to.deep.equal({ SMS: "TRUE" });
    expect(await authorizationsOf(db, other)).to.deep.equal({});
  });

  it("leave contacts alone as imports do: who is invalid, anonymized, gone, or not seen by the import (F05, F07)", async () => {
    const contacts = [];
    for (let n = 0; n < 4; n++) contacts.push(await contactWith(db, {}));
    const [invalid, anonymized, raised, gone] = contacts as [TestContact, TestContact, TestContact, TestContact];
    const importer = { login: "restricted", clearance: 1, organizations: [] } as const;
    const file = ["contactId;[new]SMS", ...contacts.map(({ opaqueId }) => `${opaqueId};TRUE`)].join("\n");
    const { id } = await desk.import(file, { as: importer });
    const change = (sql: string, contact: TestContact) =>
      db.owner.query(`UPDATE contacts.contact SET ${sql} WHERE id = $1`, [contact.id]);
    await change("validity_end_date = '2020-01-01'", invalid);
    await change("anonymized_at = now()", anonymized);
    await change("confidentiality_level = 2", raised);
    await db.owner.query("UPDATE contacts.import_row SET contact_id = NULL WHERE contact_id = $1", [gone.id]);

    // who undoes sees more than the import: its report is for whoever saw the import
    const report = await undoing.undo(id, anna);

    expect(outcomesOf(report)).to.deep.equal([
      ...["KEPT CONTACT_INVALID", "KEPT CONTACT_ANONYMIZED", "KEPT CONTACT_NOT_FOUND", "KEPT CONTACT_NOT_FOUND"],
    ]);
    for (const contact of contacts) expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "TRUE" });
  });

  it("list the rows that were kept alone", async () => {
    const [undone, kept] = [await contactWith(db, {}), await contactWith(db, { SMS: "TRUE" })];
    const { id } = await importRows([
      { contact: undone, given: { SMS: "TRUE" } },
      { contact: kept, given: { SMS: "FALSE" } },
    ]);
    await undoing.undo(id);

    expect((await undoing.report(id, anna, "KEPT")).rows.map(({ line }) => line)).to.deep.equal([3]);
    expect((await undoing.report(id, anna, "UNDONE")).rows.map(({ line }) => line)).to.deep.equal([2]);
  });
});
