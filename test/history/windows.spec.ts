import { expect } from "chai";
import fc from "fast-check";
import { historyFields } from "../../src/history/history.fields.js";
import { dayIn } from "../../src/platform/clock.js";
import { useDatabase } from "../support/database.js";
import { insertOrder, insertPayment, insertProduct, readHistory } from "../support/history.js";

/** Around the ends of days of Zurich, in winter and in summer, and where the clocks change. */
const instants = [
  "2025-10-25T21:59:59.999999Z",
  "2025-10-25T22:00:00Z",
  "2025-10-26T22:59:59.999999Z",
  "2025-10-26T23:00:00Z",
  "2026-03-28T22:59:59.999999Z",
  "2026-03-28T23:00:00Z",
  "2026-03-29T21:59:59.999999Z",
  "2026-03-29T22:00:00Z",
];
const days = ["2025-10-25", "2025-10-26", "2025-10-27", "2026-03-28", "2026-03-29", "2026-03-30"];

describe("the period of a history (F34)", () => {
  const db = useDatabase();
  const reader = () =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }) });

  it("holds what happened on its days, where the institution is, and nothing else", async () => {
    const contact = await db.insertContact();
    const rows: { id: string; day: string }[] = [];
    for (const at of instants) {
      const day = dayIn("Europe/Zurich", new Date(at));
      rows.push({ day, id: (await insertOrder(db, contact, { orderedAt: at })).opaqueId });
      rows.push({ day, id: (await insertPayment(db, contact, { paidAt: at })).opaqueId });
    }
    for (const day of days) {
      const product = await insertProduct(db, { validityEnd: day });
      const other = await db.insertContact();
      const { tickets } = await insertOrder(db, other, {
        lines: [{ product, tickets: [{ culturalContact: contact }] }],
      });
      rows.push({ day, id: tickets[0]!.opaqueId });
    }
    const day = fc.option(fc.constantFrom(...days));
    const fields = `
      purchaseHistory(first: 50, period: $period) { totalCount period { from to } nodes { id } }
      culturalHistory(first: 50, period: $period) { totalCount period { from to } nodes { ticket { id } } }
      financialHistory(first: 50, period: $period) { totalCount period { from to } nodes { id } }`;

    await fc.assert(
      fc.asyncProperty(day, day, async (one, other) => {
        const [from, to] = one !== null && other !== null && one > other ? [other, one] : [one, other];
        const answer = await readHistory(reader(), contact, fields, { period: { from, to } });

        const expected = rows.filter((row) => (from === null || row.day >= from) && (to === null || row.day <= to));
        const lists = [answer.purchaseHistory!, answer.culturalHistory!, answer.financialHistory!];
        const ids = lists.flatMap(({ nodes }) => nodes.map((node) => ((node.ticket ?? node) as { id: string }).id));
        expect(ids).to.have.members(expected.map(({ id }) => id));
        expect(lists.map(({ totalCount }) => totalCount).reduce((sum, count) => sum + count)).to.equal(expected.length);
        for (const { period } of lists) expect(period).to.deep.equal({ from, to });
      }),
      { numRuns: 30 },
    );
  });
});
