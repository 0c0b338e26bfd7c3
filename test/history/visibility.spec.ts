import { expect } from "chai";
import { historyFields } from "../../src/history/history.fields.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import { askHistory, insertOrder, insertPayment, insertProduct, plain, readHistory } from "../support/history.js";

const levels: readonly Clearance[] = [0, 1, 2];
const lists = `purchaseHistory(first: 9) { totalCount nodes { id } } culturalHistory(first: 9) { totalCount nodes { ticket { id } } }
  financialHistory(first: 9) { totalCount nodes { id } }`;

describe("what a history shows of whom (F05)", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  for (const level of levels) {
    for (const clearance of levels) {
      const isVisible = clearance >= level;

      it(`${isVisible ? "shows" : "hides"} a contact of level ${level} ${isVisible ? "to" : "from"} clearance ${clearance}`, async () => {
        const contact = await db.insertContact({ level });
        await insertOrder(db, contact);

        const { data, errors } = await askHistory(reader({ clearance }), [contact], `id ${lists}`);

        expect(errors).to.equal(undefined);
        expect(data?._entities[0]?.id).to.equal(isVisible ? contact.opaqueId : undefined);
        expect(data?._entities[0]?.purchaseHistory?.totalCount).to.equal(isVisible ? 1 : undefined);
      });

      it(`${isVisible ? "names" : "leaves out"} a person of level ${level} on the rows of another for clearance ${clearance}`, async () => {
        const hidden = await db.insertContact({ level });
        const visible = await db.insertContact();
        const product = await insertProduct(db, { validityEnd: "2026-03-20" });
        const made = await insertOrder(db, visible, { lines: [{ product, tickets: [{ culturalContact: hidden }] }] });
        const attended = await insertOrder(db, hidden, {
          lines: [{ product, tickets: [{ culturalContact: visible }] }],
        });
        await insertPayment(db, visible, { order: attended, amount: "12.00" });

        const answer = await readHistory(
          reader({ clearance }),
          visible,
          `purchaseHistory(first: 9) { totalCount nodes { id lines { quantity tickets { culturalContact { id } } } } }
           culturalHistory(first: 9) { totalCount nodes { ticket { culturalContact { id } order { id purchaser { id } } } } }
           financialHistory(first: 9) { totalCount nodes { amount order { id purchaser { id } lines { quantity } } } }`,
        );

        const link = isVisible ? { id: hidden.opaqueId } : null;
        const order = { id: attended.opaqueId, purchaser: link };
        expect(answer).to.deep.equal({
          purchaseHistory: {
            totalCount: 1,
            nodes: [{ id: made.opaqueId, lines: [{ quantity: 1, tickets: [{ culturalContact: link }] }] }],
          },
          culturalHistory: {
            totalCount: 1,
            nodes: [{ ticket: { culturalContact: { id: visible.opaqueId }, order } }],
          },
          financialHistory: {
            totalCount: 1,
            nodes: [{ amount: "12.00", order: { ...order, lines: [{ quantity: 1 }] } }],
          },
        });
      });
    }
  }

  it("answers an invisible, an unknown and a malformed key alike", async () => {
    const hidden = await db.insertContact({ level: 2 });
    const keys = [hidden.opaqueId, encodeId("Contact", "999999999"), encodeId("Order", "1"), "", "x", 5, null, ["a"]];

    const { data, errors } = await askHistory(
      reader(),
      keys.map((opaqueId) => ({ opaqueId })),
      `id ${lists}`,
    );

    expect(errors).to.equal(undefined);
    expect(data?._entities).to.deep.equal(keys.map(() => null));
  });

  it("trusts nothing of a representation but its key", async () => {
    const contact = await db.insertContact();

    const { data } = await askHistory(
      reader(),
      [{ ...contact, purchaseHistory: { totalCount: 7 } } as never],
      `id ${lists}`,
    );

    expect(data?._entities[0]?.purchaseHistory?.totalCount).to.equal(0);
  });

  it("keeps institutions apart", async () => {
    const institution = await db.institution();
    const contact = await db.insertContact();
    await insertOrder(db, contact);

    const { data } = await askHistory(reader({ institution, clearance: 2 }), [contact], `id ${lists}`);

    expect(data?._entities).to.deep.equal([null]);
  });

  it("shows nothing of an anonymized contact's histories (4.5)", async () => {
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    const product = await insertProduct(db, { validityEnd: "2026-03-20" });
    const order = await insertOrder(db, shell, { lines: [{ product, tickets: [{ culturalContact: shell }] }] });
    await insertPayment(db, shell, { order });

    const answer = await readHistory(reader(), shell, lists);

    const none = { totalCount: 0, nodes: [] };
    expect(answer).to.deep.equal({ purchaseHistory: none, culturalHistory: none, financialHistory: none });
  });

  it("shows an internet user his own file only", async () => {
    const own = await db.insertContact();
    const other = await db.insertContact();
    const product = await insertProduct(db, { validityEnd: "2026-03-20" });
    await insertOrder(db, own, {
      lines: [{ product, tickets: [{ culturalContact: other }, { culturalContact: own }] }],
    });
    const context = reader({ kind: "CONTACT", ownContactId: own.id, clearance: 2 });

    const { data } = await askHistory(
      context,
      [own, other],
      "id purchaseHistory(first: 9) { nodes { lines { tickets { culturalContact { id } } } } }",
    );

    const tickets = [{ culturalContact: null }, { culturalContact: { id: own.opaqueId } }];
    expect(plain(data?._entities)).to.deep.equal([
      { id: own.opaqueId, purchaseHistory: { nodes: [{ lines: [{ tickets }] }] } },
      null,
    ]);
  });

  it("refuses the key without contact:read", async () => {
    const contact = await db.insertContact();
    const context = db.contextWith("history:read", { services: db.services({ catalogue: historyFields }) });

    const { data, errors } = await askHistory(context, [contact, contact], "id");

    expect(errors?.map(({ extensions }) => extensions.code)).to.deep.equal(["FORBIDDEN", "FORBIDDEN"]);
    expect(data?._entities).to.deep.equal([null, null]);
  });

  it("leaves the lists empty without history:read, and without an error", async () => {
    const contact = await db.insertContact();
    const context = db.contextWith("contact:read", { services: db.services({ catalogue: historyFields }) });

    const { data, errors } = await askHistory(context, [contact], `id ${lists}`);

    expect(errors).to.equal(undefined);
    expect(plain(data?._entities[0])).to.deep.equal({
      id: contact.opaqueId,
      purchaseHistory: null,
      culturalHistory: null,
      financialHistory: null,
    });
    expect(
      context.fields.withheld("Contact").map(({ field, requiredPermission }) => [field, requiredPermission]),
    ).to.include.deep.members([
      ["purchaseHistory", "history:read"],
      ["culturalHistory", "history:read"],
      ["financialHistory", "history:read"],
    ]);
  });
});

describe("fields of a history that are withheld", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  it("are null and named, whether or not they have a value: the address an order came from", async () => {
    const contact = await db.insertContact();
    await insertOrder(db, contact, { ipAddress: "192.0.2.7" });
    await insertOrder(db, contact);
    const fields = `purchaseHistory(first: 9) { nodes { ipAddress redactions { field requiredClearance requiredPermission } } }`;

    const [free, confidential] = [reader(), reader({ clearance: 2 })];

    const redactions = [{ field: "ipAddress", requiredClearance: "CONFIDENTIAL", requiredPermission: null }];
    expect((await readHistory(free, contact, fields)).purchaseHistory?.nodes).to.deep.equal([
      { ipAddress: null, redactions },
      { ipAddress: null, redactions },
    ]);
    expect((await readHistory(confidential, contact, fields)).purchaseHistory?.nodes).to.deep.equal([
      { ipAddress: null, redactions: [] },
      { ipAddress: "192.0.2.7", redactions: [] },
    ]);
  });

  it("may be any field but the keys, when the institution raises it", async () => {
    const contact = await db.insertContact();
    const product = await insertProduct(db, { validityEnd: "2026-03-20" });
    const order = await insertOrder(db, contact, {
      lines: [{ product, tickets: [{ culturalContact: contact, price: "3.00", seat: "B1" }] }],
    });
    await insertPayment(db, contact, { order });
    const raisedLevels = new Map<string, Clearance>(
      ["Order.total", "OrderLine.tickets", "Ticket.order", "Product.name", "Payment.order"].map((field) => [field, 1]),
    );

    const answer = await readHistory(
      reader({ raisedLevels }),
      contact,
      `purchaseHistory(first: 1) { nodes { id total lines { lineNumber tickets { id } product { name redactions { field } } } } }
       culturalHistory(first: 1) { nodes { ticket { seat order { id } redactions { field } } } }
       financialHistory(first: 1) { nodes { amount order { id } redactions { field } } }`,
    );

    expect(answer).to.deep.equal({
      purchaseHistory: {
        nodes: [
          {
            id: order.opaqueId,
            total: null,
            lines: [{ lineNumber: 1, tickets: null, product: { name: null, redactions: [{ field: "name" }] } }],
          },
        ],
      },
      culturalHistory: { nodes: [{ ticket: { seat: "B1", order: null, redactions: [{ field: "order" }] } }] },
      financialHistory: { nodes: [{ amount: "10.00", order: null, redactions: [{ field: "order" }] }] },
    });
  });

  it("take the list with them that is sorted or chosen by them", async () => {
    const contact = await db.insertContact();
    const withheldBy = async (field: string) => {
      const context = reader({ raisedLevels: new Map([[field, 2 as Clearance]]) });
      const answer = await readHistory(context, contact, lists);
      return Object.entries(answer).flatMap(([list, value]) => (value === null ? [list] : []));
    };

    expect(await withheldBy("Order.orderedAt")).to.deep.equal(["purchaseHistory"]);
    expect(await withheldBy("Order.purchaser")).to.deep.equal(["purchaseHistory"]);
    expect(await withheldBy("Product.validityEndDate")).to.deep.equal(["culturalHistory"]);
    expect(await withheldBy("Ticket.state")).to.deep.equal(["culturalHistory"]);
    expect(await withheldBy("Payment.paidAt")).to.deep.equal(["financialHistory"]);
    expect(await withheldBy("Order.remark")).to.deep.equal([]);
  });

  it("are nullable and in the catalogue, all but the keys and the redactions", async () => {
    const { historyModule } = await import("../../src/history/index.js");
    const { declared } = await historyModule.buildSubgraph();
    const keys: Record<string, string[]> = {
      ...{ OrderLine: ["lineNumber"], TicketAnswer: ["questionCode"] },
      CulturalItem: [],
      Interaction: ["id", "origin", "version"],
    };

    for (const [type, rules] of Object.entries(historyModule.fields)) {
      const fields = Object.values((declared.getType(type) as import("graphql").GraphQLObjectType).getFields());
      const isWithholdable = (name: string) => name !== "redactions" && !(keys[type] ?? ["id"]).includes(name);
      const withholdable = fields.filter(({ name }) => isWithholdable(name));

      expect(withholdable.map(({ name }) => name)).to.have.members(Object.keys(rules), type);
      for (const field of withholdable) expect(String(field.type), `${type}.${field.name}`).not.to.match(/!$/);
    }
  });
});
