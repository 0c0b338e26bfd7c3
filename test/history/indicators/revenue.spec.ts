import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { Books, type SoldOrder } from "../facts/books.js";
import { Reckoner, type Stored } from "./reckoner.js";

/** Today is 2026-03-10: the current season began in September, the previous one a year before. */
describe("revenue and seniority (domain 3.4)", () => {
  const db = useDatabase();
  let books: Books;
  let reckoner: Reckoner;
  let current: string;
  before(async () => {
    books = new Books(db);
    reckoner = new Reckoner(db);
    await books.season("2024", "2024-09-01", "2025-06-30");
    current = await books.season("2025", "2025-09-01", "2026-06-30");
  });

  describe("SML", () => {
    async function spent(contact: TestContact, amount: string, more: Partial<SoldOrder> = {}): Promise<Stored> {
      const product = await books.product("PERFORMANCE", "2025-02-02");
      const at = "2025-01-01T10:00:00Z";
      await books.order({ by: contact, at, lines: [{ product, amount }], ...more });
      return reckoner.of(contact);
    }

    const bands: readonly (readonly [string, string, string | null])[] = [
      ["OTHER", "0.00", null],
      ["OTHER", "99.99", "SMALL"],
      ["OTHER", "100.00", "MEDIUM"],
      ["OTHER", "399.99", "MEDIUM"],
      ["OTHER", "400.00", "LARGE"],
      ["SEASON_TICKET_HOLDER", "399.99", "SMALL"],
      ["SEASON_TICKET_HOLDER", "400.00", "MEDIUM"],
      ["SEASON_TICKET_HOLDER", "1200.00", "LARGE"],
      ["COLLECTIVITY", "999.99", "SMALL"],
      ["COLLECTIVITY", "1000.00", "MEDIUM"],
      ["COLLECTIVITY", "5000.00", "LARGE"],
    ];
    for (const [kind, revenue, level] of bands)
      it(`is ${level ?? "nothing"} with ${revenue} in the previous season for the kind ${kind}`, async () => {
        const contact = await db.insertContact(kind === "COLLECTIVITY" ? { structureName: "Verein" } : {});
        if (kind === "SEASON_TICKET_HOLDER")
          await books.order({
            by: contact,
            lines: [{ product: await books.product("SEASON_TICKET", null, { season: current }) }],
          });

        expect(await spent(contact, revenue)).to.include({ revenue, sml_level: level });
      });

    it("counts goods by the day of their order", async () => {
      const contact = await db.insertContact();
      const product = await books.product("GOODS", null);
      await books.order({ by: contact, at: "2025-06-30T21:59:00Z", lines: [{ product, amount: "20" }] });
      await books.order({ by: contact, at: "2025-06-30T22:00:00Z", lines: [{ product, amount: "40" }] });

      expect(await reckoner.of(contact)).to.include({ revenue: "20.00" });
    });

    it("takes returned tickets off", async () => {
      const contact = await db.insertContact();
      const product = await books.product("PERFORMANCE", "2025-02-02");
      const tickets = [{ price: "30" }, { price: "30", state: "RETURNED" }];
      await books.order({
        ...{ by: contact, at: "2025-01-01T10:00:00Z" },
        lines: [
          { product, amount: "60", tickets },
          { product, amount: "10" },
        ],
      });

      expect(await reckoner.of(contact)).to.include({ revenue: "40.00" });
    });

    it("counts neither reservations, cancelled sales, other seasons nor what others bought for him", async () => {
      const contact = await db.insertContact();
      await spent(contact, "50", { kind: "RESERVATION" });
      await spent(contact, "50", { state: "CANCELLED" });
      const product = await books.product("PERFORMANCE", "2026-02-02");
      await books.order({ by: contact, at: "2025-01-01T10:00:00Z", lines: [{ product, amount: "50" }] });
      const attended = await books.product("PERFORMANCE", "2025-02-02");
      await books.order({ at: "2025-01-01T10:00:00Z", lines: [{ product: attended, tickets: [{ of: contact }] }] });

      expect(await reckoner.of(contact)).to.include({ revenue: "0.00", sml_level: null });
    });

    it("never adds currencies: the largest sum decides", async () => {
      const contact = await db.insertContact();
      await spent(contact, "70");

      expect(await spent(contact, "60", { currency: "EUR" })).to.include({ revenue: "70.00", sml_level: "SMALL" });
    });

    it("is worked out at season change as shipped: what is sold afterwards does not count", async () => {
      const contact = await db.insertContact();

      expect(await spent(contact, "70", { at: "2025-09-01T00:00:00Z" })).to.include({ revenue: "0.00" });
    });
  });

  describe("SENIORITY", () => {
    const cases: readonly (readonly [string, number])[] = [
      ["2026-03-10T08:00:00Z", 0],
      ["2025-03-10T22:59:00Z", 1],
      ["2025-03-10T23:00:00Z", 0],
      ["2019-05-05T10:00:00Z", 6],
    ];
    for (const [at, years] of cases)
      it(`is ${years} with a first sale at ${at}`, async () => {
        const [buyer, guest] = [await db.insertContact(), await db.insertContact()];
        const lines = [{ product: await books.product("PERFORMANCE", "2026-02-02"), tickets: [{ of: guest }] }];
        await books.order({ by: buyer, at, state: "CANCELLED", lines });
        await books.order({ by: buyer, at: "2026-03-10T08:30:00Z", lines });

        for (const each of [buyer, guest]) expect(await reckoner.of(each)).to.include({ seniority_years: years });
      });

    it("is 0 without a sale, whatever was reserved", async () => {
      const contact = await db.insertContact();
      await books.order({ by: contact, kind: "RESERVATION", at: "2011-01-01T10:00:00Z" });

      expect(await reckoner.of(contact)).to.include({ seniority_years: 0, first_sale_on: null });
    });
  });
});
