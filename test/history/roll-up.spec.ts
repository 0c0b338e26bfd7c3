import { expect } from "chai";
import fc from "fast-check";
import { historyFields } from "../../src/history/history.fields.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { mergeCatalogues } from "../../src/platform/access/fields.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import { insertOrder, insertPayment, insertProduct, insertRelay, readHistory } from "../support/history.js";
import type { TestContact } from "../support/rows.js";

const relaysField = { Contact: { relays: { level: 0 } } } as const;

describe("the histories of a structure (F32, F33)", () => {
  const db = useDatabase();
  const catalogue = mergeCatalogues([historyFields, relaysField]);
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue }), ...wish });

  const fields = `
    purchaseHistory(first: 9, includeRelays: $includeRelays) {
      totalCount sums { currency amount } nodes { id purchaser { id } } }
    culturalHistory(first: 9, includeRelays: $includeRelays) { totalCount nodes { ticket { id culturalContact { id } } } }
    financialHistory(first: 9, includeRelays: $includeRelays) {
      totalCount sums { currency amount } nodes { id payer { id } } }`;

  async function listsOf(contact: TestContact, context = reader(), includeRelays: boolean | null = null) {
    const answer = await readHistory(context, contact, fields, { includeRelays });
    const ids = (nodes: object[]) => nodes.map((node) => (node as { id: string }).id);
    return {
      made: ids(answer.purchaseHistory!.nodes),
      attended: ids(answer.culturalHistory!.nodes.map(({ ticket }) => ticket as object)),
      paid: ids(answer.financialHistory!.nodes),
      counts: [
        answer.purchaseHistory!.totalCount,
        answer.culturalHistory!.totalCount,
        answer.financialHistory!.totalCount,
      ],
      sums: [answer.purchaseHistory!.sums, answer.financialHistory!.sums],
    };
  }

  /** A contact with one order of 30.00, one ticket, and one payment of 20.00. */
  async function busy(contact: TestContact, day: string) {
    const product = await insertProduct(db, { validityEnd: day });
    const order = await insertOrder(db, contact, {
      ...{ orderedAt: `${day}T10:00:00Z`, total: "30.00" },
      lines: [{ product, tickets: [{ culturalContact: contact }] }],
    });
    const payment = await insertPayment(db, contact, { order, amount: "20.00", paidAt: `${day}T11:00:00Z` });
    return { made: order.opaqueId, attended: order.tickets[0]!.opaqueId, paid: payment.opaqueId };
  }

  it("show what its relays bought, attend and paid with its own, each item by whom, in one order and one sum", async () => {
    const school = await db.insertContact({ structureName: "École des Tilleuls" });
    const [teacher, other, pupil] = [await db.insertContact(), await db.insertContact(), await db.insertContact()];
    await insertRelay(db, teacher, school);
    await insertRelay(db, other, school);
    const [old, own, recent] = [
      await busy(teacher, "2026-01-10"),
      await busy(school, "2026-02-10"),
      await busy(other, "2026-03-05"),
    ];
    await busy(pupil, "2026-02-01");

    expect(await listsOf(school)).to.deep.equal({
      made: [recent.made, own.made, old.made],
      attended: [recent.attended, own.attended, old.attended],
      paid: [recent.paid, own.paid, old.paid],
      counts: [3, 3, 3],
      sums: [[{ currency: "CHF", amount: "90.00" }], [{ currency: "CHF", amount: "60.00" }]],
    });
    const { purchaseHistory, culturalHistory, financialHistory } = await readHistory(reader(), school, fields, {});
    const persons = [other, school, teacher].map(({ opaqueId: id }) => ({ id }));
    expect(purchaseHistory!.nodes.map(({ purchaser }) => purchaser)).to.deep.equal(persons);
    expect(financialHistory!.nodes.map(({ payer }) => payer)).to.deep.equal(persons);
    const attend = culturalHistory!.nodes.map(({ ticket }) => (ticket as { culturalContact: object }).culturalContact);
    expect(attend).to.deep.equal(persons);
  });

  it("turn their pages without losing or repeating a row, whosever share a moment", async () => {
    const moment = fc.constantFrom("2026-02-01T10:00:00Z", "2026-02-01T10:00:00.000001Z", "2026-02-02T10:00:00Z");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), moment), { maxLength: 10 }),
        fc.integer({ min: 1, max: 4 }),
        async (wishes, first) => {
          const owners = [await db.insertContact({ structureName: "École" })];
          for (let relay = 0; relay < 3; relay++) {
            owners.push(await db.insertContact());
            await insertRelay(db, owners.at(-1)!, owners[0]!);
          }
          const rows: { at: string; id: string; opaqueId: string }[] = [];
          for (const [owner, at] of wishes) {
            const { id, opaqueId } = await insertOrder(db, owners[owner]!, { orderedAt: at });
            rows.push({ at, id, opaqueId });
          }
          const read: unknown[] = [];
          for (let after: string | null = null; ; ) {
            const page =
              "purchaseHistory(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }";
            const { purchaseHistory } = await readHistory(reader(), owners[0]!, page, { first, after });
            read.push(...purchaseHistory!.nodes.map(({ id }) => id));
            if (!purchaseHistory!.pageInfo.hasNextPage) break;
            after = purchaseHistory!.pageInfo.endCursor;
          }

          const time = ({ at, id }: { at: string; id: string }) => [
            Date.parse(at),
            at.includes(".000001") ? 1 : 0,
            +id,
          ];
          const sorted = rows.toSorted((a, b) => {
            const [x, y] = [time(a), time(b)];
            const index = x.findIndex((value, each) => value !== y[each]);
            return index < 0 ? 0 : y[index]! - x[index]!;
          });
          expect(read).to.deep.equal(sorted.map(({ opaqueId }) => opaqueId));
        },
      ),
      { numRuns: 10 },
    );
  });

  it("show the structure's own rows alone when asked to", async () => {
    const school = await db.insertContact({ structureName: "École" });
    const teacher = await db.insertContact();
    await insertRelay(db, teacher, school);
    await busy(teacher, "2026-01-10");
    const own = await busy(school, "2026-02-10");

    const lists = await listsOf(school, reader(), false);

    expect(lists).to.deep.include({ made: [own.made], attended: [own.attended], paid: [own.paid], counts: [1, 1, 1] });
  });

  it("count, sum and show nothing of a relay whom the caller does not see, nor of an anonymized one (F05)", async () => {
    const school = await db.insertContact({ structureName: "École" });
    const hidden = await db.insertContact({ level: 1 });
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    for (const relay of [hidden, shell]) {
      await insertRelay(db, relay, school);
      await busy(relay, "2026-02-10");
    }

    const none = { made: [], attended: [], paid: [], counts: [0, 0, 0], sums: [[], []] };
    expect(await listsOf(school)).to.deep.equal(none);
    expect(await listsOf(school, reader({ clearance: 1 }))).to.deep.include({ counts: [1, 1, 1] });
  });

  it("do not tell who its relays are where that is withheld", async () => {
    const school = await db.insertContact({ structureName: "École" });
    const teacher = await db.insertContact();
    await insertRelay(db, teacher, school);
    await busy(teacher, "2026-02-10");
    const context = reader({ raisedLevels: new Map([["Contact.relays", 1 as Clearance]]) });

    expect(await listsOf(school, context, true)).to.deep.include({ counts: [0, 0, 0] });
  });

  it("are a structure's alone: a parent shows nothing of his subsidiary, a relay nothing of his structure", async () => {
    const [parent, child] = [await db.insertContact(), await db.insertContact()];
    const [school, teacher] = [await db.insertContact({ structureName: "École" }), await db.insertContact()];
    await db.owner.query(
      `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
       VALUES ($1, 'SUBSIDIARY_OF', $2, $3), ($1, 'MEMBER_OF', $2, $4)`,
      [db.home.id, child.id, parent.id, school.id],
    );
    await insertRelay(db, teacher, school);
    for (const each of [child, school]) await busy(each, "2026-02-10");

    expect((await listsOf(parent)).counts).to.deep.equal([0, 0, 0]);
    expect((await listsOf(teacher)).counts).to.deep.equal([0, 0, 0]);
    expect((await listsOf(school)).counts).to.deep.equal([1, 1, 1]);
  });
});
