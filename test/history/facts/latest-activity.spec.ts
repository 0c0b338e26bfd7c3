import { expect } from "chai";
import { type LatestActivity, selectLatestActivity } from "../../../src/history/facts/index.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { Books } from "./books.js";

describe("the latest activity of contacts (domain 4.1)", () => {
  const db = useDatabase();
  let books: Books;
  before(() => {
    books = new Books(db);
  });

  async function latest(...contacts: TestContact[]): Promise<LatestActivity[]> {
    const services = db.services();
    const session = systemSession(services, db.home.id);
    const ids = contacts.map(({ id }) => id);
    return inTransaction(services.pools.api, session, (sql) => selectLatestActivity(sql, ids));
  }
  const dayOf = async (contact: TestContact) => (await latest(contact))[0]?.day;
  const performance = (day: string) => books.product("PERFORMANCE", day);

  const cases: readonly (readonly [string, string, string, string])[] = [
    ["A1: an option that was acquired", "OPTION", "ACTIVE", "OPTION_ACQUIRED"],
    ["A1: an option that expired (E9, D-04)", "OPTION", "EXPIRED", "OPTION_ACQUIRED"],
    ["A2: an option that was confirmed", "OPTION", "CONFIRMED", "OPTION_CONFIRMED"],
    ["A3: a reservation", "RESERVATION", "ACTIVE", "RESERVATION"],
    ["A3: a reservation that was cancelled (D-04)", "RESERVATION", "CANCELLED", "RESERVATION"],
    ["A4: a sale", "SALE", "ACTIVE", "SALE"],
    ["A4: a sale that was cancelled (D-04)", "SALE", "CANCELLED", "SALE"],
  ];
  for (const [title, kind, state, expected] of cases)
    it(`is ${title}: with the last day of a dated product, with the day of the order of an undated one`, async () => {
      const [dated, undated] = [await db.insertContact(), await db.insertContact()];
      const order = await books.order({
        ...{ by: dated, kind, state, at: "2021-12-20T10:00:00Z" },
        lines: [{ product: await performance("2022-05-01"), tickets: [{ of: dated, state: "RETURNED" }] }],
      });
      const goods = await books.product("GOODS", null);
      await books.order({ by: undated, kind, state, at: "2022-01-10T22:30:00Z", lines: [{ product: goods }] });

      const [first, second] = await latest(dated, undated);

      expect(first).to.deep.equal({
        ...{ contactId: dated.id, day: "2022-05-01", kind: expected },
        ...{ organization: "OPERA", recordId: await books.idOf(order) },
      });
      expect(second).to.include({ day: "2022-01-10", kind: expected });
    });

  it("is A5, the day of a request for a waiting list, in the time zone of the institution (E23, E24, D-03)", async () => {
    const [early, late] = [await db.insertContact(), await db.insertContact()];
    const product = await performance("2022-09-09");
    const entry = await books.waiting(early, product, "2022-01-09T23:30:00Z", "CANCELLED");
    const next = await books.waiting(late, product, "2022-01-10T23:00:00Z");

    expect(await latest(early, late)).to.deep.equal([
      {
        ...{ contactId: early.id, day: "2022-01-10", kind: "WAITING_LIST" },
        ...{ organization: "OPERA", recordId: await books.idOf(entry) },
      },
      {
        ...{ contactId: late.id, day: "2022-01-11", kind: "WAITING_LIST" },
        ...{ organization: "OPERA", recordId: await books.idOf(next) },
      },
    ]);
  });

  it("is the day of the product though it lies before the day of the order: a migrated file (E10)", async () => {
    const contact = await db.insertContact();
    const lines = [{ product: await performance("2019-03-03") }];
    await books.order({ by: contact, at: "2022-06-01T10:00:00Z", lines });

    expect(await dayOf(contact)).to.equal("2019-03-03");
  });

  it("is no payment (E11)", async () => {
    const [contact, payer] = [await db.insertContact(), await db.insertContact()];
    const lines = [{ product: await performance("2021-12-15") }];
    const order = await books.order({
      ...{ by: contact, payer, kind: "RESERVATION" },
      ...{ at: "2021-09-01T10:00:00Z", lines },
    });
    await books.payment(contact, order, "40", { paidAt: "2024-11-01T10:00:00Z" });
    await books.payment(payer, order, "40", { paidAt: "2024-11-01T10:00:00Z" });

    expect((await latest(contact, payer)).map(({ contactId, day }) => [contactId, day])).to.deep.equal([
      [contact.id, "2021-12-15"],
    ]);
  });

  it("is one in any organization of the institution (E16)", async () => {
    const contact = await db.insertContact();
    await books.order({ by: contact, lines: [{ product: await performance("2020-01-01") }] });
    const product = await books.product("PERFORMANCE", "2024-02-02", { organization: "MUSEUM" });
    await books.order({ by: contact, organization: "MUSEUM", lines: [{ product }] });

    expect((await latest(contact))[0]).to.include({ day: "2024-02-02", organization: "MUSEUM" });
  });

  it("is the same for who attends and who bought for him (E19)", async () => {
    const [child, mother] = [await db.insertContact(), await db.insertContact()];
    const lines = [{ product: await performance("2023-05-05"), tickets: [{ of: child }] }];
    await books.order({ by: mother, at: "2023-01-01T10:00:00Z", lines });

    expect([await dayOf(child), await dayOf(mother)]).to.deep.equal(["2023-05-05", "2023-05-05"]);
  });

  it("is the end of a pass (E25), and the last of its performances (D-02)", async () => {
    const [holder, subscriber] = [await db.insertContact(), await db.insertContact()];
    const at = "2021-08-15T10:00:00Z";
    await books.order({ by: holder, at, lines: [{ product: await books.product("PASS", "2022-06-30") }] });
    const season = await books.product("SEASON_TICKET", "2021-10-01");
    const tickets = [{ of: subscriber, product: await performance("2022-04-04") }];
    await books.order({ by: subscriber, at, lines: [{ product: season, tickets }] });

    expect([await dayOf(holder), await dayOf(subscriber)]).to.deep.equal(["2022-06-30", "2022-04-04"]);
  });

  it("follows a performance that was moved (E26)", async () => {
    const contact = await db.insertContact();
    const product = await performance("2023-06-01");
    await books.order({ by: contact, lines: [{ product }] });

    await books.again(product, { validityEndDate: "2021-06-01" });

    expect(await dayOf(contact)).to.equal("2021-06-01");
  });

  it("is the day of a performance that only says when it begins, where the institution is", async () => {
    const contact = await db.insertContact();
    const product = await books.product("PERFORMANCE", null, { startsAt: "2022-05-01T22:30:00Z" });
    await books.order({ by: contact, lines: [{ product }] });

    expect(await dayOf(contact)).to.equal("2022-05-02");
  });

  it("is the latest of all, in the future too (4.1.3), and of an order without lines its day (Q-33)", async () => {
    const [busy, plain] = [await db.insertContact(), await db.insertContact()];
    await books.order({ by: busy, lines: [{ product: await performance("2025-06-01") }] });
    await books.order({ by: busy, lines: [{ product: await performance("2027-06-01") }] });
    await books.waiting(busy, await performance("2029-01-01"), "2026-03-01T10:00:00Z");
    await books.order({ by: plain, at: "2020-02-02T10:00:00Z" });

    expect([await dayOf(busy), await dayOf(plain)]).to.deep.equal(["2027-06-01", "2020-02-02"]);
  });

  it("is not there of somebody who never did any of it", async () => {
    expect(await latest(await db.insertContact())).to.deep.equal([]);
  });
});
