import { expect } from "chai";
import fc from "fast-check";
import { historyFields } from "../../src/history/history.fields.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { encodeCursor } from "../../src/platform/graphql/connection.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import {
  askHistory,
  insertOrder,
  insertPayment,
  insertProduct,
  insertRelay,
  type ListAnswer,
  readHistory,
} from "../support/history.js";
import { insertAdvantage, insertMembership, insertWaiting } from "../support/holding-rows.js";
import type { TestContact } from "../support/rows.js";
import { insertInteraction, ship } from "./shipments/support.js";

interface Entry {
  readonly kind: string;
  readonly at: string;
  readonly contact: { readonly id: string };
  readonly [link: string]: unknown;
}

const links = `order { id } ticket { id } payment { id } waitingListEntry { id } membership { id } advantage { id }
  shipment { id } interaction { id }`;
const allKinds = [
  "ORDER",
  "ATTENDANCE",
  "PAYMENT",
  "WAITING_LIST",
  "MEMBERSHIP",
  "ADVANTAGE",
  "SHIPMENT",
  "INTERACTION",
];

describe("the timeline of a contact", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { services: db.services({ catalogue: historyFields }), ...wish });

  async function read(contact: TestContact, args = "", context = reader(), variables = {}) {
    const fields = `timeline(first: $first, after: $after${args}) { kinds totalCount period { from to }
      nodes { kind at contact { id } ${links} } pageInfo { hasNextPage endCursor } }`;
    const answer = await readHistory(context, contact, fields, variables);
    return (answer as unknown as { timeline: Omit<ListAnswer, "nodes"> & { nodes: Entry[]; kinds: string[] } })
      .timeline;
  }

  async function readAll(contact: TestContact, first: number): Promise<Entry[]> {
    const nodes: Entry[] = [];
    for (let after: string | null = null; ; ) {
      const page = await read(contact, "", reader(), { first, after });
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) {
        expect(page.totalCount).to.equal(nodes.length);
        return nodes;
      }
      after = page.pageInfo.endCursor;
    }
  }

  const idOf = (entry: Entry) =>
    Object.values(entry).find((value) => typeof value === "object" && value !== null && value !== entry.contact);

  it("holds what all lists hold, each once, the furthest in the future first", async () => {
    const contact = await db.insertContact();
    const tonight = await insertProduct(db, { startsAt: "2026-03-10T18:30:00Z", validityEnd: "2026-03-10" });
    const long = await insertProduct(db, { startsAt: "2026-01-10T09:00:00Z", validityEnd: "2026-07-15" });
    const mug = await insertProduct(db, { kind: "GOODS" });
    const attends = (product: typeof mug, state = "VALID") => ({
      product,
      tickets: [{ culturalContact: contact, state }],
    });
    const order = await insertOrder(db, contact, {
      orderedAt: "2026-02-01T10:00:00Z",
      lines: [attends(tonight), attends(long), attends(mug), attends(tonight, "RETURNED")],
    });
    const payment = await insertPayment(db, contact, { order, paidAt: "2026-02-01T10:00:01Z" });
    const waiting = await insertWaiting(db, contact, { requestedAt: "2026-03-09T23:30:00Z" });
    const member = await insertMembership(db, contact, { validFrom: "2026-03-11" });
    const advantage = await insertAdvantage(db, contact, { validFrom: "2026-03-10" });
    await insertAdvantage(db, contact);
    await insertOrder(db, contact, { orderedAt: "2024-02-01T10:00:00Z" });
    await insertMembership(db, contact, { validFrom: "2025-03-09" });

    const answer = await read(contact);

    const entry = (kind: string, at: string, link: string, { opaqueId }: { opaqueId: string }) => ({
      ...{
        order: null,
        ticket: null,
        payment: null,
        waitingListEntry: null,
        membership: null,
        advantage: null,
        shipment: null,
        interaction: null,
      },
      ...{ kind, at, contact: { id: contact.opaqueId }, [link]: { id: opaqueId } },
    });
    expect(answer.nodes).to.deep.equal([
      entry("ATTENDANCE", "2026-07-14T22:00:00.000Z", "ticket", order.tickets[1]!),
      entry("MEMBERSHIP", "2026-03-10T23:00:00.000Z", "membership", member),
      entry("ATTENDANCE", "2026-03-10T18:30:00.000Z", "ticket", order.tickets[0]!),
      entry("WAITING_LIST", "2026-03-09T23:30:00.000Z", "waitingListEntry", waiting),
      entry("ADVANTAGE", "2026-03-09T23:00:00.000Z", "advantage", advantage),
      entry("PAYMENT", "2026-02-01T10:00:01.000Z", "payment", payment),
      entry("ORDER", "2026-02-01T10:00:00.000Z", "order", order),
    ]);
    expect(answer).to.deep.include({ totalCount: 7, kinds: allKinds, period: { from: "2025-03-10", to: null } });
  });

  for (const kind of allKinds)
    it(`counts and lists entries of the kind ${kind} alone`, async () => {
      const contact = await db.insertContact();
      await insertMembership(db, contact, { validFrom: "2026-03-11" });
      await insertAdvantage(db, contact, { validFrom: "2026-03-10" });

      const { nodes, totalCount } = await read(contact, `, filter: { kinds: [${kind}] }`);

      const found = ["MEMBERSHIP", "ADVANTAGE"].filter((each) => each === kind);
      expect([totalCount, nodes.map((entry) => entry.kind)]).to.deep.equal([found.length, found]);
    });

  it("chooses by kind, organization and period", async () => {
    const contact = await db.insertContact();
    await insertOrder(db, contact, { orderedAt: "2026-02-01T10:00:00Z" });
    await insertOrder(db, contact, { orderedAt: "2026-02-02T10:00:00Z", organization: "MUSEUM" });
    await insertPayment(db, contact, { paidAt: "2026-02-03T10:00:00Z", organization: "MUSEUM" });
    const times = async (args: string) => {
      const { nodes, totalCount, kinds } = await read(contact, args);
      expect(totalCount).to.equal(nodes.length);
      return [kinds, nodes.map(({ kind, at }) => `${kind} ${at.slice(8, 10)}`)];
    };

    expect(await times(", filter: { kinds: [ORDER] }")).to.deep.equal([["ORDER"], ["ORDER 02", "ORDER 01"]]);
    expect(await times(', filter: { organizations: ["MUSEUM", "MUSEUM"] }')).to.deep.equal([
      allKinds,
      ["PAYMENT 03", "ORDER 02"],
    ]);
    expect(await times(', period: { to: "2026-02-01" }')).to.deep.equal([allKinds, ["ORDER 01"]]);
    expect(await times(", filter: { kinds: [] }")).to.deep.equal([[], []]);
    for (const kind of allKinds.filter((each) => !["ORDER", "PAYMENT"].includes(each)))
      expect(await times(`, filter: { kinds: [${kind}] }`)).to.deep.equal([[kind], []]);
    expect(await times(', filter: { kinds: [PAYMENT], organizations: ["OPERA"] }')).to.deep.equal([["PAYMENT"], []]);
  });

  it("turns its pages without losing or repeating anything, however much shares a moment", async () => {
    const moment = fc.constantFrom(
      "2026-02-01T23:00:00.000000Z",
      "2026-02-01T23:00:00.000001Z",
      "2026-02-02T10:00:00Z",
    );
    const kind = fc.constantFrom(...allKinds);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(kind, moment), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (wishes, first) => {
          const contact = await db.insertContact();
          const other = await db.insertContact();
          const ids = new Set<string>();
          for (const [wish, at] of wishes) {
            if (wish === "ORDER") ids.add((await insertOrder(db, contact, { orderedAt: at })).opaqueId);
            if (wish === "PAYMENT") ids.add((await insertPayment(db, contact, { paidAt: at })).opaqueId);
            if (wish === "WAITING_LIST") ids.add((await insertWaiting(db, contact, { requestedAt: at })).opaqueId);
            if (wish === "MEMBERSHIP")
              ids.add((await insertMembership(db, contact, { validFrom: "2026-02-02" })).opaqueId);
            if (wish === "ADVANTAGE")
              ids.add((await insertAdvantage(db, contact, { validFrom: "2026-02-02" })).opaqueId);
            if (wish === "SHIPMENT")
              ids.add(encodeId("Shipment", await ship(db, contact, { organization: null, createdAt: new Date(at) })));
            if (wish === "INTERACTION")
              ids.add(encodeId("Interaction", await insertInteraction(db, contact, null, at)));
            if (wish === "ATTENDANCE") {
              const product = await insertProduct(db, { startsAt: at, validityEnd: "2026-02-02" });
              const lines = [{ product, tickets: [{ culturalContact: contact }] }];
              ids.add((await insertOrder(db, other, { lines })).tickets[0]!.opaqueId);
            }
          }

          const entries = await readAll(contact, first);

          const read = entries.map((entry) => (idOf(entry) as { id: string }).id);
          expect(read).to.have.length(ids.size);
          expect(new Set(read)).to.deep.equal(ids);
          const times = entries.map(({ at }) => at);
          expect(times).to.deep.equal(times.toSorted().reverse());
        },
      ),
      { numRuns: 12 },
    );
  });

  it("of a structure holds what its relays did, with whose it is, and nothing of those whom the caller does not see (F33)", async () => {
    const school = await db.insertContact({ structureName: "École" });
    const [teacher, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    for (const relay of [teacher, hidden, shell]) {
      await insertRelay(db, relay, school);
      await insertOrder(db, relay, { orderedAt: "2026-02-02T10:00:00Z" });
    }
    await insertPayment(db, school, { paidAt: "2026-02-03T10:00:00Z" });
    const whose = async (args = "", context = reader()) => {
      const { nodes, totalCount } = await read(school, args, context);
      expect(totalCount).to.equal(nodes.length);
      return nodes.map(({ kind, contact }) => [kind, contact.id]);
    };

    const own = ["PAYMENT", school.opaqueId];
    expect(await whose()).to.deep.equal([own, ["ORDER", teacher.opaqueId]]);
    expect(await whose(", includeRelays: false")).to.deep.equal([own]);
    expect(await whose("", reader({ clearance: 1 }))).to.deep.equal([
      own,
      ["ORDER", hidden.opaqueId],
      ["ORDER", teacher.opaqueId],
    ]);
    expect((await read(shell)).nodes).to.deep.equal([]);
    expect(
      (await askHistory(reader(), [hidden], "id timeline(first: 1) { totalCount }")).data?._entities,
    ).to.deep.equal([null]);
  });

  it("leaves out the histories that are withheld, and refuses a filter by a field that is", async () => {
    const contact = await db.insertContact();
    await insertOrder(db, contact);
    await insertPayment(db, contact);
    const raised = (field: string) => reader({ raisedLevels: new Map([[field, 2 as Clearance]]) });

    const withoutPayments = await read(contact, "", raised("Payment.paidAt"));
    expect(withoutPayments.nodes.map(({ kind }) => kind)).to.deep.equal(["ORDER"]);
    expect(withoutPayments.kinds).to.deep.equal(allKinds.filter((kind) => kind !== "PAYMENT"));
    expect(withoutPayments.totalCount).to.equal(1);
    expect(await read(contact, "", raised("Contact.timeline"))).to.equal(null);
    const { errors } = await askHistory(
      raised("Order.organization"),
      [contact],
      'timeline(first: 1, filter: { organizations: ["OPERA"] }) { totalCount }',
    );
    expect(errors?.[0]?.extensions).to.include({ code: "FIELD_NOT_AVAILABLE", field: "organizations" });
  });

  it("refuses a cursor that no page gave", async () => {
    const contact = await db.insertContact();
    const good = "2026-02-01T10:00:00.000000Z";
    for (const key of [
      ["x"],
      [good, "1"],
      [good, 0, "1"],
      [good, 99, "1"],
      [good, 1.5, "1"],
      ["infinity", 1, "1"],
      [good, 1, 1.5],
    ]) {
      const { errors } = await askHistory(reader(), [contact], "timeline(first: 1, after: $after) { totalCount }", {
        after: encodeCursor(key),
      });
      expect(errors?.[0]?.extensions, String(key)).to.include({ code: "BAD_USER_INPUT", argument: "after" });
    }
  });

  it("of many contacts is one statement, and one for each kind of object that is looked at", async () => {
    const contacts = await Promise.all(Array.from({ length: 12 }, () => db.insertContact()));
    for (const contact of contacts) {
      await insertOrder(db, contact);
      await insertPayment(db, contact);
      await insertWaiting(db, contact);
    }
    const services = db.services({ catalogue: historyFields, pools: db.pools() });
    let waves = 0;
    services.pools.api.on("acquire", () => waves++);
    const context = db.contextWith("contact:read", "history:read", { services });

    const { data, errors } = await askHistory(context, contacts, `timeline(first: 2) { nodes { kind ${links} } }`);

    expect(errors).to.equal(undefined);
    expect(waves).to.equal(2);
    const kinds = data!._entities.map((entity) =>
      (entity as unknown as { timeline: ListAnswer }).timeline.nodes.map(({ kind }) => kind),
    );
    for (const each of kinds) expect(each).to.deep.equal(["WAITING_LIST", "PAYMENT"]);
  });
});
