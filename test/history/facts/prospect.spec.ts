import { expect } from "chai";
import { historyModule } from "../../../src/history/index.js";
import { useDatabase } from "../../support/database.js";
import { askHistory, plain } from "../../support/history.js";
import type { TestContact } from "../../support/rows.js";
import { Books } from "./books.js";

describe("Contact.isProspect (D-06)", () => {
  const db = useDatabase();
  let books: Books;
  let product: string;
  before(async () => {
    books = new Books(db);
    product = await books.product("PERFORMANCE", "2026-05-05");
  });

  async function isProspect(...contacts: TestContact[]): Promise<unknown[]> {
    const services = db.services({ catalogue: historyModule.fields });
    const context = db.contextWith("contact:read", "history:read", { services });
    const { data, errors } = await askHistory(context, contacts, "isProspect");
    expect(errors).to.equal(undefined);
    return plain(data!._entities).map((contact) => (contact as unknown as { isProspect: boolean | null }).isProspect);
  }

  it("is true of who never bought, and of options, reservations and waiting lists alone", async () => {
    const [idle, other] = [await db.insertContact(), await db.insertContact()];
    const lines = [{ product, tickets: [{ of: other }] }];
    await books.order({ by: other, kind: "OPTION", lines });
    await books.order({ by: other, kind: "OPTION", state: "CONFIRMED", lines });
    await books.order({ by: other, kind: "RESERVATION", state: "EXPIRED", lines });
    await books.waiting(other, product, "2026-01-01T10:00:00Z");

    expect(await isProspect(idle, other)).to.deep.equal([true, true]);
  });

  it("is false with a sale, as purchase or cultural contact, whatever became of it", async () => {
    const [buyer, guest] = [await db.insertContact(), await db.insertContact()];
    await books.order({
      by: buyer,
      state: "CANCELLED",
      lines: [{ product, tickets: [{ of: guest, state: "RETURNED" }] }],
    });

    expect(await isProspect(buyer, guest)).to.deep.equal([false, false]);
  });

  it("is false with a payment alone", async () => {
    const payer = await db.insertContact();
    await books.payment(payer, null, "5");

    expect(await isProspect(payer)).to.deep.equal([false]);
  });

  it("is null for an anonymized contact", async () => {
    expect(await isProspect(await db.insertContact({ anonymizedAt: new Date() }))).to.deep.equal([null]);
  });
});
