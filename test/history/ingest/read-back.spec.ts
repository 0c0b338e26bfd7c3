import { expect } from "chai";
import { historyFields } from "../../../src/history/history.fields.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import { insertRelay, readHistory } from "../../support/history.js";
import { ingest, lineOf, named, orderRecord, paymentRecord, productRecord } from "../../support/ingest.js";
import type { TestContact } from "../../support/rows.js";

describe("what was delivered, in the histories of its people", () => {
  const db = useDatabase();
  const catalogue = mergeCatalogues([historyFields, { Contact: { relays: { level: 0 } } }]);
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue }), ...wish });

  /** Numbers of orders made, of orders whose tickets are attended, and amounts paid, as the lists and their counts say. */
  async function listsOf(contact: TestContact, context = reader()) {
    const { purchaseHistory, culturalHistory, financialHistory } = await readHistory(
      context,
      contact,
      `purchaseHistory(first: 9) { totalCount nodes { orderNumber } }
       culturalHistory(first: 9) { totalCount nodes { ticket { order { orderNumber } } } }
       financialHistory(first: 9) { totalCount nodes { amount } }`,
    );
    const counts = [purchaseHistory, culturalHistory, financialHistory].map((list) => list!.totalCount);
    const lists = {
      made: purchaseHistory!.nodes.map(({ orderNumber }) => orderNumber),
      attends: culturalHistory!.nodes.map(
        ({ ticket }) => (ticket as { order: { orderNumber: string } | null }).order?.orderNumber,
      ),
      paid: financialHistory!.nodes.map(({ amount }) => amount),
    };
    expect(counts).to.deep.equal(Object.values(lists).map(({ length }) => length));
    return lists;
  }

  it("are the four lists of the teacher's example, and the structure's are its relays' too (F28 to F33)", async () => {
    const school = await db.insertContact({ structureName: "École des Tilleuls" });
    const [teacher, hidden, pupil] = [
      await db.insertContact({ roles: ["RELAY"] }),
      await db.insertContact({ roles: ["RELAY"], level: 2 }),
      await db.insertContact(),
    ];
    await insertRelay(db, teacher, school);
    await insertRelay(db, hidden, school);
    const visit = productRecord({ kind: "EXHIBITION", validityEndDate: "2026-04-20" });
    const seen = orderRecord({
      purchaser: named(teacher),
      payer: named(school),
      lines: [lineOf(visit, teacher, pupil, pupil)],
    });
    const unseen = orderRecord({ purchaser: named(hidden), lines: [lineOf(visit, hidden)] });
    const [one, two] = [seen.order.orderNumber, unseen.order.orderNumber];
    await ingest(db, [
      visit,
      seen,
      unseen,
      paymentRecord(school, { order: one, amount: "40.00" }),
      paymentRecord(hidden, { order: two, amount: "7.00" }),
    ]);

    expect(await listsOf(teacher)).to.deep.equal({ made: [one], attends: [one], paid: [] });
    expect(await listsOf(pupil)).to.deep.equal({ made: [], attends: [one, one], paid: [] });
    const ofSchool = { made: [one], attends: [one], paid: ["40.00"] };
    expect(await listsOf(school)).to.deep.equal(ofSchool);
    const all = await listsOf(school, reader({ clearance: 2 }));
    expect(all.made).to.have.members([one, two]);
    expect(all.attends).to.have.members([one, two]);
    expect(all.paid).to.have.members(["40.00", "7.00"]);
  });

  for (const state of ["EXPIRED", "CANCELLED"])
    it(`does not count as attended what was ${state} as a whole, however its tickets are delivered (F30)`, async () => {
      const contact = await db.insertContact();
      const show = productRecord();
      const { order } = orderRecord({
        operationKind: "OPTION",
        purchaser: named(contact),
        lines: [lineOf(show, contact)],
      });
      await ingest(db, [show, { order }]);
      expect((await listsOf(contact)).attends).to.deep.equal([order.orderNumber]);

      await ingest(db, [{ order: { ...order, version: 2, state } }]);

      expect(await listsOf(contact)).to.deep.equal({ made: [order.orderNumber], attends: [], paid: [] });
      const { culturalHistory } = await readHistory(
        reader(),
        contact,
        "culturalHistory(first: 9, filter: { states: [CANCELLED] }) { nodes { ticket { state } } }",
      );
      expect(culturalHistory!.nodes).to.deep.equal([{ ticket: { state: "CANCELLED" } }]);
    });
});
