import { expect } from "chai";
import fc from "fast-check";
import { historyFields } from "../../src/history/history.fields.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import { askHistory, insertOrder, insertProduct, insertRelay, readHistory } from "../support/history.js";
import { insertAdvantage, insertMembership, insertWaiting } from "../support/holding-rows.js";
import type { TestContact } from "../support/rows.js";

type Holding = "waitingList" | "memberships" | "advantages";
const holdings: readonly Holding[] = ["waitingList", "memberships", "advantages"];

describe("what a contact waits for and holds", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  async function read(contact: TestContact, list: Holding, fields: string, context = reader()) {
    const answer = await readHistory(context, contact, fields);
    return (answer as unknown as Record<Holding, { nodes: Record<string, unknown>[]; totalCount?: number }>)[list];
  }

  it("lists entries in waiting lists, the newest first, by the day of the request", async () => {
    const contact = await db.insertContact();
    const product = await insertProduct(db, { name: "Aida" });
    const old = await insertWaiting(db, contact, { requestedAt: "2024-01-01T10:00:00Z" });
    const first = await insertWaiting(db, contact, { product, quantity: 2, requestedAt: "2026-02-01T10:00:00Z" });
    const last = await insertWaiting(db, contact, { state: "SERVED", organization: "MUSEUM" });
    const ids = async (args: string) => {
      const { nodes, totalCount } = await read(
        contact,
        "waitingList",
        `waitingList(${args}) { totalCount nodes { id } }`,
      );
      expect(totalCount).to.equal(nodes.length);
      return nodes.map(({ id }) => id);
    };

    expect(await ids("first: 9")).to.deep.equal([last.opaqueId, first.opaqueId]);
    expect(await ids("first: 9, period: {}")).to.deep.equal([last.opaqueId, first.opaqueId, old.opaqueId]);
    expect(await ids('first: 9, period: { to: "2024-01-01" }')).to.deep.equal([old.opaqueId]);
    expect(await ids("first: 9, filter: { states: [SERVED] }")).to.deep.equal([last.opaqueId]);
    expect(await ids('first: 9, filter: { organizations: ["OPERA"] }')).to.deep.equal([first.opaqueId]);
    const { nodes } = await read(
      contact,
      "waitingList",
      `waitingList(first: 1, filter: { states: [WAITING] }) { nodes { contact { id } organization product { name } quantity
         requestedAt state redactions { field } } }`,
    );
    expect(nodes).to.deep.equal([
      {
        ...{ contact: { id: contact.opaqueId }, organization: "OPERA", product: { name: "Aida" }, quantity: 2 },
        ...{ requestedAt: "2026-02-01T10:00:00.000Z", state: "WAITING", redactions: [] },
      },
    ]);
  });

  it("lists memberships that are valid on a day of the period, with what they were bought", async () => {
    const contact = await db.insertContact();
    const [own, hidden] = [contact, await db.insertContact({ level: 1 })];
    const order = await insertOrder(db, own);
    const gift = await insertOrder(db, hidden);
    const over = await insertMembership(db, contact, { validFrom: "2020-01-01", validTo: "2025-03-09" });
    const justIn = await insertMembership(db, contact, { validFrom: "2020-01-01", validTo: "2025-03-10", order });
    const endless = await insertMembership(db, contact, { validFrom: "2019-01-01", order: gift });
    const next = await insertMembership(db, contact, { validFrom: "2027-01-01", state: "CANCELLED" });
    const list = async (args: string) => {
      const fields = `memberships(${args}) { totalCount period { from to } nodes { id validFromDate validToDate state
        order { id } contact { id } product { kind } organization } }`;
      const { nodes, totalCount } = await read(contact, "memberships", fields);
      expect(totalCount).to.equal(nodes.length);
      return nodes;
    };
    const ids = async (args: string) => (await list(args)).map(({ id }) => id);

    expect(await ids("first: 9")).to.deep.equal([next.opaqueId, justIn.opaqueId, endless.opaqueId]);
    expect(await ids("first: 9, period: {}"))
      .to.have.length(4)
      .and.to.include(over.opaqueId);
    expect(await ids('first: 9, period: { from: "2020-06-01", to: "2020-06-01" }')).to.deep.equal([
      justIn.opaqueId,
      over.opaqueId,
      endless.opaqueId,
    ]);
    expect(await ids("first: 9, filter: { states: [CANCELLED] }")).to.deep.equal([next.opaqueId]);
    expect(await ids('first: 9, filter: { organizations: ["MUSEUM"] }')).to.deep.equal([]);
    const [, second, third] = await list("first: 9");
    expect(second).to.deep.equal({
      ...{ id: justIn.opaqueId, validFromDate: "2020-01-01", validToDate: "2025-03-10", state: "ACTIVE" },
      ...{ order: { id: order.opaqueId }, contact: { id: contact.opaqueId }, organization: "OPERA" },
      product: { kind: "MEMBERSHIP" },
    });
    expect(third).to.include({ validToDate: null, order: null });
  });

  it("lists advantages that are valid on a day of the period, those without a beginning last", async () => {
    const contact = await db.insertContact();
    const open = await insertAdvantage(db, contact, { code: "ALWAYS" });
    const past = await insertAdvantage(db, contact, { validFrom: "2020-01-01", validTo: "2020-12-31" });
    const current = await insertAdvantage(db, contact, { validFrom: "2026-01-01", state: "USED" });
    const ids = async (args: string) => {
      const { nodes, totalCount } = await read(
        contact,
        "advantages",
        `advantages(${args}) { totalCount nodes { id } }`,
      );
      expect(totalCount).to.equal(nodes.length);
      return nodes.map(({ id }) => id);
    };

    expect(await ids("first: 9")).to.deep.equal([current.opaqueId, open.opaqueId]);
    expect(await ids('first: 9, period: { to: "2020-01-01" }')).to.deep.equal([past.opaqueId, open.opaqueId]);
    expect(await ids("first: 9, filter: { states: [USED] }")).to.deep.equal([current.opaqueId]);
    const fields =
      "advantages(first: 9, filter: { states: [ASSIGNED] }) { nodes { code name validFromDate validToDate state contact { id } organization } }";
    expect((await read(contact, "advantages", fields)).nodes).to.deep.equal([
      {
        ...{ code: "ALWAYS", name: "Advantage ALWAYS", validFromDate: null, validToDate: null, state: "ASSIGNED" },
        ...{ contact: { id: contact.opaqueId }, organization: "OPERA" },
      },
    ]);
  });

  it("shows a structure what its relays wait for and hold, but nothing of those whom the caller does not see (F05, F33)", async () => {
    const school = await db.insertContact({ structureName: "École" });
    const [teacher, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    for (const relay of [teacher, hidden, shell]) {
      await insertRelay(db, relay, school);
      await insertWaiting(db, relay);
      await insertMembership(db, relay);
      await insertAdvantage(db, relay);
    }
    const fields = (args: string) =>
      holdings.map((list) => `${list}(first: 9${args}) { totalCount nodes { contact { id } } }`).join(" ");

    for (const list of holdings) {
      const seen = await read(school, list, fields(""));
      expect(seen, list).to.deep.equal({ totalCount: 1, nodes: [{ contact: { id: teacher.opaqueId } }] });
      const own = await read(school, list, fields(", includeRelays: false"));
      expect(own, list).to.deep.equal({ totalCount: 0, nodes: [] });
      expect((await read(school, list, fields(""), reader({ clearance: 1 }))).totalCount, list).to.equal(2);
      expect((await read(shell, list, fields(""))).totalCount, list).to.equal(0);
    }
    const { data } = await askHistory(reader(), [hidden], fields(""));
    expect(data?._entities).to.deep.equal([null]);
  });

  it("turns the pages of every list without losing or repeating anything", async () => {
    const day = fc.constantFrom("2026-01-01", "2026-01-02", null);
    await fc.assert(
      fc.asyncProperty(fc.array(day, { maxLength: 7 }), fc.integer({ min: 1, max: 4 }), async (validity, first) => {
        const contact = await db.insertContact();
        for (const each of validity) {
          await insertAdvantage(db, contact, { validFrom: each ?? undefined });
          await insertMembership(db, contact, { validFrom: each ?? undefined });
          await insertWaiting(db, contact, { requestedAt: each ? `${each}T10:00:00.000001Z` : undefined });
        }
        const sortKeys = { advantages: "validFromDate", memberships: "validFromDate", waitingList: "requestedAt" };
        for (const list of holdings) {
          const read = async (after: string | null) => {
            const fields = `${list}(first: $first, after: $after) { nodes { id key: ${sortKeys[list]} } pageInfo { hasNextPage endCursor } }`;
            const answer = await readHistory(reader(), contact, fields, { first, after });
            return (answer as unknown as Record<string, NonNullable<typeof answer.purchaseHistory>>)[list]!;
          };
          const nodes: Record<string, unknown>[] = [];
          for (let after: string | null = null; ; ) {
            const page = await read(after);
            nodes.push(...page.nodes);
            if (!page.pageInfo.hasNextPage) break;
            after = page.pageInfo.endCursor;
          }
          expect(new Set(nodes.map(({ id }) => id)).size, list).to.equal(validity.length);
          const keys = nodes.map(({ key }) => String(key ?? ""));
          expect(keys, list).to.deep.equal(keys.toSorted().reverse());
        }
      }),
      { numRuns: 8 },
    );
  });
});
