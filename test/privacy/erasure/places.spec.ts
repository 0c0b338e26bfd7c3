import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { insertOrder, insertPayment } from "../../support/history-rows.js";
import { ProductGraph } from "./product-graph.js";

describe("the report on geographical origin (F48)", () => {
  const db = useDatabase();

  it("is the same before and after contacts were anonymized", async () => {
    const graph = new ProductGraph(db);
    const contacts = [];
    for (const [town, postcode] of [
      ["Lyon", "69001"],
      ["Lyon", "69001"],
      ["Genève", "1204"],
    ]) {
      const contact = await db.insertContact({ email: `${postcode}@example.org` });
      await graph.change("contacts", "setAddress", {
        ...{ contactId: contact.opaqueId, kind: "MAIN", street1: "Rue 1", town, postcode, country: "FR" },
      });
      const order = await insertOrder(db, contact, { total: "10.00" });
      await insertPayment(db, contact, { order, amount: "10.00" });
      contacts.push(contact);
    }
    const report = async () => {
      const query = `query ($first: Int!) { contactsByPlace(first: $first) { nodes { country postcode town contactCount } } }`;
      return (await graph.query("history", query, { first: 10 })).contactsByPlace.nodes;
    };
    const before = await report();

    for (const contact of contacts) await graph.change("privacy", "anonymizeContact", { contactId: contact.opaqueId });

    expect(before.map(({ contactCount }: { contactCount: number }) => contactCount)).to.have.members([2, 1]);
    expect(await report()).to.deep.equal(before);
    const { rows } = await db.owner.query(
      "SELECT count(*)::int AS streets FROM contacts.contact_address WHERE street1 IS NOT NULL",
    );
    expect(rows[0].streets).to.equal(0);
  });
});
