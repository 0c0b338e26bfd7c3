import { expect } from "chai";
import { historyFields } from "../../src/history/history.fields.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import {
  askHistory,
  insertOrder,
  insertPayment,
  insertProduct,
  insertSeason,
  plain,
  readHistory,
} from "../support/history.js";
import type { TestContact } from "../support/rows.js";

type Answered = Record<string, unknown>;

describe("an order", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  async function orderOf(contact: TestContact, fields: string, context = reader()): Promise<Answered> {
    const { purchaseHistory } = await readHistory(
      context,
      contact,
      `purchaseHistory(first: 1) { nodes { ${fields} } }`,
    );
    return purchaseHistory!.nodes[0]!;
  }

  it("says what became of it, who is to pay and by which tariffs it was made", async () => {
    const [purchaser, payer] = [await db.insertContact(), await db.insertContact({ structureName: "École" })];
    await insertOrder(db, purchaser, {
      ...{ operationKind: "RESERVATION", state: "CONFIRMED", payer, total: "24.00" },
      lines: [{ tariffCode: "CHILD", isChildrenTariff: true, amount: "24.00" }, { quantity: 2 }],
    });

    const fields = "state payer { id } lines { tariffCode isChildrenTariff } remarkVersion";
    expect(await orderOf(purchaser, fields)).to.deep.equal({
      state: "CONFIRMED",
      payer: { id: payer.opaqueId },
      lines: [
        { tariffCode: "CHILD", isChildrenTariff: true },
        { tariffCode: null, isChildrenTariff: false },
      ],
      remarkVersion: 0,
    });
  });

  for (const [operationKind, state, due] of [
    ["SALE", "ACTIVE", "80.00"],
    ["RESERVATION", "ACTIVE", "80.00"],
    ["RESERVATION", "CONFIRMED", "80.00"],
    ["OPTION", "ACTIVE", "0.00"],
    ["OPTION", "EXPIRED", "0.00"],
    ["RESERVATION", "EXPIRED", "0.00"],
    ["SALE", "CANCELLED", "0.00"],
  ] as const) {
    it(`of kind ${operationKind} that is ${state} makes ${due} due of 80.00`, async () => {
      const contact = await db.insertContact();
      await insertOrder(db, contact, { operationKind, state, total: "80.00" });

      expect(await orderOf(contact, "total amountDue")).to.deep.equal({ total: "80.00", amountDue: due });
    });
  }

  it("was paid by those whom the caller sees, in its currency, refunds taken off", async () => {
    const [contact, friend] = [await db.insertContact(), await db.insertContact()];
    const hidden = await db.insertContact({ level: 1 });
    const order = await insertOrder(db, contact, { total: "80.00" });
    await insertPayment(db, contact, { order, amount: "50.00" });
    await insertPayment(db, contact, { order, amount: "-5.50" });
    await insertPayment(db, friend, { order, amount: "10.00" });
    await insertPayment(db, friend, { order, amount: "3.00", currency: "EUR" });
    await insertPayment(db, hidden, { order, amount: "20.00" });
    const unpaid = await db.insertContact();
    await insertOrder(db, unpaid, { total: "80.00" });

    expect(await orderOf(contact, "amountPaid")).to.deep.equal({ amountPaid: "54.50" });
    expect(await orderOf(contact, "amountPaid", reader({ clearance: 1 }))).to.deep.equal({ amountPaid: "74.50" });
    expect(await orderOf(unpaid, "amountPaid")).to.deep.equal({ amountPaid: "0.00" });
  });

  it("shows the payments of those whom the caller sees, the newest first, and says nothing of the others", async () => {
    const [contact, friend] = [await db.insertContact(), await db.insertContact()];
    const hidden = await db.insertContact({ level: 1 });
    const order = await insertOrder(db, contact, { total: "80.00" });
    await insertPayment(db, contact, { order, amount: "50.00", paidAt: "2026-01-01T10:00:00Z" });
    await insertPayment(db, friend, { order, amount: "-5.50", paidAt: "2026-01-03T10:00:00Z" });
    await insertPayment(db, hidden, { order, amount: "20.00", paidAt: "2026-01-02T10:00:00Z" });
    await insertPayment(db, contact, { amount: "7.00" });
    const fields = "payments { amount payer { id } order { id } }";

    const [seen, all] = [await orderOf(contact, fields), await orderOf(contact, fields, reader({ clearance: 1 }))];

    const payment = (amount: string, { opaqueId }: { opaqueId: string }) => ({
      ...{ amount, payer: { id: opaqueId }, order: { id: encodeId("Order", order.id) } },
    });
    expect(seen).to.deep.equal({ payments: [payment("-5.50", friend), payment("50.00", contact)] });
    expect(all).to.deep.equal({
      payments: [payment("-5.50", friend), payment("20.00", hidden), payment("50.00", contact)],
    });
  });

  it("names seasons, and the parts of a pass page by page", async () => {
    const contact = await db.insertContact();
    const season = await insertSeason(db, { code: "2526" });
    const pass = await insertProduct(db, { kind: "PASS", season });
    const parts = [];
    for (const code of ["ONE", "TWO", "THREE"]) parts.push(await insertProduct(db, { code }));
    for (const { id } of parts)
      await db.owner.query(
        "INSERT INTO history.product_part (institution_id, product_id, part_id) VALUES ($1, $2, $3)",
        [...[db.home.id, pass.id, id]],
      );
    await insertOrder(db, contact, { lines: [{ product: pass }] });
    const page = async (after: string) => {
      const fields = `lines { product { season { code name startDate endDate organization redactions { field } }
        parts(first: 2${after}) { nodes { code season { id } } pageInfo { hasNextPage endCursor } } } }`;
      const { lines } = (await orderOf(contact, fields)) as { lines: { product: Answered }[] };
      return lines[0]!.product as { season: unknown; parts: { nodes: unknown; pageInfo: { endCursor: string } } };
    };

    const first = await page("");
    expect(first.season).to.deep.equal({
      ...{ code: "2526", name: "Season 2526", startDate: "2025-09-01", endDate: "2026-08-31" },
      ...{ organization: "OPERA", redactions: [] },
    });
    expect(first.parts.nodes).to.deep.equal([
      { code: "ONE", season: null },
      { code: "TWO", season: null },
    ]);
    const second = await page(`, after: "${first.parts.pageInfo.endCursor}"`);
    expect(second.parts).to.deep.include({ nodes: [{ code: "THREE", season: null }] });
    expect(second.parts.pageInfo).to.deep.include({ hasNextPage: false });
  });

  it("tells when tickets were returned, and who was typed in to hold them with which answers", async () => {
    const [purchaser, friend] = [await db.insertContact(), await db.insertContact()];
    const beneficiary = {
      ...{ firstName: "Lea", lastName: "Roux", birthDate: "2012-02-29", email: "lea@example.org" },
      ...{ phone: "+41 21 555 00 00", countryCode: "CH" },
    };
    await insertOrder(db, purchaser, {
      lines: [
        {
          tickets: [
            { culturalContact: friend, beneficiary, answers: { SIZE: "M", DIET: "none" } },
            { state: "RETURNED", returnedAt: "2026-03-02T08:00:00Z" },
          ],
        },
      ],
    });

    const { lines } = (await orderOf(
      purchaser,
      `lines { tickets { ticketNumber returnedAt
         beneficiary { firstName lastName birthDate email phone countryCode redactions { field } }
         answers { questionCode questionLabel questionType value } } }`,
    )) as { lines: { tickets: unknown }[] };

    const answer = (questionCode: string, value: string) => ({
      ...{ questionCode, questionLabel: `Question ${questionCode}`, questionType: "TEXT", value },
    });
    expect(lines[0]!.tickets).to.deep.equal([
      {
        ...{ ticketNumber: 1, returnedAt: null, beneficiary: { ...beneficiary, redactions: [] } },
        answers: [answer("DIET", "none"), answer("SIZE", "M")],
      },
      { ticketNumber: 2, returnedAt: "2026-03-02T08:00:00.000Z", beneficiary: null, answers: [] },
    ]);
  });

  it("keeps to itself what was typed in about somebody whom the caller does not see (F05)", async () => {
    const [visible, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    const typed = (lastName: string) => ({ beneficiary: { lastName }, answers: { NAME: lastName } });
    await insertOrder(db, hidden, {
      lines: [
        {
          tickets: [
            { culturalContact: visible, ...typed("attends") },
            { culturalContact: hidden, ...typed("hidden") },
            typed("of the purchaser"),
          ],
        },
      ],
    });
    const namesFor = async (context = reader()) => {
      const { culturalHistory } = await readHistory(
        context,
        visible,
        `culturalHistory(first: 1) { nodes { ticket { order { lines { tickets { beneficiary { lastName }
           answers { value } } } } } } }`,
      );
      type Tickets = { beneficiary: { lastName: string } | null; answers: { value: string }[] }[];
      const { ticket } = culturalHistory!.nodes[0] as { ticket: { order: { lines: { tickets: Tickets }[] } } };
      return ticket.order.lines[0]!.tickets.map(({ beneficiary, answers }) => [
        beneficiary?.lastName ?? null,
        ...answers.map(({ value }) => value),
      ]);
    };

    expect(await namesFor()).to.deep.equal([["attends", "attends"], [null], [null]]);
    expect(await namesFor(reader({ clearance: 1 }))).to.deep.equal([
      ["attends", "attends"],
      ["hidden", "hidden"],
      ["of the purchaser", "of the purchaser"],
    ]);
  });

  it("does not tell an internet user what operators wrote on it", async () => {
    const own = await db.insertContact();
    await insertOrder(db, own, { remark: "a difficult customer" });
    const context = reader({ kind: "CONTACT", ownContactId: own.id, clearance: 2 });

    expect(await orderOf(own, "remark remarkVersion ipAddress redactions { field }", context)).to.deep.equal({
      ...{ remark: null, remarkVersion: null, ipAddress: null },
      redactions: [{ field: "ipAddress" }, { field: "remark" }, { field: "remarkVersion" }],
    });
  });
});

describe("an order by its key (F05)", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });
  const people = ["purchaser", "payer", "who paid", "who attends"] as const;

  /** An order with one contact of this part in it; everybody else is hidden, or nobody. */
  async function orderWith(part: (typeof people)[number], contact: TestContact | null, others: TestContact | null) {
    const of = (each: (typeof people)[number]) => (each === part ? contact : others) ?? undefined;
    const order = await insertOrder(db, of("purchaser") ?? null, {
      payer: of("payer"),
      lines: [{ tickets: [{ culturalContact: of("who attends") }] }],
    });
    const paid = of("who paid");
    if (paid) await insertPayment(db, paid, { order });
    return order;
  }

  for (const part of people) {
    it(`exists for a caller who sees its ${part}, whoever else is in it, and names nobody else`, async () => {
      const [visible, hidden] = [await db.insertContact(), await db.insertContact({ level: 2 })];
      const orders = [await orderWith(part, visible, hidden), await orderWith(part, visible, null)];

      const { data, errors } = await askHistory(
        reader(),
        orders,
        "id purchaser { id } payer { id } lines { tickets { culturalContact { id } } }",
        {},
        "Order",
      );

      expect(errors).to.equal(undefined);
      const link = (each: (typeof people)[number]) => (each === part ? { id: visible.opaqueId } : null);
      const tickets = [{ culturalContact: link("who attends") }];
      expect(plain(data?._entities)).to.deep.equal(
        orders.map(({ opaqueId }) => ({
          ...{ id: opaqueId, purchaser: link("purchaser"), payer: link("payer"), lines: [{ tickets }] },
        })),
      );
    });
  }

  it("is null for a caller who sees nobody of it, as one that there is not, and for a malformed key", async () => {
    const hidden = await db.insertContact({ level: 2 });
    const order = await orderWith("purchaser", hidden, hidden);
    const counterSale = await insertOrder(db, null);
    const keys = [order.opaqueId, counterSale.opaqueId, "T3JkZXI6OTk5OTk5", hidden.opaqueId, 7, null];

    const { data, errors } = await askHistory(
      reader(),
      keys.map((opaqueId) => ({ opaqueId })),
      "id",
      {},
      "Order",
    );

    expect(errors).to.equal(undefined);
    expect(data?._entities).to.deep.equal(keys.map(() => null));
  });

  it("is refused without history:read", async () => {
    const order = await insertOrder(db, await db.insertContact());
    const context = db.contextWith("contact:read", { services: db.services({ catalogue: historyFields }) });

    const { data, errors } = await askHistory(context, [order], "id", {}, "Order");

    expect(errors?.map(({ extensions }) => extensions.code)).to.deep.equal(["FORBIDDEN"]);
    expect(data?._entities).to.deep.equal([null]);
  });
});
