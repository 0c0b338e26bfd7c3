import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { Books, type SoldOrder } from "../facts/books.js";
import { Reckoner } from "./reckoner.js";

/** Today is 2026-03-10: the current season began in September, the previous one a year before. */
describe("the values of indicators (F22, domain 3.4)", () => {
  const db = useDatabase();
  let books: Books;
  let reckoner: Reckoner;
  let current: string;
  let previous: string;
  before(async () => {
    books = new Books(db);
    reckoner = new Reckoner(db);
    previous = await books.season("2024", "2024-09-01", "2025-06-30");
    current = await books.season("2025", "2025-09-01", "2026-06-30");
    await books.season("2026", "2026-09-01", "2027-06-30");
  });

  const seasonTicket = (season: string) => books.product("SEASON_TICKET", "2026-06-30", { season });
  const attend = (of: TestContact, product: string, more: Partial<SoldOrder> = {}, state = "VALID") =>
    books.order({ lines: [{ product, tickets: [{ of, state }] }], ...more });

  describe("ASSIDUITY", () => {
    for (const [count, level] of [
      [0, "INACTIVE"],
      [1, "OCCASIONAL"],
      [2, "REGULAR"],
      [5, "REGULAR"],
      [6, "CONSTANT"],
      [7, "CONSTANT"],
    ] as const)
      it(`is ${level} with ${count} performances of the season, attended or to be attended`, async () => {
        const contact = await db.insertContact();
        for (let index = 0; index < count; index++)
          await attend(contact, await books.product("PERFORMANCE", `2026-0${1 + (index % 5)}-0${index + 1}`));

        expect(await reckoner.of(contact)).to.include({ assiduity: count, assiduity_level: level });
      });

    it("counts a performance once, whoever bought its tickets and however many", async () => {
      const contact = await db.insertContact();
      const product = await books.product("MATCH", "2026-02-02");
      await books.order({ by: contact, lines: [{ product, tickets: [{ of: contact }, { of: contact }] }] });
      await attend(contact, product);

      expect(await reckoner.of(contact)).to.include({ assiduity: 1 });
    });

    it("counts what a pass or season ticket is made of, with the tickets for single parts", async () => {
      const contact = await db.insertContact();
      const parts = [];
      for (const day of ["2026-01-01", "2026-02-01", "2025-02-01"]) parts.push(await books.product("PERFORMANCE", day));
      const pass = await books.product("PASS", "2026-06-30", { parts });
      await attend(contact, pass);
      await attend(contact, parts[0]!);

      expect(await reckoner.of(contact)).to.include({ assiduity: 2 });
    });

    const left: readonly (readonly [string, Partial<SoldOrder>, string?])[] = [
      ["returned tickets", {}, "RETURNED"],
      ["cancelled tickets", {}, "CANCELLED"],
      ["options", { kind: "OPTION" }],
      ["cancelled orders", { state: "CANCELLED" }],
      ["expired reservations", { kind: "RESERVATION", state: "EXPIRED" }],
    ];
    for (const [title, order, state] of left)
      it(`does not count ${title}`, async () => {
        const contact = await db.insertContact();
        await attend(contact, await books.product("PERFORMANCE", "2026-02-02"), order, state);

        expect(await reckoner.of(contact)).to.include({ assiduity: 0 });
      });

    it("counts reservations, and neither other seasons nor goods nor what he only bought", async () => {
      const contact = await db.insertContact();
      await attend(contact, await books.product("EXHIBITION", "2026-02-02"), { kind: "RESERVATION" });
      await attend(contact, await books.product("PERFORMANCE", "2025-02-02"));
      await attend(contact, await books.product("PERFORMANCE", "2026-10-02"));
      await attend(contact, await books.product("GOODS", "2026-02-02"));
      const product = await books.product("PERFORMANCE", "2026-03-03");
      await books.order({ by: contact, lines: [{ product, tickets: [{}] }] });

      expect(await reckoner.of(contact)).to.include({ assiduity: 1 });
    });

    it("goes by the season that a product names before the one that its day is in", async () => {
      const contact = await db.insertContact();
      await attend(contact, await books.product("PERFORMANCE", "2026-07-15", { season: current }));
      await attend(contact, await books.product("PERFORMANCE", "2026-02-15", { season: previous }));

      expect(await reckoner.of(contact)).to.include({ assiduity: 1 });
    });

    it("is nothing in an organization without seasons", async () => {
      const contact = await db.insertContact();
      const product = await books.product("PERFORMANCE", "2026-02-02", { organization: "MUSEUM" });
      await attend(contact, product, { organization: "MUSEUM" });

      expect(await reckoner.of(contact)).to.include({ assiduity: 0 });
    });
  });

  describe("CHILDREN_PRODUCT", () => {
    const cases: readonly (readonly [string, Partial<SoldOrder>, boolean])[] = [
      ["a sale", {}, true],
      ["a sale that was cancelled", { state: "CANCELLED" }, true],
      ["a reservation that expired", { kind: "RESERVATION", state: "EXPIRED" }, true],
      ["a sale of long ago", { at: "2011-01-01T10:00:00Z" }, true],
      ["an option", { kind: "OPTION" }, false],
    ];
    for (const [title, order, expected] of cases)
      it(`is ${expected ? "yes" : "no"} with ${title} at a children's tariff`, async () => {
        const [contact, child] = [await db.insertContact(), await db.insertContact()];
        const product = await books.product("PERFORMANCE", "2026-02-02");
        const lines = [{ product, isForChildren: true, tickets: [{ of: child, state: "RETURNED" }] }];
        await books.order({ by: contact, lines, ...order });

        expect(await reckoner.of(contact)).to.include({ has_children_product: expected });
        expect(await reckoner.of(child)).to.include({ has_children_product: false });
      });

    it("is no without one", async () => {
      const contact = await db.insertContact();
      await books.order({ by: contact, lines: [{ product: await books.product("PERFORMANCE", "2026-02-02") }] });

      expect(await reckoner.of(contact)).to.include({ has_children_product: false });
    });
  });

  describe("MEMBERSHIP", () => {
    const cases: readonly (readonly [string, string, string | null, string, boolean])[] = [
      ["begins today", "2026-03-10", "2027-03-09", "ACTIVE", true],
      ["ends today", "2025-03-11", "2026-03-10", "ACTIVE", true],
      ["ended yesterday", "2025-03-10", "2026-03-09", "ACTIVE", false],
      ["begins tomorrow", "2026-03-11", "2027-03-10", "ACTIVE", false],
      ["has no end", "2020-01-01", null, "ACTIVE", true],
      ["was refunded", "2026-01-01", "2026-12-31", "REFUNDED", false],
      ["was cancelled", "2026-01-01", "2026-12-31", "CANCELLED", false],
    ];
    for (const [title, from, to, state, expected] of cases)
      it(`is ${expected ? "yes" : "no"} with a membership that ${title}`, async () => {
        const contact = await db.insertContact();
        await books.membership(contact, await books.product("MEMBERSHIP", null), from, to, state);

        expect(await reckoner.of(contact)).to.include({ is_member: expected });
      });

    it("lasts as long as the season of a membership without an end of its own", async () => {
      const [now, then] = [await db.insertContact(), await db.insertContact()];
      const product = (season: string) => books.product("MEMBERSHIP", null, { season });
      await books.membership(now, await product(current), "2025-09-01", null);
      await books.membership(then, await product(previous), "2024-09-01", null);

      expect([(await reckoner.of(now)).is_member, (await reckoner.of(then)).is_member]).to.deep.equal([true, false]);
    });
  });

  describe("SEASON_TICKET_HOLDER", () => {
    it("is yes for who bought one of the current season and for who holds it by name", async () => {
      const [buyer, holder] = [await db.insertContact(), await db.insertContact()];
      const product = await seasonTicket(current);
      await books.order({ by: buyer, lines: [{ product, tickets: [{ of: holder }] }] });

      for (const each of [buyer, holder]) expect(await reckoner.of(each)).to.include({ is_season_ticket_holder: true });
    });

    it("is yes when the tickets of its line are for its performances, or when it has none", async () => {
      const [first, second] = [await db.insertContact(), await db.insertContact()];
      const part = await books.product("PERFORMANCE", "2026-01-01");
      const tickets = [{ of: first, product: part }];
      await books.order({ lines: [{ product: await seasonTicket(current), tickets }] });
      await books.order({ by: second, lines: [{ product: await seasonTicket(current) }] });

      for (const each of [first, second]) expect(await reckoner.of(each)).to.include({ is_season_ticket_holder: true });
    });

    const others: readonly (readonly [string, () => string, Partial<SoldOrder>, string?])[] = [
      ["of the previous season", () => previous, {}],
      ["that is only reserved", () => current, { kind: "RESERVATION" }],
      ["of a cancelled order", () => current, { state: "CANCELLED" }],
      ["that was given back", () => current, {}, "RETURNED"],
    ];
    for (const [title, season, order, state = "VALID"] of others)
      it(`is no with one ${title}`, async () => {
        const contact = await db.insertContact();
        const lines = [{ product: await seasonTicket(season()), tickets: [{ of: contact, state }] }];
        await books.order({ by: contact, lines, ...order });

        expect(await reckoner.of(contact)).to.include({ is_season_ticket_holder: false });
      });
  });

  it("are those of the institution's day, also when that has begun where it is and not in Greenwich", async () => {
    const contact = await db.insertContact();
    await books.membership(contact, await books.product("MEMBERSHIP", null), "2026-03-11", null);

    db.clock.set("2026-03-10T22:59:59Z");
    const before = await reckoner.of(contact);
    db.clock.set("2026-03-10T23:00:00Z");
    await reckoner.recompute(contact);
    const after = await reckoner.of(contact);
    db.clock.set("2026-03-10T09:00:00Z");

    expect([before.is_member, after.is_member]).to.deep.equal([false, true]);
  });

  it("write nothing when they are worked out again", async () => {
    const contact = await db.insertContact();
    await attend(contact, await books.product("PERFORMANCE", "2026-02-02"));

    expect([await reckoner.recompute(contact), await reckoner.recompute(contact)]).to.deep.equal([0, 0]);
  });
});
