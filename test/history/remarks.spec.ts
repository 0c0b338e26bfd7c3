import { expect } from "chai";
import { historyFields } from "../../src/history/history.fields.js";
import { historyModule } from "../../src/history/index.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import type { OperationContext } from "../../src/platform/context.js";
import { ask, codesOf } from "../support/ask.js";
import { type ContextWish, useDatabase } from "../support/database.js";
import { insertOrder, insertPayment, type TestRow } from "../support/history.js";

interface Payload {
  readonly order: { readonly id: string; readonly remark: string | null; readonly remarkVersion: number } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
  readonly legalNotice: { readonly code: string } | null;
}

const notice = { code: "FREE_TEXT_CONTENT" };

describe("setOrderRemark (F63)", () => {
  const db = useDatabase();
  const operator = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "contact:write", "history:read", {
      ...{ services: db.services({ catalogue: historyFields }), login: "ana" },
      ...wish,
    });

  async function set(order: { opaqueId: string }, input: object, context: OperationContext = operator()) {
    const { schema } = await historyModule.buildSubgraph();
    const query = `mutation ($input: SetOrderRemarkInput!) { setOrderRemark(input: $input) {
      order { id remark remarkVersion } userErrors { code field } legalNotice { code } } }`;
    const data = await ask(schema, context, query, { input: { orderId: order.opaqueId, ...input } });
    return data.setOrderRemark as Payload;
  }

  async function audited(order: TestRow) {
    const { rows } = await db.owner.query(
      `SELECT contact_id AS contact, field, old_value AS was, new_value AS now, actor FROM history.audit_contact
       WHERE entity = 'Order' AND key = $1 ORDER BY id`,
      [order.id],
    );
    return rows as { contact: string; was: string | null; now: string | null }[];
  }

  it("shows the notice when a remark is created and when it is changed, and none when it is cleared", async () => {
    const order = await insertOrder(db, await db.insertContact());

    const answers = [
      await set(order, { version: 0, remark: " Wheelchair at the side entrance " }),
      await set(order, { version: 1, remark: "Side entrance" }),
      await set(order, { version: 2, remark: null }),
      await set(order, { version: 3, remark: "again" }),
      await set(order, { version: 4, remark: "  " }),
    ];

    expect(
      answers.map(({ order: answered, legalNotice }) => [answered?.remark, answered?.remarkVersion, legalNotice]),
    ).to.deep.equal([
      ["Wheelchair at the side entrance", 1, notice],
      ["Side entrance", 2, notice],
      [null, 3, null],
      ["again", 4, notice],
      [null, 5, null],
    ]);
  });

  it("replaces a remark that was delivered, which no later delivery brings back", async () => {
    const order = await insertOrder(db, await db.insertContact(), { remark: "delivered" });

    expect((await set(order, { version: 0, remark: "written here" })).order?.remark).to.equal("written here");
    await db.owner.query("UPDATE history.sales_order SET remark = 'delivered later', version = 9 WHERE id = $1", [
      order.id,
    ]);

    expect((await set(order, { version: 1, remark: "written here" })).order).to.include({
      ...{ remark: "written here", remarkVersion: 1 },
    });
    expect(await audited(order)).to.have.length(1);
    expect((await audited(order))[0]).to.include({ was: "delivered", now: "written here", actor: "ana" });
  });

  it("refuses a change that is based on another version, and repeats nothing under the same key", async () => {
    const order = await insertOrder(db, await db.insertContact());
    const input = { version: 0, remark: "once", idempotencyKey: "key-1" };

    await set(order, input);
    const [repeated, late] = [await set(order, input), await set(order, { version: 0, remark: "late" })];

    expect(repeated.order).to.deep.include({ remark: "once", remarkVersion: 1 });
    expect(repeated.legalNotice).to.deep.equal(notice);
    expect(late).to.deep.equal({
      ...{ order: null, userErrors: [{ code: "VERSION_CONFLICT", field: ["version"] }], legalNotice: notice },
    });
    expect(await audited(order)).to.have.length(1);
  });

  it("keeps one of two that come at once", async () => {
    const order = await insertOrder(db, await db.insertContact());

    const answers = await Promise.all(["one", "two"].map((remark) => set(order, { version: 0, remark })));

    const codes = answers.map(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).to.have.deep.members([[], ["VERSION_CONFLICT"]]);
    expect(await audited(order)).to.have.length(1);
  });

  it("finds no order of which the caller sees nobody (F05), and none that there is not", async () => {
    const hidden = await db.insertContact({ level: 2 });
    const order = await insertOrder(db, hidden, { payer: hidden, lines: [{ tickets: [{ culturalContact: hidden }] }] });
    const counterSale = await insertOrder(db, null);
    const ids = [order.opaqueId, counterSale.opaqueId, "T3JkZXI6OTk5OTk5", hidden.opaqueId, "x"];

    for (const opaqueId of ids)
      expect(await set({ opaqueId }, { version: 0, remark: "hm" })).to.deep.equal({
        ...{ order: null, userErrors: [{ code: "ORDER_NOT_FOUND", field: ["orderId"] }], legalNotice: notice },
      });
    expect(await audited(order)).to.deep.equal([]);
  });

  it("is audited in the files of all people of the order whom the operator sees, in no other", async () => {
    const [purchaser, spectator, payer] = [
      await db.insertContact(),
      await db.insertContact(),
      await db.insertContact({ level: 1 }),
    ];
    const order = await insertOrder(db, purchaser, { lines: [{ tickets: [{ culturalContact: spectator }] }] });
    await insertPayment(db, payer, { order });

    await set(order, { version: 0, remark: "one" });
    await set(order, { version: 1, remark: "two" }, operator({ clearance: 1 }));

    const entries = await audited(order);
    expect(entries.filter(({ now }) => now === "one").map(({ contact }) => contact)).to.deep.equal([
      purchaser.id,
      spectator.id,
    ]);
    expect(entries.filter(({ now }) => now === "two").map(({ contact }) => contact)).to.deep.equal([
      ...[purchaser.id, spectator.id, payer.id],
    ]);
  });

  it("refuses what nobody is left for: an order whose people are anonymized", async () => {
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    const alive = await db.insertContact();
    const [gone, shared] = [
      await insertOrder(db, shell),
      await insertOrder(db, shell, { lines: [{ tickets: [{ culturalContact: alive }] }] }),
    ];

    expect((await set(gone, { version: 0, remark: "x" })).userErrors).to.deep.equal([
      { code: "CONTACT_ANONYMIZED", field: ["orderId"] },
    ]);
    expect((await set(shared, { version: 0, remark: "x" })).userErrors).to.deep.equal([]);
  });

  it("refuses texts that are too long, hold invisible characters, or are not given", async () => {
    const order = await insertOrder(db, await db.insertContact());
    const codes = async (input: object) =>
      (await set(order, { version: 0, ...input })).userErrors.map(({ code }) => code);

    expect(await codes({ remark: "x".repeat(2_001) })).to.deep.equal(["VALUE_TOO_LONG"]);
    expect(await codes({ remark: "a\u0000b" })).to.deep.equal(["INVALID_CHARACTERS"]);
    expect(await codes({})).to.deep.equal(["FIELD_REQUIRED"]);
    expect(await codes({ remark: "two\nlines", idempotencyKey: "" })).to.deep.equal(["IDEMPOTENCY_KEY_INVALID"]);
  });

  it("takes the permissions to write contacts and to read histories, and eyes for remarks", async () => {
    const order = await insertOrder(db, await db.insertContact());
    const { schema } = await historyModule.buildSubgraph();
    const services = db.services({ catalogue: historyFields });
    const query = `mutation ($input: SetOrderRemarkInput!) { setOrderRemark(input: $input) { order { id } } }`;
    const input = { orderId: order.opaqueId, version: 0, remark: "x" };
    const codes = (context: OperationContext) => codesOf(schema, context, query, { input });

    expect(await codes(db.contextWith("contact:read", "history:read", { services }))).to.deep.equal(["FORBIDDEN"]);
    expect(await codes(db.contextWith("contact:read", "contact:write", { services }))).to.deep.equal(["FORBIDDEN"]);
    const raisedLevels = new Map([["Order.remark", 1 as Clearance]]);
    expect((await set(order, { version: 0, remark: "x" }, operator({ raisedLevels }))).userErrors).to.deep.equal([
      { code: "FIELD_NOT_AVAILABLE", field: ["remark"] },
    ]);
  });
});
