import { expect } from "chai";
import { historyFields } from "../../src/history/history.fields.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import { insertOrder, insertPayment, insertProduct, readHistory } from "../support/history.js";

describe("the histories of a contact", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  it("show an order in each file as what it is there (F32)", async () => {
    const teacher = await db.insertContact({ lastName: "Favre", roles: ["RELAY"] });
    const school = await db.insertContact({ structureName: "École des Tilleuls" });
    const [pupil, otherPupil] = [await db.insertContact(), await db.insertContact()];
    const visit = await insertProduct(db, { name: "Museum visit", kind: "EXHIBITION", validityEnd: "2026-04-20" });
    const order = await insertOrder(db, teacher, {
      lines: [
        {
          product: visit,
          tickets: [{ culturalContact: teacher }, { culturalContact: pupil }, { culturalContact: otherPupil }],
        },
      ],
    });
    const payment = await insertPayment(db, school, { order, amount: "36.00" });
    const [ofTeacher, ofPupil, ofOther] = order.tickets.map(({ opaqueId }) => opaqueId);
    const context = reader();
    const lists = async (contact: { opaqueId: string }) => {
      const answer = await readHistory(
        context,
        contact,
        `purchaseHistory(first: 9) { nodes { id } } culturalHistory(first: 9) { nodes { ticket { id } } }
         financialHistory(first: 9) { nodes { id } }`,
      );
      return {
        made: answer.purchaseHistory?.nodes.map(({ id }) => id),
        attends: answer.culturalHistory?.nodes.map(({ ticket }) => (ticket as { id: string }).id),
        paid: answer.financialHistory?.nodes.map(({ id }) => id),
      };
    };

    expect(await lists(teacher)).to.deep.equal({ made: [order.opaqueId], attends: [ofTeacher], paid: [] });
    expect(await lists(pupil)).to.deep.equal({ made: [], attends: [ofPupil], paid: [] });
    expect(await lists(otherPupil)).to.deep.equal({ made: [], attends: [ofOther], paid: [] });
    expect(await lists(school)).to.deep.equal({ made: [], attends: [], paid: [payment.opaqueId] });
  });

  it("show one who buys for himself once in each list, however many tickets others have (F32)", async () => {
    const contact = await db.insertContact();
    const friend = await db.insertContact();
    const show = await insertProduct(db, { validityEnd: "2026-04-20" });
    const tickets = [{ culturalContact: contact }, { culturalContact: friend }, {}];
    const order = await insertOrder(db, contact, { payer: contact, lines: [{ product: show, tickets }] });
    const payment = await insertPayment(db, contact, { order, amount: "36.00" });

    const answer = await readHistory(
      reader(),
      contact,
      `purchaseHistory(first: 9) { totalCount nodes { id } } financialHistory(first: 9) { totalCount nodes { id } }
       culturalHistory(first: 9) { totalCount nodes { ticket { id } } }`,
    );

    expect(answer).to.deep.equal({
      purchaseHistory: { totalCount: 1, nodes: [{ id: order.opaqueId }] },
      culturalHistory: { totalCount: 1, nodes: [{ ticket: { id: order.tickets[0]!.opaqueId } }] },
      financialHistory: { totalCount: 1, nodes: [{ id: payment.opaqueId }] },
    });
  });

  it("list the orders that the contact made, the newest first, with everything in them (F29)", async () => {
    const contact = await db.insertContact();
    const friend = await db.insertContact();
    const carmen = await insertProduct(db, {
      code: "CARMEN",
      name: "Carmen",
      startsAt: "2026-05-02T17:30:00Z",
      validityEnd: "2026-05-02",
    });
    const season = await insertProduct(db, { code: "SEASON", name: "Season", kind: "SEASON_TICKET" });
    await insertOrder(db, contact, { orderNumber: "A1", orderedAt: "2026-01-05T10:00:00Z" });
    const newest = await insertOrder(db, contact, {
      orderNumber: "A2",
      organization: "MUSEUM",
      operationKind: "RESERVATION",
      orderedAt: "2026-02-05T10:00:00.123456Z",
      total: "120.50",
      remark: "at the box office",
      lines: [
        {
          product: season,
          quantity: 2,
          amount: "120.50",
          tickets: [
            { culturalContact: friend, product: carmen, price: "60.00", seat: "A-12" },
            { state: "RETURNED", price: "60.50" },
          ],
        },
        { quantity: 3, amount: "0.00" },
      ],
    });
    const { purchaseHistory } = await readHistory(
      reader(),
      contact,
      `purchaseHistory(first: 5) { nodes { id orderNumber organization operationKind orderedAt total currency remark
         purchaser { id } redactions { field }
         lines { lineNumber quantity amount product { code name kind startsAt validityEndDate organization }
           tickets { id state price seat validityEndDate product { code } culturalContact { id } order { id } } } } }`,
    );

    expect(purchaseHistory?.nodes.map(({ orderNumber }) => orderNumber)).to.deep.equal(["A2", "A1"]);
    const { lines, ...order } = purchaseHistory!.nodes[0] as { lines: Record<string, unknown>[] };
    expect(order).to.deep.equal({
      id: newest.opaqueId,
      orderNumber: "A2",
      organization: "MUSEUM",
      operationKind: "RESERVATION",
      orderedAt: "2026-02-05T10:00:00.123Z",
      total: "120.50",
      currency: "CHF",
      remark: "at the box office",
      purchaser: { id: contact.opaqueId },
      redactions: [{ field: "ipAddress" }],
    });
    expect(lines.map(({ lineNumber, quantity, amount }) => [lineNumber, quantity, amount])).to.deep.equal([
      [1, 2, "120.50"],
      [2, 3, "0.00"],
    ]);
    expect(lines[0]).to.deep.include({
      product: {
        code: "SEASON",
        name: "Season",
        kind: "SEASON_TICKET",
        startsAt: null,
        validityEndDate: null,
        organization: "OPERA",
      },
      tickets: [
        {
          id: newest.tickets[0]!.opaqueId,
          state: "VALID",
          price: "60.00",
          seat: "A-12",
          validityEndDate: "2026-05-02",
          product: { code: "CARMEN" },
          culturalContact: { id: friend.opaqueId },
          order: { id: newest.opaqueId },
        },
        {
          id: newest.tickets[1]!.opaqueId,
          state: "RETURNED",
          price: "60.50",
          seat: null,
          validityEndDate: null,
          product: { code: "SEASON" },
          culturalContact: null,
          order: { id: newest.opaqueId },
        },
      ],
    });
    expect(lines[1]?.tickets).to.deep.equal([]);
  });

  it("list what the contact attends by product date, future included and returned tickets on request (F30)", async () => {
    const contact = await db.insertContact();
    const purchaser = await db.insertContact();
    const nextMonth = await insertProduct(db, { validityEnd: "2026-04-10" });
    const lastMonth = await insertProduct(db, { validityEnd: "2026-02-10" });
    const longAgo = await insertProduct(db, { validityEnd: "2020-02-10" });
    const startOnly = await insertProduct(db, { startsAt: "2026-03-01T23:30:00Z" });
    const undated = await insertProduct(db, { kind: "EXHIBITION" });
    await insertOrder(db, purchaser, {
      // the day of the order does not matter
      orderedAt: "2019-01-01T10:00:00Z",
      lines: [
        { product: undated, tickets: [{ culturalContact: contact, seat: "undated" }] },
        { product: lastMonth, tickets: [{ culturalContact: contact, seat: "last month" }] },
        { product: nextMonth, tickets: [{ culturalContact: contact, seat: "next month" }] },
        { product: nextMonth, tickets: [{ culturalContact: contact, seat: "returned", state: "RETURNED" }] },
        { product: nextMonth, tickets: [{ culturalContact: contact, seat: "cancelled", state: "CANCELLED" }] },
        { product: longAgo, tickets: [{ culturalContact: contact, seat: "long ago" }] },
        { product: startOnly, tickets: [{ culturalContact: contact, seat: "started" }] },
        { product: nextMonth, tickets: [{ culturalContact: purchaser, seat: "someone else's" }] },
      ],
    });
    const context = reader();
    const seats = async (argument = "", variables = {}) => {
      const fields = `culturalHistory(first: 20${argument}) { totalCount nodes { date product { id } ticket { seat } } }`;
      const { culturalHistory } = await readHistory(context, contact, fields, variables);
      expect(culturalHistory?.totalCount).to.equal(culturalHistory?.nodes.length);
      return culturalHistory?.nodes.map(({ date, ticket }) => [date, (ticket as { seat: string }).seat]);
    };

    expect(await seats()).to.deep.equal([
      ["2026-04-10", "next month"],
      ["2026-03-02", "started"],
      ["2026-02-10", "last month"],
      [null, "undated"],
    ]);
    expect(
      await seats(", filter: { states: $states }", { states: ["RETURNED", "CANCELLED", "RETURNED"] }),
    ).to.deep.equal([
      ["2026-04-10", "cancelled"],
      ["2026-04-10", "returned"],
    ]);
    expect(await seats(", period: $period", { period: { to: "2026-02-09" } })).to.deep.equal([
      ["2020-02-10", "long ago"],
      [null, "undated"],
    ]);
  });

  it("list the payments that the contact made, refunds negative, whoever ordered (F31)", async () => {
    const payer = await db.insertContact({ structureName: "Fondation" });
    const purchaser = await db.insertContact();
    const order = await insertOrder(db, purchaser, { total: "99.00", orderNumber: "PAID" });
    await insertPayment(db, payer, { order, amount: "99.00", method: "INVOICE", paidAt: "2026-02-01T10:00:00Z" });
    await insertPayment(db, payer, { amount: "-9.90", method: "CARD", paidAt: "2026-02-02T10:00:00Z" });
    await insertPayment(db, purchaser, { order, amount: "1.00" });

    const { financialHistory } = await readHistory(
      reader(),
      payer,
      `financialHistory(first: 5) { totalCount nodes { paidAt method amount currency organization payer { id }
         order { orderNumber lines { lineNumber } } redactions { field } } }`,
    );

    const common = { currency: "CHF", organization: "OPERA", payer: { id: payer.opaqueId }, redactions: [] };
    expect(financialHistory).to.deep.equal({
      totalCount: 2,
      nodes: [
        { ...common, paidAt: "2026-02-02T10:00:00.000Z", method: "CARD", amount: "-9.90", order: null },
        {
          ...common,
          paidAt: "2026-02-01T10:00:00.000Z",
          method: "INVOICE",
          amount: "99.00",
          order: { orderNumber: "PAID", lines: [] },
        },
      ],
    });
  });

  it("cover the last 12 months and the future unless asked otherwise, and say so (F34)", async () => {
    const contact = await db.insertContact();
    for (const [orderNumber, orderedAt] of [
      ["before", "2025-03-09T22:59:59Z"],
      ["first", "2025-03-09T23:00:00Z"],
      ["future", "2030-01-01T00:00:00Z"],
    ] as const) {
      await insertOrder(db, contact, { orderNumber, orderedAt });
    }
    const context = reader();
    const fields = `purchaseHistory(first: 20, period: $period) { period { from to } totalCount nodes { orderNumber } }`;
    const list = async (period?: object | null) => {
      const { purchaseHistory } = await readHistory(context, contact, fields, { period });
      expect(purchaseHistory?.totalCount).to.equal(purchaseHistory?.nodes.length);
      const numbers = purchaseHistory?.nodes.map(({ orderNumber }) => orderNumber);
      return [purchaseHistory?.period.from, purchaseHistory?.period.to, numbers];
    };

    expect(await list()).to.deep.equal(["2025-03-10", null, ["future", "first"]]);
    expect(await list({})).to.deep.equal([null, null, ["future", "first", "before"]]);
    // both days belong to the period, and they are days of Zurich
    expect(await list({ from: "2025-03-09", to: "2025-03-09" })).to.deep.equal([
      "2025-03-09",
      "2025-03-09",
      ["before"],
    ]);
    expect(await list({ to: "2025-03-10" })).to.deep.equal([null, "2025-03-10", ["first", "before"]]);
  });

  it("count days where the institution is", async () => {
    const institution = await db.institution({ timeZone: "America/New_York" });
    const contact = await db.insertContact({ institution });
    await insertOrder(db, contact, { institution, orderNumber: "evening", orderedAt: "2026-03-02T03:00:00Z" });
    await insertPayment(db, contact, { institution, paidAt: "2026-03-02T03:00:00Z" });
    const period = { from: "2026-03-01", to: "2026-03-01" };

    const answer = await readHistory(
      reader({ institution }),
      contact,
      `purchaseHistory(first: 1, period: $period) { totalCount nodes { orderNumber } }
       financialHistory(first: 1, period: $period) { totalCount nodes { id } }`,
      { period },
    );

    expect(answer.purchaseHistory).to.deep.include({ totalCount: 1, nodes: [{ orderNumber: "evening" }] });
    expect(answer.financialHistory?.nodes).to.have.length(1);
  });
});
