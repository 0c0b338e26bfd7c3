import { expect } from "chai";
import { historyModule } from "../../../src/history/index.js";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import { askHistory, plain, readHistory } from "../../support/history.js";
import { Books } from "../facts/books.js";

interface Answer {
  readonly balances: { organization: string; currency: string; amount: string; state: string }[] | null;
}

describe("Contact.balances (domain 4.3)", () => {
  const db = useDatabase();
  let books: Books;
  before(() => {
    books = new Books(db);
  });
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", {
      services: db.services({ catalogue: historyModule.fields }),
      ...wish,
    });

  async function balancesOf(contact: { opaqueId: string }, wish: ContextWish = {}) {
    const fields = "balances { organization currency amount state }";
    const answer = (await readHistory(reader(wish), contact, fields)) as unknown as Answer;
    return answer.balances?.map(({ organization, currency, amount, state }) => [organization, currency, amount, state]);
  }

  it("has nothing of somebody who never bought, and of who has paid all (E11)", async () => {
    const [idle, even] = [await db.insertContact(), await db.insertContact()];
    const order = await books.order({ by: even, kind: "RESERVATION", total: "40" });
    await books.payment(even, order, "40");

    expect([await balancesOf(idle), await balancesOf(even)]).to.deep.equal([[], []]);
  });

  it("has what is due on an unpaid reservation (E12)", async () => {
    const contact = await db.insertContact();
    await books.order({ by: contact, kind: "RESERVATION", total: "40" });

    expect(await balancesOf(contact)).to.deep.equal([["OPERA", "CHF", "40.00", "DEBTOR"]]);
  });

  it("is even again once it is paid (E13)", async () => {
    const contact = await db.insertContact();
    const order = await books.order({ by: contact, kind: "RESERVATION", total: "40" });
    await books.payment(contact, order, "15.50");
    await books.payment(contact, order, "24.50");

    expect(await balancesOf(contact)).to.deep.equal([]);
  });

  it("owes what was paid for an event that was cancelled (E14)", async () => {
    const contact = await db.insertContact();
    const order = await books.order({ by: contact, state: "CANCELLED", total: "15" });
    await books.payment(contact, order, "15");

    expect(await balancesOf(contact)).to.deep.equal([["OPERA", "CHF", "-15.00", "CREDITOR"]]);
  });

  it("nets neither organizations nor currencies (E15)", async () => {
    const contact = await db.insertContact();
    await books.order({ by: contact, total: "10" });
    await books.order({ by: contact, total: "7", currency: "EUR" });
    const paid = await books.order({ by: contact, total: "20", organization: "MUSEUM" });
    await books.payment(contact, paid, "30", { organization: "MUSEUM" });

    expect(await balancesOf(contact)).to.deep.equal([
      ["MUSEUM", "CHF", "-10.00", "CREDITOR"],
      ["OPERA", "CHF", "10.00", "DEBTOR"],
      ["OPERA", "EUR", "7.00", "DEBTOR"],
    ]);
  });

  for (const [kind, state, due] of [
    ["OPTION", "ACTIVE", false],
    ["OPTION", "CONFIRMED", false],
    ["OPTION", "EXPIRED", false],
    ["RESERVATION", "ACTIVE", true],
    ["RESERVATION", "EXPIRED", false],
    ["RESERVATION", "CANCELLED", false],
    ["SALE", "ACTIVE", true],
    ["SALE", "CONFIRMED", true],
    ["SALE", "CANCELLED", false],
  ] as const)
    it(`takes ${due ? "all" : "nothing"} as due of ${kind} ${state}`, async () => {
      const contact = await db.insertContact();
      await books.order({ by: contact, kind, state, total: "12" });

      expect(await balancesOf(contact)).to.deep.equal(due ? [["OPERA", "CHF", "12.00", "DEBTOR"]] : []);
    });

  it("is the payer's where one answers for the order, whoever pays in the end", async () => {
    const [teacher, school] = [await db.insertContact(), await db.insertContact({ structureName: "Schule" })];
    const order = await books.order({ by: teacher, payer: school, total: "90" });
    await books.payment(teacher, order, "50");

    expect(await balancesOf(teacher)).to.deep.equal([]);
    expect(await balancesOf(school)).to.deep.equal([["OPERA", "CHF", "40.00", "DEBTOR"]]);
  });

  it("counts refunds, and what was paid for no order", async () => {
    const contact = await db.insertContact();
    const order = await books.order({ by: contact, total: "30" });
    await books.payment(contact, order, "50");
    await books.payment(contact, order, "-20");
    await books.payment(contact, null, "5");

    expect(await balancesOf(contact)).to.deep.equal([["OPERA", "CHF", "-5.00", "CREDITOR"]]);
  });

  it("counts nothing that an invisible payer paid, and knows of none who answers (F05)", async () => {
    const [buyer, hidden] = [await db.insertContact(), await db.insertContact({ level: 2 })];
    const first = await books.order({ by: buyer, total: "30" });
    await books.payment(hidden, first, "30");
    await books.order({ by: buyer, payer: hidden, total: "4" });

    expect(await balancesOf(buyer)).to.deep.equal([["OPERA", "CHF", "34.00", "DEBTOR"]]);
    expect(await balancesOf(buyer, { clearance: 2 })).to.deep.equal([]);
    expect(await balancesOf(hidden, { clearance: 2 })).to.deep.equal([["OPERA", "CHF", "4.00", "DEBTOR"]]);
  });

  it("has nothing to show of an anonymized contact (4.5)", async () => {
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    await books.order({ by: shell, total: "40", at: "2025-12-01T12:00:00Z" });

    expect(await balancesOf(shell)).to.deep.equal([]);
  });

  it("is withheld without history:read, and with any amount that it shows", async () => {
    const contact = await db.insertContact();
    const services = db.services({ catalogue: historyModule.fields });
    const without = db.contextWith("contact:read", { services });

    const { data } = await askHistory(without, [contact], "balances { amount }");

    expect(plain(data?._entities)).to.deep.equal([{ balances: null }]);
    expect(await balancesOf(contact, { raisedLevels: new Map([["Order.total", 1]]) })).to.equal(undefined);
    expect(await balancesOf(contact, { raisedLevels: new Map([["Payment.amount", 1]]) })).to.equal(undefined);
  });

  it("is the same in any order of a hundred contacts, with one statement", async () => {
    const contacts = await Promise.all(Array.from({ length: 30 }, () => db.insertContact()));
    for (const [index, by] of contacts.entries()) await books.order({ by, total: String(index + 1) });

    const { data } = await askHistory(reader(), contacts.toReversed(), "balances { amount }");

    const amounts = (data!._entities as unknown as { balances: { amount: string }[] }[]).map(
      ({ balances }) => balances[0]!.amount,
    );
    expect(amounts).to.deep.equal(contacts.map((_, index) => `${index + 1}.00`).toReversed());
  });
});
