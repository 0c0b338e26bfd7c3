import { expect } from "chai";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { insertInteraction, operatorOf, readContact, ship } from "./support.js";

describe("shipments and interactions in a timeline", () => {
  const db = useDatabase();

  it("holds what organizations of the caller sent and registered, each once (F25, F28)", async () => {
    const contact = await db.insertContact();
    for (const [organization, day] of [
      ["OPERA", 1],
      ["MUSEUM", 2],
      ["ZOO", 3],
      [null, 4],
    ] as const) {
      await ship(db, contact, { organization, createdAt: new Date(Date.UTC(2026, 1, day, 10)) });
      await insertInteraction(db, contact, organization, `2026-02-0${day}T11:00:00Z`);
    }
    const shown = async (wish: ContextWish, args = "") => {
      const fields = `timeline(first: 9${args}) { totalCount nodes { kind at } }`;
      const { nodes, totalCount } = (await readContact(operatorOf(db, wish), contact, fields)).timeline;
      expect(totalCount).to.equal(nodes.length);
      return nodes.map(({ kind, at }: { kind: string; at: string }) => `${kind} ${at.slice(9, 10)}`);
    };

    expect(await shown({ organizations: ["OPERA", "MUSEUM"] })).to.deep.equal(
      [4, 2, 1].flatMap((day) => [`INTERACTION ${day}`, `SHIPMENT ${day}`]),
    );
    const filter = ', filter: { kinds: [SHIPMENT, ORDER], organizations: ["OPERA", "ZOO"] }';
    expect(await shown({ organizations: ["OPERA"] }, filter)).to.deep.equal(["SHIPMENT 1"]);
    expect(await shown({ organizations: [] })).to.deep.equal(["INTERACTION 4", "SHIPMENT 4"]);
    expect(await shown({ kind: "CONTACT", ownContactId: contact.id, clearance: 2 })).to.have.length(8);
  });
});
