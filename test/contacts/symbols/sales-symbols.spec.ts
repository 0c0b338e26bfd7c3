import { expect } from "chai";
import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule } from "../../../src/history/index.js";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import { ask } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { insertOrder, insertPayment, insertProduct } from "../../support/history.js";
import type { TestContact } from "../../support/rows.js";
import { contactsSchema } from "../support.js";

const search = `query ($name: String!, $from: SearchContext!) { searchContacts(filter: { name: $name }, context: $from, first: 50) {
  nodes { symbols symbolHints { symbol texts } } } }`;

describe("symbols of what a contact holds (F19)", () => {
  const db = useDatabase();
  let people = 0;

  const reader = (wish: ContextWish = {}) => {
    const services = db.services({ catalogue: mergeCatalogues([contactsModule.fields, historyModule.fields]) });
    return db.contextWith("contact:read", "history:read", { services, ...wish });
  };
  const raised = (field: string) => reader({ raisedLevels: new Map<string, Clearance>([[field, 1]]) });

  /** A contact whom his name finds, and no other. */
  async function insertHolder(): Promise<TestContact & { name: string }> {
    const name = `Holder${"abcdefghijklmnop"[people++]}`;
    return { ...(await db.insertContact({ firstName: "Zoë", lastName: name })), name };
  }

  async function shown({ name }: { name: string }, context = reader(), from = "SALES") {
    const { searchContacts } = await ask(await contactsSchema(), context, search, { name, from });
    const [{ symbols, symbolHints }] = searchContacts.nodes;
    expect(symbols).to.deep.equal(symbolHints.map(({ symbol }: { symbol: string }) => symbol));
    return symbolHints;
  }

  async function insertMembership({ id }: TestContact, wish: Record<string, unknown> = {}, season?: string) {
    const product = await insertProduct(db, { name: "Friends of the Opera", kind: "MEMBERSHIP" });
    if (season) {
      await db.owner.query(
        `WITH season AS (
           INSERT INTO history.season (institution_id, organization, code, name, starts_on, ends_on)
           VALUES ($1, 'OPERA', $2, 'Season', '2020-01-01', $3) RETURNING id)
         UPDATE history.product SET season_id = season.id FROM season WHERE product.id = $4`,
        [db.home.id, `S${product.id}`, season, product.id],
      );
    }
    const { from = "2026-01-01", to = null, state = "ACTIVE" } = wish;
    await db.owner.query(
      `INSERT INTO history.membership (institution_id, organization, external_id, contact_id, product_id, valid_from,
         valid_to, membership_state) VALUES ($1, 'OPERA', $2::bigint::text, $3, $2::bigint, $4, $5, $6)`,
      [db.home.id, product.id, id, from, to, state],
    );
  }

  async function insertAdvantage({ id }: TestContact, code: string, wish: Record<string, unknown> = {}) {
    const { from = null, to = null, state = "ASSIGNED" } = wish;
    await db.owner.query(
      `INSERT INTO history.advantage (institution_id, organization, external_id, contact_id, code, name, valid_from,
         valid_to, advantage_state) VALUES ($1, 'OPERA', $2, $3, $4, $4, $5, $6, $7)`,
      [db.home.id, `${id}-${code}`, id, code, from, to, state],
    );
  }

  it("name the membership that is valid today, with its last day", async () => {
    const contact = await insertHolder();
    await insertMembership(contact, { to: "2026-03-10" });

    expect(await shown(contact)).to.deep.equal([
      { symbol: "MEMBERSHIP", texts: ["Friends of the Opera (until 2026-03-10)"] },
    ]);
    expect(await shown(contact, reader({ locale: "fr" }))).to.deep.equal([
      { symbol: "MEMBERSHIP", texts: ["Friends of the Opera (jusqu'au 2026-03-10)"] },
    ]);
  });

  it("take the season's last day for a membership without one of its own", async () => {
    const [during, after, open] = [await insertHolder(), await insertHolder(), await insertHolder()];
    await insertMembership(during, {}, "2026-06-30");
    await insertMembership(after, {}, "2026-03-09");
    await insertMembership(open);

    expect(await shown(during)).to.deep.equal([
      { symbol: "MEMBERSHIP", texts: ["Friends of the Opera (until 2026-06-30)"] },
    ]);
    expect(await shown(after)).to.deep.equal([]);
    expect(await shown(open)).to.deep.equal([{ symbol: "MEMBERSHIP", texts: ["Friends of the Opera"] }]);
  });

  it("show no membership that is over, to come, refunded or cancelled", async () => {
    const contact = await insertHolder();
    await insertMembership(contact, { to: "2026-03-09" });
    await insertMembership(contact, { from: "2026-03-11" });
    for (const state of ["REFUNDED", "CANCELLED"]) await insertMembership(contact, { state });

    expect(await shown(contact)).to.deep.equal([]);
  });

  it("name the advantages that are assigned and valid today", async () => {
    const contact = await insertHolder();
    await insertAdvantage(contact, "TEN", { from: "2026-03-10", to: "2026-03-10" });
    await insertAdvantage(contact, "FREE-DRINK");
    await insertAdvantage(contact, "LATER", { from: "2026-03-11" });
    await insertAdvantage(contact, "OVER", { to: "2026-03-09" });
    for (const state of ["USED", "REVOKED"]) await insertAdvantage(contact, state, { state });

    expect(await shown(contact)).to.deep.equal([
      { symbol: "ADVANTAGE", texts: ["FREE-DRINK", "TEN (until 2026-03-10)"] },
    ]);
  });

  it("tell what each organization owes, in the currency of its catalogue, and nothing of debts", async () => {
    const [creditor, debtor] = [await insertHolder(), await insertHolder()];
    await insertPayment(db, creditor, { amount: "12.50" });
    await insertPayment(db, creditor, { organization: "MUSEUM", currency: "EUR", amount: "3.00" });
    await insertOrder(db, debtor, { total: "20.00" });

    expect(await shown(creditor)).to.deep.equal([
      { symbol: "CREDIT_BALANCE", texts: ["MUSEUM: EUR 3.00", "OPERA: CHF 12.50"] },
    ]);
    expect(await shown(debtor)).to.deep.equal([]);
  });

  it("stand in their fixed order, and in sales only", async () => {
    const contact = await insertHolder();
    await insertPayment(db, contact, {});
    await insertAdvantage(contact, "TEN");
    await insertMembership(contact);

    const symbols = (await shown(contact)).map(({ symbol }: { symbol: string }) => symbol);

    expect(symbols).to.deep.equal(["MEMBERSHIP", "ADVANTAGE", "CREDIT_BALANCE"]);
    expect(await shown(contact, reader(), "CONTACT_MODULE")).to.deep.equal([]);
  });

  it("tell nothing that is withheld (ring 4)", async () => {
    const contact = await insertHolder();
    await insertPayment(db, contact, {});
    await insertMembership(contact);
    const symbolsFor = async (context = reader()) =>
      (await shown(contact, context)).map(({ symbol, texts }: { symbol: string; texts: string[] }) => [
        symbol,
        ...texts,
      ]);

    expect(await symbolsFor(raised("Contact.balances"))).to.deep.equal([["MEMBERSHIP", "Friends of the Opera"]]);
    expect(await symbolsFor(raised("Product.name"))).to.deep.equal([
      ["MEMBERSHIP"],
      ["CREDIT_BALANCE", "OPERA: CHF 10.00"],
    ]);
    expect(await symbolsFor(db.contextWith("contact:read", { services: reader().services }))).to.deep.equal([]);
  });
});
