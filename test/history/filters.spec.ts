import { expect } from "chai";
import { historyFields } from "../../src/history/history.fields.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import { askHistory, insertOrder, insertPayment, insertProduct, readHistory } from "../support/history.js";
import type { TestContact } from "../support/rows.js";

describe("filters and sums of a history", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  async function orderNumbers(contact: TestContact, orders: object | null) {
    const { purchaseHistory } = await readHistory(
      reader(),
      contact,
      "purchaseHistory(first: 20, filter: $orders) { totalCount nodes { orderNumber } sums { currency amount } }",
      { orders },
    );
    expect(purchaseHistory!.totalCount).to.equal(purchaseHistory!.nodes.length);
    return [purchaseHistory!.nodes.map(({ orderNumber }) => orderNumber), purchaseHistory!.sums];
  }

  it("choose orders by organization, kind, state and what was bought, and sum what is due of those (F29)", async () => {
    const contact = await db.insertContact();
    const goods = await insertProduct(db, { kind: "GOODS" });
    const show = await insertProduct(db, { kind: "PERFORMANCE" });
    const at = (day: number) => ({ orderedAt: `2026-02-0${day}T10:00:00Z` });
    await insertOrder(db, contact, { orderNumber: "sale", total: "10.00", lines: [{ product: show }], ...at(5) });
    await insertOrder(db, contact, {
      ...{ orderNumber: "mixed", total: "5.50", organization: "MUSEUM", ...at(4) },
      lines: [{ product: show }, { product: goods }, { product: goods }],
    });
    await insertOrder(db, contact, { orderNumber: "euro", total: "7.00", currency: "EUR", ...at(3) });
    await insertOrder(db, contact, { orderNumber: "option", total: "99.00", operationKind: "OPTION", ...at(2) });
    await insertOrder(db, contact, { orderNumber: "gone", total: "50.00", state: "CANCELLED", ...at(1) });

    const francs = (amount: string) => ({ currency: "CHF", amount });
    const euros = { currency: "EUR", amount: "7.00" };
    const all = ["sale", "mixed", "euro", "option", "gone"];
    expect(await orderNumbers(contact, null)).to.deep.equal([all, [francs("15.50"), euros]]);
    expect(await orderNumbers(contact, { organizations: null })).to.deep.equal([all, [francs("15.50"), euros]]);
    expect(await orderNumbers(contact, { organizations: ["MUSEUM"] })).to.deep.equal([["mixed"], [francs("5.50")]]);
    expect(await orderNumbers(contact, { operationKinds: ["OPTION"] })).to.deep.equal([["option"], [francs("0.00")]]);
    expect(await orderNumbers(contact, { states: ["CANCELLED"] })).to.deep.equal([["gone"], [francs("0.00")]]);
    expect(await orderNumbers(contact, { productKinds: ["GOODS", "GIFT"] })).to.deep.equal([
      ["mixed"],
      [francs("5.50")],
    ]);
    expect(await orderNumbers(contact, { productKinds: ["PERFORMANCE"], organizations: ["OPERA"] })).to.deep.equal([
      ["sale"],
      [francs("10.00")],
    ]);
    expect(await orderNumbers(contact, { states: [] })).to.deep.equal([[], []]);
  });

  it("choose what is attended by organization and kind (F30)", async () => {
    const contact = await db.insertContact();
    const match = await insertProduct(db, { kind: "MATCH", validityEnd: "2026-03-01", organization: "CLUB" });
    const show = await insertProduct(db, { kind: "PERFORMANCE", validityEnd: "2026-03-02" });
    const ticket = (seat: string, state = "VALID") => ({ tickets: [{ culturalContact: contact, seat, state }] });
    await insertOrder(db, contact, {
      lines: [
        { product: match, ...ticket("match") },
        { product: show, ...ticket("show") },
        { product: show, ...ticket("returned", "RETURNED") },
      ],
    });
    const seats = async (tickets: object) => {
      const { culturalHistory } = await readHistory(
        reader(),
        contact,
        "culturalHistory(first: 9, filter: $tickets) { totalCount nodes { ticket { seat } } }",
        { tickets },
      );
      expect(culturalHistory!.totalCount).to.equal(culturalHistory!.nodes.length);
      return culturalHistory!.nodes.map((node) => (node.ticket as { seat: string }).seat);
    };

    expect(await seats({})).to.deep.equal(["show", "match"]);
    expect(await seats({ organizations: ["CLUB", "OTHER"] })).to.deep.equal(["match"]);
    expect(await seats({ productKinds: ["PERFORMANCE"] })).to.deep.equal(["show"]);
    expect(await seats({ productKinds: ["PERFORMANCE"], states: ["RETURNED"] })).to.deep.equal(["returned"]);
  });

  it("choose payments by organization and method, and take refunds off (F31)", async () => {
    const contact = await db.insertContact();
    await insertPayment(db, contact, { amount: "80.00", method: "CARD" });
    await insertPayment(db, contact, { amount: "-30.25", method: "CARD" });
    await insertPayment(db, contact, { amount: "5.00", method: "CASH", organization: "MUSEUM" });
    await insertPayment(db, contact, { amount: "1.00", method: "CASH", currency: "EUR" });
    const list = async (payments: object) => {
      const { financialHistory } = await readHistory(
        reader(),
        contact,
        "financialHistory(first: 9, filter: $payments) { totalCount sums { currency amount } }",
        { payments },
      );
      return [financialHistory!.totalCount, financialHistory!.sums];
    };

    const francs = (amount: string) => ({ currency: "CHF", amount });
    const euros = { currency: "EUR", amount: "1.00" };
    expect(await list({})).to.deep.equal([4, [francs("54.75"), euros]]);
    expect(await list({ methods: ["CARD"] })).to.deep.equal([2, [francs("49.75")]]);
    expect(await list({ organizations: ["MUSEUM"] })).to.deep.equal([1, [francs("5.00")]]);
  });

  it("are refused by a field that is withheld, and sums of withheld amounts are null", async () => {
    const contact = await db.insertContact();
    await insertOrder(db, contact, { total: "10.00" });
    const raised = (field: string) => reader({ raisedLevels: new Map([[field, 1 as Clearance]]) });
    const codeOf = async (field: string, fields: string) => {
      const { data, errors } = await askHistory(raised(field), [contact], fields);
      expect(Object.values(data!._entities[0]!)[0]).to.equal(null);
      return errors?.map(({ extensions }) => [extensions.code, extensions.field])[0];
    };
    const sums = async (field: string) => {
      const { purchaseHistory } = await readHistory(
        raised(field),
        contact,
        "purchaseHistory(first: 1) { sums { amount } }",
      );
      return purchaseHistory!.sums;
    };

    for (const [field, filter] of [
      ["Order.organization", 'purchaseHistory(first: 1, filter: { organizations: ["OPERA"] }) { totalCount }'],
      ["Order.state", "purchaseHistory(first: 1, filter: { states: [ACTIVE] }) { totalCount }"],
      ["Product.kind", "purchaseHistory(first: 1, filter: { productKinds: [GOODS] }) { totalCount }"],
      ["Product.kind", "culturalHistory(first: 1, filter: { productKinds: [GOODS] }) { totalCount }"],
      ["Payment.method", "financialHistory(first: 1, filter: { methods: [CASH] }) { totalCount }"],
    ] as const) {
      const name = /filter: \{ (\w+)/.exec(filter)![1];
      expect(await codeOf(field, filter), filter).to.deep.equal(["FIELD_NOT_AVAILABLE", name]);
    }
    expect(await sums("Order.total")).to.equal(null);
    expect(await sums("Order.orderNumber")).to.deep.equal([{ amount: "10.00" }]);
  });
});
