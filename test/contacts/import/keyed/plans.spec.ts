import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import type { TestContact } from "../../../support/rows.js";
import { authorizationsOf, contactWith, ledgerOf } from "./authorization-rows.js";
import { ImportDesk } from "./desk.js";

describe("plans of imports (6.7, design 7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();

  const fileOf = (...lines: readonly string[]) => ["contactId;[old]SMS;[new]SMS", ...lines].join("\n");
  const line = ({ opaqueId }: TestContact, old: string, given: string) => `${opaqueId};${old};${given}`;
  const set = (contact: TestContact, sms: boolean | null) =>
    db.owner.query("UPDATE marketing.contact_marketing SET sms = $2 WHERE contact_id = $1", [contact.id, sms]);

  it("have the same hash for the same check, and another for another one", async () => {
    const contact = await contactWith(db, {});
    const file = fileOf(line(contact, "Empty", "T"));

    const [first, again] = [await desk.import(file, { mode: "CHECK" }), await desk.import(file, { mode: "CHECK" })];
    const other = await desk.import(fileOf(line(contact, "Empty", "F")), { mode: "CHECK" });
    await set(contact, true);
    const later = await desk.import(file, { mode: "CHECK" });

    expect(first.planHash).to.match(/^[0-9a-f]{64}$/);
    expect(again.planHash).to.equal(first.planHash);
    expect(new Set([first.planHash, other.planHash, later.planHash]).size).to.equal(3);
  });

  it("are carried out where they are still true, and the other rows say so", async () => {
    const contacts = [];
    for (let n = 0; n < 6; n++) contacts.push(await contactWith(db, {}));
    const [kept, changed, done, invalid, newlyGood, unverified] = contacts as [
      TestContact,
      ...TestContact[],
    ] as TestContact[];
    await set(newlyGood!, true);
    const file = fileOf(
      line(kept!, "Empty", "T"),
      line(changed!, "Empty", "T"),
      line(done!, "Empty", "T"),
      line(invalid!, "Empty", "T"),
      line(newlyGood!, "Empty", "F"),
      line(unverified!, "", "F"),
    );
    const check = await desk.import(file, { mode: "CHECK" });
    await set(changed!, false);
    await set(done!, true);
    await db.owner.query("UPDATE contacts.contact SET validity_end_date = '2020-01-01' WHERE id = $1", [invalid!.id]);
    await set(newlyGood!, null);
    await set(unverified!, true);

    const update = await desk.import(file, { approvedPlanHash: check.planHash });

    expect(check.rows.map(({ outcome }) => outcome)).to.deep.equal([
      ...["WOULD_UPDATE", "WOULD_UPDATE", "WOULD_UPDATE", "WOULD_UPDATE", "CONFLICT", "WOULD_UPDATE"],
    ]);
    expect(update.rows.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)])).to.deep.equal([
      ["UPDATED"],
      ["CONFLICT", "PLAN_CHANGED"],
      ["UNCHANGED"],
      ["CONFLICT", "PLAN_CHANGED"],
      ["CONFLICT", "VALUE_CHANGED"],
      ["CONFLICT", "PLAN_CHANGED"],
    ]);
    expect(update).to.include({ status: "DONE_WITH_ERRORS", planHash: check.planHash, recencies: 1 });
    expect(update.counters).to.include({ updated: 1, unchanged: 1, conflicts: 4, errors: 0 });
    expect(await authorizationsOf(db, kept!)).to.deep.equal({ SMS: "TRUE" });
    for (const contact of [changed!, done!, invalid!, newlyGood!, unverified!])
      expect(await ledgerOf(db, contact)).to.deep.equal([]);
  });

  it("of contacts leave who has changed or come since as he is", async () => {
    const email = (name: string) => `${name}-${randomUUID()}@example.org`;
    const [kept, changed, come, created] = [email("kept"), email("changed"), email("come"), email("created")];
    const contacts = [kept, changed].map((each) => db.insertContact({ email: each, firstName: "Old" }));
    const [keptContact, changedContact] = await Promise.all(contacts);
    const file = ["email;firstName", ...[kept, changed, come, created].map((each) => `${each};New`)].join("\n");
    const wish = { type: "CONTACTS", onMatch: "UPDATE" } as const;
    const check = await desk.import(file, { ...wish, mode: "CHECK" });
    await db.owner.query("UPDATE contacts.contact SET last_name = 'Changed', version = version + 1 WHERE id = $1", [
      changedContact!.id,
    ]);
    const newcomer = await db.insertContact({ email: come, firstName: "Old" });

    const update = await desk.import(file, { ...wish, approvedPlanHash: check.planHash });

    expect(check.rows.map(({ outcome }) => outcome)).to.deep.equal([
      ...["WOULD_UPDATE", "WOULD_UPDATE", "WOULD_CREATE", "WOULD_CREATE"],
    ]);
    expect(update.rows.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)])).to.deep.equal([
      ["UPDATED"],
      ["CONFLICT", "PLAN_CHANGED"],
      ["CONFLICT", "PLAN_CHANGED"],
      ["CREATED"],
    ]);
    const ids = [keptContact!, changedContact!, newcomer].map(({ id }) => id);
    const { rows } = await db.owner.query(
      "SELECT first_name FROM contacts.contact WHERE id = ANY($1::bigint[]) ORDER BY array_position($1::bigint[], id)",
      [ids],
    );
    expect(rows.map(({ first_name }) => first_name)).to.deep.equal(["New", "Old", "Old"]);
  });

  it("of contacts are true of who was changed and changed back since, and of nobody who is changed in any line", async () => {
    const [back, street] = [`back-${randomUUID()}@example.org`, `street-${randomUUID()}@example.org`];
    for (const email of [back, street]) await db.insertContact({ email, firstName: "Old" });
    const wish = { type: "CONTACTS", onMatch: "UPDATE" } as const;
    const put = (...rows: string[]) => desk.import(["email;firstName;street1;town", ...rows].join("\n"), wish);
    await put(`${back};Old;Weg 1;Bern`, `${street};Old;Weg 1;Bern`);
    const file = ["email;town", `${back};Genf`, `${street};Genf`].join("\n");
    const check = await desk.import(file, { ...wish, mode: "CHECK" });
    await put(`${back};Else;Weg 2;Basel`, `${street};;Weg 2;`);
    await put(`${back};Old;Weg 1;Bern`);
    const again = await desk.import(file, { ...wish, mode: "CHECK" });

    const update = await desk.import(file, { ...wish, approvedPlanHash: check.planHash });

    expect(again.planHash).to.not.equal(check.planHash);
    expect(update.rows.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)])).to.deep.equal([
      ["UPDATED"],
      ["CONFLICT", "PLAN_CHANGED"],
    ]);
  });

  it("are of one file, one type and one input", async () => {
    const contact = await contactWith(db, {});
    const file = fileOf(line(contact, "Empty", "T"));
    const { planHash } = await desk.import(file, { mode: "CHECK" });
    const codes = async (...parameters: Parameters<ImportDesk["start"]>) =>
      (await desk.start(...parameters)).userErrors.map(({ code }) => code);

    expect(await codes(`${file}\n`, { approvedPlanHash: planHash })).to.deep.equal(["PLAN_OF_OTHER_FILE"]);
    expect(await codes(file, { approvedPlanHash: planHash, organizationId: "OPERA" })).to.deep.equal([
      "PLAN_OF_OTHER_FILE",
    ]);
    expect(await codes(file, { approvedPlanHash: "0".repeat(64) })).to.deep.equal(["PLAN_NOT_FOUND"]);
    expect(await codes(file, { approvedPlanHash: planHash, mode: "CHECK" })).to.deep.equal(["PLAN_NOT_EXPECTED"]);
    expect(await codes(file, { organizationId: "ELSEWHERE" })).to.deep.equal(["UNKNOWN_ORGANIZATION"]);
  });

  it("do not exist for who does not see their check", async () => {
    const contact = await contactWith(db, {}, { level: 2 });
    const file = fileOf(line(contact, "Empty", "T"));
    const { planHash } = await desk.import(file, { mode: "CHECK" });

    for (const as of [{ login: "free" }, { login: "partner", kind: "PARTNER", clearance: 2 }] as const)
      expect((await desk.start(file, { approvedPlanHash: planHash, as })).userErrors).to.deep.include({
        ...{ code: "PLAN_NOT_FOUND", field: ["approvedPlanHash"] },
        message: "No check that you may see has this plan, or its rows are no longer kept. Check the file again.",
      });
  });
});
