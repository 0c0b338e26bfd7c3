import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import { ask } from "../support/ask.js";
import { useDatabase } from "../support/database.js";
import { insertOrder, insertPayment } from "../support/history.js";
import { callerOf, contactsSchema } from "./support.js";

describe("node(id) of an order (F05)", () => {
  const db = useDatabase();
  let schema: GraphQLSchema;

  before(async () => {
    schema = await contactsSchema();
  });

  const find = async (context: ReturnType<typeof callerOf>, { opaqueId: id }: { opaqueId: string }) =>
    (await ask(schema, context, "query ($id: ID!) { node(id: $id) { __typename id } }", { id })).node;

  it("finds one of which the caller sees somebody: who made it, is to pay, has paid or attends", async () => {
    const [seen, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    const paid = await insertOrder(db, hidden);
    await insertPayment(db, seen, { order: paid });
    const orders = [
      await insertOrder(db, seen),
      await insertOrder(db, hidden, { payer: seen }),
      await insertOrder(db, null, { lines: [{ tickets: [{ culturalContact: hidden }, { culturalContact: seen }] }] }),
      paid,
    ];

    for (const order of orders)
      expect(await find(callerOf(db, "history:read"), order)).to.deep.equal({
        __typename: "Order",
        id: order.opaqueId,
      });
  });

  it("is null for one of which he sees nobody, one that there is not, and without history:read", async () => {
    const [seen, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    const [own, order] = [await insertOrder(db, seen), await insertOrder(db, hidden, { payer: hidden })];
    await insertPayment(db, hidden, { order });

    expect(await find(callerOf(db, "history:read"), order)).to.equal(null);
    expect(await find(callerOf(db, "history:read", { clearance: 1 }), order)).not.to.equal(null);
    expect(await find(callerOf(db, "history:read"), { opaqueId: "T3JkZXI6OTk5OTk5" })).to.equal(null);
    expect(await find(callerOf(db, "contact:read"), own)).to.equal(null);
  });
});
