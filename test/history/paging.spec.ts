import { expect } from "chai";
import fc from "fast-check";
import { historyFields } from "../../src/history/history.fields.js";
import { encodeCursor } from "../../src/platform/graphql/connection.js";
import { type TestDatabase, useDatabase } from "../support/database.js";
import { askHistory, insertOrder, insertPayment, insertProduct, readHistory } from "../support/history.js";
import type { TestContact } from "../support/rows.js";

type ListName = "purchaseHistory" | "culturalHistory" | "financialHistory";

/** Few different times, and some that differ in microseconds only: many rows share one. */
const times = [
  "2026-02-01T10:00:00.000000Z",
  "2026-02-01T10:00:00.000001Z",
  "2026-02-01T10:00:00.001Z",
  "2026-02-02T10:00:00Z",
];
const days = ["2026-02-01", "2026-02-02", undefined];

const idField: Record<ListName, string> = {
  purchaseHistory: "id",
  culturalHistory: "ticket { id }",
  financialHistory: "id",
};

describe("pages of a history", () => {
  const db = useDatabase();
  const reader = () =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }) });

  async function readAll(contact: TestContact, list: ListName, first: number): Promise<string[]> {
    const fields = `${list}(first: $first, after: $after) { totalCount nodes { ${idField[list]} } pageInfo { hasNextPage endCursor } }`;
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const answer = await readHistory(reader(), contact, fields, { first, after });
      const { nodes, pageInfo } = answer[list]!;
      ids.push(...nodes.map((node) => ((node.ticket ?? node) as { id: string }).id));
      if (!pageInfo.hasNextPage) {
        expect(answer[list]?.totalCount).to.equal(ids.length);
        return ids;
      }
      after = pageInfo.endCursor;
    }
  }

  it("together hold every order and payment once, in order, however many share an instant", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...times), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (instants, first) => {
          const contact = await db.insertContact();
          for (const instant of instants) {
            await insertOrder(db, contact, { orderedAt: instant });
            await insertPayment(db, contact, { paidAt: instant });
          }

          expect(await readAll(contact, "purchaseHistory", first)).to.deep.equal(
            await idsByTime(db, contact, "sales_order"),
          );
          expect(await readAll(contact, "financialHistory", first)).to.deep.equal(
            await idsByTime(db, contact, "payment"),
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it("together hold every attended product once, however many share a day or have none", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...days), { maxLength: 10 }),
        fc.integer({ min: 1, max: 4 }),
        async (validity, first) => {
          const contact = await db.insertContact();
          const tickets: { id: string; day: string }[] = [];
          for (const validityEnd of validity) {
            const product = await insertProduct(db, { validityEnd });
            const order = await insertOrder(db, contact, {
              lines: [{ product, tickets: [{ culturalContact: contact }] }],
            });
            tickets.push({ id: order.tickets[0]!.opaqueId, day: validityEnd ?? "" });
          }
          const expected = tickets.reverse().sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));

          expect(await readAll(contact, "culturalHistory", first)).to.deep.equal(expected.map(({ id }) => id));
        },
      ),
      { numRuns: 15 },
    );
  });

  it("refuse a cursor that no page gave, and a `first` out of bounds", async () => {
    const contact = await db.insertContact();
    const good = "2026-02-01T10:00:00.000000Z";
    const cursors = [
      "x",
      encodeCursor([good]),
      encodeCursor([good, "1", "1"]),
      encodeCursor(["2026-02-30T10:00:00.000000Z", "1"]),
      encodeCursor(["2026-02-01T24:00:00.000000Z", "1"]),
      encodeCursor(["infinity", "1"]),
      encodeCursor([good, "0"]),
      encodeCursor([good, "9999999999999999999"]),
      encodeCursor([good, null]),
      encodeCursor(["2026-02-01", "1"]),
    ];
    const ask = (variables: object) =>
      askHistory(reader(), [contact], "purchaseHistory(first: $first, after: $after) { nodes { id } }", {
        ...variables,
      });

    for (const after of cursors) {
      const { data, errors } = await ask({ after });
      expect(errors?.[0]?.extensions, after).to.include({ code: "BAD_USER_INPUT", argument: "after" });
      expect(data?._entities[0], "only the list is lost").to.deep.equal({ purchaseHistory: null });
    }
    for (const first of [0, -1, 101]) {
      const { errors } = await ask({ first });
      expect(errors?.[0]?.extensions).to.include({ code: "BAD_USER_INPUT", argument: "first" });
    }
    expect((await ask({ after: encodeCursor([good, "1"]) })).errors).to.equal(undefined);
  });

  it("answer many contacts in one wave, each with his own page, and count only what is asked", async () => {
    const contacts = await Promise.all(Array.from({ length: 20 }, () => db.insertContact()));
    for (const [index, contact] of contacts.entries()) {
      for (let order = 0; order < index % 4; order++)
        await insertOrder(db, contact, { orderNumber: `C${index}-${order}` });
    }
    const services = db.services({ catalogue: historyFields, pools: db.pools() });
    let waves = 0;
    services.pools.api.on("acquire", () => waves++);
    const context = db.contextWith("contact:read", "history:read", { services });

    const { data, errors } = await askHistory(
      context,
      contacts,
      "purchaseHistory(first: 2) { nodes { orderNumber lines { quantity } } } financialHistory(first: 2) { nodes { id } }",
    );

    expect(errors).to.equal(undefined);
    expect(waves).to.equal(1);
    for (const [index, answer] of data?._entities.entries() ?? []) {
      const numbers = [2, 1, 0].filter((order) => order < index % 4).map((order) => `C${index}-${order}`);
      expect(answer?.purchaseHistory?.nodes.map(({ orderNumber }) => orderNumber)).to.deep.equal(numbers.slice(0, 2));
    }
  });
});

/** Opaque ids of the contact's rows, the newest first, as PostgreSQL sorts them. */
async function idsByTime(db: TestDatabase, contact: TestContact, table: "sales_order" | "payment"): Promise<string[]> {
  const [column, who, type] =
    table === "payment" ? ["paid_at", "payer_id", "Payment"] : ["ordered_at", "purchaser_id", "Order"];
  const { rows } = await db.owner.query<{ id: string }>(
    `SELECT id FROM history.${table} WHERE ${who} = $1 ORDER BY ${column} DESC, id DESC`,
    [contact.id],
  );
  return rows.map(({ id }) => Buffer.from(`${type}:${id}`).toString("base64url"));
}
